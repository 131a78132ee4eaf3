"""Unanswered offers go on: to the next desk of the same body, to the sender's and the co-ordinator's eyes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from fener.casework.models import Referral
from fener.casework.selectors import figures
from fener.casework.services import referral_answers
from fener.casework.services.escalation import escalate_overdue
from fener.casework.services.referrals import answer_due
from fener.network.models import Desk
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.casework.paths import case_with_need, offered
from tests.factories.network import Body, Mechanism


def _next_desk(body: Body) -> Desk:
    first = body.desk("service")
    following = Desk.objects.create(organisation=body.organisation, name="Duty desk", receives=["service"])
    first.escalates_to = following
    first.save()
    return following


def test_the_time_to_answer_is_shorter_the_more_urgent_it_is(case_manager: Actor, mechanism: Mechanism) -> None:
    service, case = mechanism.shelter.service(), case_with_need(case_manager)
    now = timezone.now()
    ends = [answer_due(case, "service", service, urgency, now).end for urgency in ("immediate", "urgent", "normal")]
    assert ends[0] == now + timedelta(hours=1)
    assert ends == sorted(ends)


def test_for_a_child_the_shorter_time_counts(case_manager: Actor, mechanism: Mechanism) -> None:
    adult, child = case_with_need(case_manager, "legal_advice"), case_with_need(case_manager, child=True)
    service, now = mechanism.shelter.service("legal_advice"), timezone.now()
    assert (
        answer_due(child, "service", service, "normal", now).end
        < answer_due(adult, "service", service, "normal", now).end
    )


def test_an_overdue_offer_goes_to_the_next_desk_with_a_new_time(case_manager: Actor, mechanism: Mechanism) -> None:
    following = _next_desk(mechanism.shelter)
    referral = offered(case_manager, mechanism.shelter, urgency="immediate")
    later = referral.answer_due + timedelta(minutes=1)
    assert escalate_overdue(later) == 1
    referral.refresh_from_db()
    assert (referral.desk, referral.escalation_level, referral.state) == (following, 1, "offered")
    assert referral.answer_due > later
    entry = AuditEntry.objects.get(act="referral.escalate")
    assert (entry.actor_id, entry.detail["level"]) == (None, 1)


def test_escalating_twice_changes_nothing(case_manager: Actor, mechanism: Mechanism) -> None:
    referral = offered(case_manager, mechanism.shelter)
    later = referral.answer_due + timedelta(minutes=1)
    assert [escalate_overdue(later), escalate_overdue(later)] == [1, 0]


def test_what_is_in_time_or_answered_stays_where_it_is(case_manager: Actor, mechanism: Mechanism) -> None:
    referral = offered(case_manager, mechanism.shelter)
    assert escalate_overdue(referral.answer_due) == 0
    referral_answers.decline_referral(
        actor=mechanism.shelter.actor(Role.CASE_MANAGER), referral=referral, reason="full"
    )
    assert escalate_overdue(referral.answer_due + timedelta(days=9)) == 0


def test_a_desk_of_another_body_is_no_next_desk(case_manager: Actor, mechanism: Mechanism) -> None:
    first = mechanism.shelter.desk("service")
    first.escalates_to = mechanism.other_ngo.desk("service")
    first.save()
    referral = offered(case_manager, mechanism.shelter)
    escalate_overdue(referral.answer_due + timedelta(minutes=1))
    referral.refresh_from_db()
    assert (referral.desk, referral.to_organisation_id) == (first, mechanism.shelter.id)
    stranger = mechanism.other_ngo.actor(Role.CASE_MANAGER)
    assert not Referral.objects.for_actor(stranger).exists()


def test_only_a_job_escalates(case_manager: Actor, mechanism: Mechanism) -> None:
    with pytest.raises(Refused):
        escalate_overdue(timezone.now(), actor=case_manager)


def test_a_late_answer_is_an_answer_still(case_manager: Actor, mechanism: Mechanism) -> None:
    _next_desk(mechanism.shelter)
    referral = offered(case_manager, mechanism.shelter)
    worker = mechanism.shelter.actor(Role.SHELTER_WORKER)
    stale = Referral.objects.unscoped(reason="test").get(pk=referral.pk)
    escalate_overdue(referral.answer_due + timedelta(minutes=1))
    referral_answers.accept_referral(actor=worker, referral=stale)
    assert stale.state == "accepted"


def test_response_times_are_a_figure_with_a_definition(case_manager: Actor, mechanism: Mechanism) -> None:
    start = timezone.now()
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    for hours in (1, 3):
        referral = offered(case_manager, mechanism.shelter)
        referral_answers.accept_referral(actor=worker, referral=referral, at=start + timedelta(hours=hours))
    offered(case_manager, mechanism.other_ngo)
    co_ordinator = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    figure = figures.response_times(co_ordinator, since=start - timedelta(days=1), until=start + timedelta(days=1))
    assert str(figure.definition)
    assert (figure.total.answered, figure.total.unanswered) == (2, 1)
    by_body = {row.organisation: row for row in figure.rows}
    assert by_body["Harbour House"].median == timedelta(hours=2)
    assert by_body["Beacon"].median is None
    with pytest.raises(Refused):
        figures.response_times(worker, since=start, until=start)
