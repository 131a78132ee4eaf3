"""CO-06: no service or plan starts without the own recorded decision; each is left without losing the others."""

from __future__ import annotations

import pytest

from fener.casework.domain.machine import NotPossibleNow
from fener.casework.models import Case, ServiceRecord
from fener.casework.services import assistance, plans
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, NeedsConsent
from tests.casework.paths import accepted, case_with_need, need_of, offered
from tests.factories.assessing import assess
from tests.factories.network import Mechanism


def _offer(actor: Actor, case: Case, kind: str = "shelter") -> ServiceRecord:
    need = case.needs.filter(kind=kind).first() or need_of(actor, case, kind)
    return assistance.offer_service(actor=actor, case=case, need=need, kind=kind, provider=case.organisation)


def test_co_06_a_service_that_the_person_has_not_accepted_is_not_delivered(case_manager: Actor) -> None:
    record = _offer(case_manager, case_with_need(case_manager))
    with pytest.raises(NotPossibleNow):
        assistance.record_delivery(actor=case_manager, record=record)
    assistance.record_answer(actor=case_manager, record=record, accepted=True)
    assistance.record_delivery(actor=case_manager, record=record)


def test_co_06_a_referral_goes_nowhere_without_the_persons_consent(case_manager: Actor, mechanism: Mechanism) -> None:
    with pytest.raises(NeedsConsent):
        offered(case_manager, mechanism.shelter, consent=False)


def test_co_06_for_a_child_the_guardian_decides_and_the_child_is_heard(case_manager: Actor) -> None:
    record = _offer(case_manager, case_with_need(case_manager, child=True))
    for said in ({"given_by": "person"}, {"given_by": "guardian", "child_heard": False}):
        with pytest.raises(GateClosed) as refused:
            assistance.record_answer(actor=case_manager, record=record, accepted=True, **said)
        assert refused.value.result.gate == "start_service"
    assistance.record_answer(actor=case_manager, record=record, accepted=True, given_by="guardian", child_heard=True)
    assert record.state == "accepted"


def test_co_06_a_child_can_say_no_alone(case_manager: Actor) -> None:
    record = _offer(case_manager, case_with_need(case_manager, child=True))
    assistance.record_answer(actor=case_manager, record=record, accepted=False, reason="fear")
    assert record.state == "declined"


def test_co_06_a_plan_holds_only_when_the_person_agreed(case_manager: Actor) -> None:
    case = case_with_need(case_manager)
    assess(case_manager, case)
    lines = [plans.PlanLine(case.needs.get(), "shelter")]
    plan = plans.draw_up_plan(actor=case_manager, case=case, goals="", lines=lines)
    plans.record_agreement(actor=case_manager, plan=plan, agreed=False)
    assert plans.plan_in_force(case) is None
    assert not ServiceRecord.objects.filter(case=case).exists()


def test_co_06_each_thing_is_left_without_losing_the_others(case_manager: Actor, mechanism: Mechanism) -> None:
    case = case_with_need(case_manager)
    assess(case_manager, case)
    plan = plans.draw_up_plan(
        actor=case_manager, case=case, goals="", lines=[plans.PlanLine(case.needs.get(), "shelter")]
    )
    plans.record_agreement(actor=case_manager, plan=plan, agreed=True)
    referral, worker = accepted(case_manager, mechanism.shelter, case)
    stay = ServiceRecord.objects.get(referral=referral)
    legal = _offer(case_manager, case, "legal_advice")
    assistance.record_answer(actor=case_manager, record=legal, accepted=True)
    plans.leave_plan(actor=case_manager, plan=plan)
    assistance.leave_service(actor=worker, record=stay)
    legal.refresh_from_db()
    case.refresh_from_db()
    assert (stay.state, legal.state, case.state) == ("left", "accepted", "Active")
