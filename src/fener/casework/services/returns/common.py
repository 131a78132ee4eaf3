"""What every act on a journey does: the right to it, its place in the table, lines, audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.returns.journey_states import machine
from fener.casework.models import Case
from fener.casework.models.returns.journey import Journey
from fener.casework.services import lines
from fener.casework.services.health.before_departure import DEPARTURE, TESTS
from fener.casework.services.notes import seal_words
from fener.casework.services.returns.departing import best_interests_of, view_of
from fener.norms.vocab import vocabulary
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput
from fener.trust.models import SealedItem

RECORD, RECONTACT, SCREENING = "returns.journeys", "returns.recontact", "returns.screening"
HEARINGS = "justice.hearings"
OUTCOMES = "reintegration.outcomes"  # counted from an arrival, asked as the person agreed to be contacted


def begin(actor: Actor, journey: Journey, act: str, step: str) -> tuple[Journey, str]:
    """The row as it is now and the state that ``step`` leads to. Raises Refused, NotPossibleNow."""
    access.require_on_case(actor, act, journey.case)
    current = Journey.objects.get(pk=journey.pk)
    current.case = Case.objects.unscoped(reason="the case of an act that was allowed").get(pk=journey.case_id)
    if current.departed_on is None:  # afterwards it stays what the person was treated as when they went
        current.as_child = current.case.treated_as_child
        _take_over(current)
    return current, machine(removal=current.removal).step(current.state, step).to


def _take_over(journey: Journey) -> None:
    """What stands in the chapter of children about a return is not written a second time."""
    if not journey.as_child:
        return
    if journey.best_interests_on is None:
        decided = best_interests_of(journey, journey.case, timezone.localdate())
        journey.best_interests_on = decided.decided_on if decided else None
    if journey.heard_on is None:
        heard = view_of(journey, journey.case, timezone.localdate())
        journey.heard_on = heard.on if heard else None


def finish(actor: Actor, journey: Journey, act: str, step: str, detail: Mapping[str, Any] | None = None) -> Journey:
    """Save, make the lines anew, keep it in the audit."""
    journey.save()
    keep(actor, journey, act, {"step": step, **(detail or {})})
    return journey


def keep(actor: Actor, journey: Journey, act: str, detail: Mapping[str, Any]) -> None:
    """Lines and audit of something that was saved."""
    # A planned departure moves an alarm of health, and stands out before a hearing.
    lines.refresh(journey.case, RECORD, RECONTACT, SCREENING, OUTCOMES, HEARINGS, TESTS, DEPARTURE)
    audit.record(
        actor=actor,
        act=act,
        chain=("case", journey.case_id),
        subject_type="journey",
        subject_id=journey.pk,
        detail={"kind": journey.kind, "state": journey.state, **detail},
    )


def seal(actor: Actor, journey: Journey, slot: str, words: str) -> SealedItem | None:
    """Words beside a journey, for the case's organisation and their author's."""
    return seal_words(
        actor=actor,
        case=journey.case,
        slot=f"journey:{journey.pk}:{slot}:{uuid4().hex[:8]}",  # what was written before stays in the vault
        words=words,
        also_for=[actor.keeper_id],
        compartment=Compartment.NARRATIVE,
    )


def past(on: date, *, field: str = "on", since: date | None = None) -> date:
    """A day until today, not before ``since``. Raises InvalidInput."""
    if on > timezone.localdate():
        raise InvalidInput({field: _("Choose today or an earlier day.")})
    if since is not None and on < since:
        raise InvalidInput({field: _("Choose a later day: this began only afterwards.")})
    return on


def known(vocabulary_id: str, code: str, *, field: str) -> str:
    """A code of a list. Raises InvalidInput."""
    if code not in vocabulary(vocabulary_id):
        raise InvalidInput({field: _("Choose one of the list.")})
    return code
