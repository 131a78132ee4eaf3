"""Care that is offered, and tests that the person wants: step by step, never as a condition of anything (HE-01, HE-03).

Which test it is, its result and who goes on with it are sealed with the health part; a page of others never names them.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.health import test_states as s
from fener.casework.models import Case
from fener.casework.models.health.care import CareOffer, HealthTest
from fener.casework.services import lines
from fener.casework.services.health.before_departure import DEPARTURE, TESTS
from fener.casework.services.notes import seal_words
from fener.casework.services.returns.common import known, past
from fener.norms.path.health import offers
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput
from fener.trust.models import SealedItem

ACT, A_TEST = "health_test.record", "voluntary_test"
_DAY_OF = {
    s.COUNSEL: "counselled_on",
    s.TAKE: "taken_on",
    s.RESULT: "result_on",
    s.ALONE: "alone_on",
    s.DELIVER: "delivered_on",
}
_WORDS_OF = {s.RESULT: "result", s.CONTINUE: "onward"}


@transaction.atomic
def offer_care(*, actor: Actor, case: Case, stage: str, offer: str, on: date, words: str) -> CareOffer:
    """Care was offered, as it is at this stage; what the person said is sealed. Raises Refused, InvalidInput."""
    access.require_on_case(actor, ACT, case)
    if offer == A_TEST:
        raise InvalidInput({"offer": _("A test has a record of its own.")})
    _offered(stage, offer)
    made = CareOffer(case=case, stage=stage, offer=offer, on=past(on), recorded_by_id=access.user_id(actor))
    made.words = _sealed(actor, case, f"care_offer:{made.pk}", words, field="words")
    made.save(force_insert=True)
    audit.record(
        actor=actor,
        act=ACT,
        chain=("case", case.pk),
        subject_type="care_offer",
        subject_id=made.pk,
        detail={"stage": stage},
    )
    return made


@transaction.atomic
def offer_test(*, actor: Actor, case: Case, stage: str, what: str, on: date) -> HealthTest:
    """A test was offered, freely, at a stage at which it is. ``what`` is sealed. Raises Refused, InvalidInput."""
    access.require_on_case(actor, ACT, case)
    _offered(stage, A_TEST)
    day = past(on)
    test = HealthTest(
        case=case, stage=stage, state=s.TEST.start, offered_on=day, last_on=day, recorded_by_id=access.user_id(actor)
    )
    test.what = _sealed(actor, case, f"health_test:{test.pk}:what", what, field="what")
    test.save(force_insert=True)
    return _keep(actor, test, "offer")


@transaction.atomic
def step_test(
    *, actor: Actor, test: HealthTest, step: str, on: date, words: str = "", counselling: str = ""
) -> HealthTest:
    """One step of a test: ``step`` is an act of ``domain.health.test_states``. Raises Refused, InvalidInput,
    NotPossibleNow.

    ``words``: the result, or who goes on with the treatment. ``counselling``: with the delivery, given or not wanted.
    """
    access.require_on_case(actor, ACT, test.case)
    current = HealthTest.objects.get(pk=test.pk)
    current.case = test.case
    current.state = s.TEST.step(current.state, step).to
    day = current.last_on = past(on, since=current.last_on)
    if step == s.DELIVER:
        if counselling not in HealthTest.Counselling.values:
            raise InvalidInput({"counselling": _("Say whether counselling was given, or was not wanted.")})
        current.counselling = counselling
    if step == s.AGAIN:  # whoever thinks again is counselled again
        current.counselled_on = None
    if step in _DAY_OF:
        setattr(current, _DAY_OF[step], day)
    if name := _WORDS_OF.get(step):
        slot = f"health_test:{current.pk}:{name}:{uuid4().hex[:8]}"
        setattr(current, name, _sealed(actor, current.case, slot, words, field="words"))
    current.save()
    return _keep(actor, current, step)


def _offered(stage: str, offer: str) -> None:
    known("health_stage", stage, field="stage")
    if offer not in offers(stage):
        raise InvalidInput({"stage": _("That is not offered at this stage.")})


def _sealed(actor: Actor, case: Case, slot: str, words: str, *, field: str) -> SealedItem:
    item = seal_words(
        actor=actor,
        case=case,
        slot=slot,
        words=words,
        also_for=[actor.keeper_id],
        compartment=Compartment.HEALTH,
    )
    if item is None:
        raise InvalidInput({field: _("Write it down; it is sealed with the health part of the file.")})
    return item


def _keep(actor: Actor, test: HealthTest, step: str, **detail: Any) -> HealthTest:
    lines.refresh(test.case, TESTS, DEPARTURE)
    audit.record(
        actor=actor,
        act=ACT,
        chain=("case", test.case_id),
        subject_type="health_test",
        subject_id=test.pk,
        detail={"step": step, **detail},
    )
    return test
