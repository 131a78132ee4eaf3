"""Needs, plans and services: the person decides, each provider counts its own, leaving one thing leaves one thing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from fener.casework.domain.machine import NotPossibleNow
from fener.casework.models import Case, Need, Plan, ServiceRecord
from fener.casework.selectors import figures
from fener.casework.services import assistance, plans
from fener.casework.services.notes import open_words
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput, NotGranted, Refused
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.casework.paths import accepted, case_with_need, need_of
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism


def _offer(actor: Actor, case: Case, kind: str = "shelter", **more: object) -> ServiceRecord:
    need = case.needs.filter(kind=kind).first() or need_of(actor, case, kind)
    more.setdefault("provider", case.organisation)
    return assistance.offer_service(actor=actor, case=case, need=need, kind=kind, **more)


def _assessed(case: Case, actor: Actor) -> None:
    case.assessments.create(
        organisation=case.organisation,
        assessor_id=actor.user_id,
        assessed_on=timezone.localdate(),
        opinion="undetermined",
        criteria_version="1.0",
    )


def test_the_persons_words_are_sealed_and_read_by_their_own_organisation(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    need = need_of(case_manager, case, words="Somewhere without men.")
    assert open_words(actor=case_manager, case=case, item=need.own_words) == "Somewhere without men."
    assert "Somewhere" not in str(Need.objects.filter(pk=need.pk).values())
    assert "Somewhere" not in str(list(AuditEntry.objects.values("detail")))


def test_nothing_is_offered_before_the_person_named_a_need(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    seen = need_of(case_manager, case, words="", stated_by_person=False)
    with pytest.raises(InvalidInput, match="Ask the person"):
        assistance.offer_service(actor=case_manager, case=case, need=seen, kind="shelter", provider=case.organisation)


def test_a_stranger_records_and_offers_nothing(case_manager: Actor, mechanism: Mechanism) -> None:
    case = case_with_need(case_manager)
    stranger = mechanism.shelter.actor(Role.CASE_MANAGER)
    with pytest.raises(Refused) as refused:
        need_of(stranger, case)
    assert refused.value.hidden


def test_a_declined_service_keeps_the_persons_reason_and_can_be_offered_again(case_manager: Actor) -> None:
    record = _offer(case_manager, case_with_need(case_manager))
    with pytest.raises(InvalidInput):
        assistance.record_answer(actor=case_manager, record=record, accepted=False)
    assistance.record_answer(
        actor=case_manager, record=record, accepted=False, reason="too_far", words="My daughter is here."
    )
    assert (record.state, record.decline_reason) == ("declined", "too_far")
    with pytest.raises(NotPossibleNow):
        assistance.record_delivery(actor=case_manager, record=record)
    assistance.offer_again(actor=case_manager, record=record)
    assistance.record_answer(actor=case_manager, record=record, accepted=True)
    assert record.state == "accepted"
    assert AuditEntry.objects.filter(act="service.offer", detail__again=True).get().detail["earlier"]["reason"]


def test_two_people_who_answer_at_once_leave_one_answer(case_manager: Actor) -> None:
    record = _offer(case_manager, case_with_need(case_manager))
    stale = ServiceRecord.objects.get(pk=record.pk)
    assistance.record_answer(actor=case_manager, record=record, accepted=True)
    with pytest.raises(NotPossibleNow):
        assistance.record_answer(actor=case_manager, record=stale, accepted=False, reason="not_now")


def test_a_provider_records_its_own_service_and_no_other(case_manager: Actor, mechanism: Mechanism) -> None:
    referral, worker = accepted(case_manager, mechanism.shelter)
    theirs = ServiceRecord.objects.get(referral=referral)
    ours = _offer(case_manager, referral.case, "legal_advice")
    assistance.record_answer(actor=case_manager, record=ours, accepted=True)
    with pytest.raises(Refused, match="body that gave it"):
        assistance.record_delivery(actor=worker, record=ours)
    assistance.record_delivery(actor=worker, record=theirs)
    assistance.record_delivery(actor=case_manager, record=ours)
    today = timezone.now()
    statistician = mechanism.co_ordination.actor(Role.STATISTICIAN)
    counts = figures.delivered(statistician, since=today - timedelta(days=1), until=today + timedelta(days=1))
    assert counts == {mechanism.shelter.id: 1, mechanism.ngo.id: 1}


def test_what_the_person_says_goes_back_to_the_provider(case_manager: Actor, mechanism: Mechanism) -> None:
    referral, worker = accepted(case_manager, mechanism.shelter)
    record = ServiceRecord.objects.get(referral=referral)
    with pytest.raises(NotPossibleNow):
        assistance.record_helpfulness(actor=case_manager, record=record, helpful="yes")
    assistance.record_delivery(actor=worker, record=record)
    assistance.record_helpfulness(
        actor=case_manager, record=record, helpful="partly", words="Kind people, no privacy.", pass_words_on=True
    )
    (told,) = figures.feedback(worker)
    assert (told.kind, told.answers) == ("shelter", {"partly": 1})
    assert assistance.open_feedback(actor=worker, record=record) == "Kind people, no privacy."
    with pytest.raises(Refused):
        assistance.open_feedback(actor=mechanism.health.actor(Role.CASE_MANAGER), record=record)


def test_words_that_the_person_keeps_back_do_not_reach_the_provider(case_manager: Actor, mechanism: Mechanism) -> None:
    referral, worker = accepted(case_manager, mechanism.shelter)
    record = ServiceRecord.objects.get(referral=referral)
    assistance.record_delivery(actor=worker, record=record)
    assistance.record_helpfulness(actor=case_manager, record=record, helpful="no", words="I was afraid there.")
    with pytest.raises(NotGranted):
        assistance.open_feedback(actor=worker, record=record)


def test_days_that_cannot_be_are_refused(case_manager: Actor) -> None:
    record = _offer(case_manager, case_with_need(case_manager))
    today = timezone.localdate()
    for day in (today + timedelta(days=1), today - timedelta(days=1)):
        with pytest.raises(InvalidInput):
            assistance.record_answer(actor=case_manager, record=record, accepted=True, on=day)


# -- plans ------------------------------------------------------------------------------------------------------------


def _line(case: Case, kind: str = "shelter") -> plans.PlanLine:
    return plans.PlanLine(need=case.needs.get(kind=kind), kind=kind)


def test_a_plan_rests_on_an_assessment_and_on_needs(case_manager: Actor) -> None:
    case = case_with_need(case_manager)
    with pytest.raises(InvalidInput, match="assessment first"):
        plans.draw_up_plan(actor=case_manager, case=case, goals="", lines=[_line(case)])
    _assessed(case, case_manager)
    with pytest.raises(InvalidInput):
        plans.draw_up_plan(actor=case_manager, case=case, goals="", lines=[])
    other = case_with_need(case_manager)
    with pytest.raises(InvalidInput):
        plans.draw_up_plan(actor=case_manager, case=case, goals="", lines=[_line(other)])
    plan = plans.draw_up_plan(actor=case_manager, case=case, goals="A room of his own.", lines=[_line(case)])
    assert (plan.number, plan.agreed, plans.plan_in_force(case)) == (1, None, None)
    assert open_words(actor=case_manager, case=case, item=plan.goals) == "A room of his own."


def test_a_new_version_waits_for_the_person_while_the_agreed_one_holds(case_manager: Actor) -> None:
    case = case_with_need(case_manager)
    _assessed(case, case_manager)
    with pytest.raises(InvalidInput, match="no plan yet"):
        plans.change_plan(actor=case_manager, case=case, goals="", lines=[_line(case)])
    first = plans.draw_up_plan(actor=case_manager, case=case, goals="", lines=[_line(case)])
    plans.record_agreement(actor=case_manager, plan=first, agreed=True)
    second = plans.change_plan(actor=case_manager, case=case, goals="", lines=[_line(case)])
    assert (second.number, second.changed_at_persons_wish) == (2, True)
    assert plans.plan_in_force(case) == first
    plans.record_agreement(actor=case_manager, plan=second, agreed=True)
    assert plans.plan_in_force(case) == second
    assert Plan.objects.filter(case=case).count() == 2
    with pytest.raises(AlreadyDone):
        plans.record_agreement(actor=case_manager, plan=first, agreed=False)


def test_a_plan_draws_on_several_providers(case_manager: Actor, mechanism: Mechanism) -> None:
    case = case_with_need(case_manager)
    need_of(case_manager, case, "legal_advice")
    _assessed(case, case_manager)
    lines = [
        plans.PlanLine(case.needs.get(kind=kind), kind, body.service(kind))
        for kind, body in (("shelter", mechanism.shelter), ("legal_advice", mechanism.other_ngo))
    ]
    plan = plans.draw_up_plan(actor=case_manager, case=case, goals="", lines=lines)
    assert {item.service.organisation_id for item in plan.items.all()} == {mechanism.shelter.id, mechanism.other_ngo.id}


def test_leaving_a_plan_or_a_service_leaves_everything_else(case_manager: Actor) -> None:
    case = case_with_need(case_manager)
    _assessed(case, case_manager)
    plan = plans.draw_up_plan(actor=case_manager, case=case, goals="", lines=[_line(case)])
    with pytest.raises(InvalidInput):
        plans.leave_plan(actor=case_manager, plan=plan)
    plans.record_agreement(actor=case_manager, plan=plan, agreed=True)
    records = [_offer(case_manager, case, kind) for kind in ("shelter", "legal_advice")]
    for record in records:
        assistance.record_answer(actor=case_manager, record=record, accepted=True)
    plans.leave_plan(actor=case_manager, plan=plan)
    assert plans.plan_in_force(case) is None
    assert {r.state for r in ServiceRecord.objects.filter(case=case)} == {"accepted"}
    assistance.leave_service(actor=case_manager, record=records[0])
    assert ServiceRecord.objects.get(pk=records[1].pk).state == "accepted"
    case.refresh_from_db()
    assert case.state == "Active"
