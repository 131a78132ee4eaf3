"""QM-01: caseload and administration are seen per worker without case content; a cover ends by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fener.casework import access
from fener.casework.models import CaseAssignment
from fener.casework.models.quality.work import LeaveCover, WorkTime
from fener.casework.selectors.quality.team import own_work, team
from fener.casework.services.cases import assign
from fener.casework.services.quality.covers import end_cover, end_run_out
from fener.casework.services.quality.supervision import set_limits
from fener.casework.services.quality.time import record_week
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput, Refused
from fener.trust.policy import Relationship
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.quality import covered, person, supervised
from tests.factories.returns import days_ago
from tests.web.pages import words

SignIn = Callable[..., Client]


@pytest.fixture
def boss(mechanism: Mechanism) -> Actor:
    return mechanism.ngo.actor(Role.ORGANISATION_ADMIN)


def carries(actor: Actor) -> int:
    return CaseAssignment.objects.filter(user_id=actor.user_id, until__isnull=True).count()


def test_qm_01_the_numbers_come_by_themselves_and_name_no_case(
    boss: Actor, case_manager: Actor, signed_in: SignIn
) -> None:
    made = [CaseFactory(actor=case_manager) for _each in range(2)]
    carried = carries(case_manager)
    record_week(actor=case_manager, week=days_ago(0), minutes={"direct": 600, "administration": 1800})
    supervised(boss, case_manager)
    (row,) = team(boss)
    assert (row.cases, row.share) == (carried, 0.75)
    assert [flag.code for flag in row.flags] == ["too_much_administration"]
    page = signed_in(boss).get(reverse("casework:team")).content.decode()
    assert "75 %" in page
    for case in made:
        for hidden in (case.code, case.alias, str(case.pk)):
            assert hidden not in page


def test_qm_01_an_alert_above_the_threshold_that_the_body_sets(boss: Actor, case_manager: Actor) -> None:
    for each in range(3):
        assign(actor=case_manager, case=CaseFactory(actor=case_manager), user=person(case_manager))
        assert carries(case_manager) >= each + 1
    supervised(boss, case_manager)
    assert not team(boss)[0].flags
    set_limits(actor=boss, caseload=carries(case_manager) - 1, administration=None, supervision_days=None)
    assert [flag.code for flag in team(boss)[0].flags] == ["over_limit"]
    set_limits(actor=boss, caseload=carries(case_manager), administration=None, supervision_days=None)
    assert not team(boss)[0].flags  # at the limit it is not above


def test_qm_01_time_is_typed_once_a_week_and_replaces_what_stood(case_manager: Actor, signed_in: SignIn) -> None:
    client = signed_in(case_manager)
    for hours in ("10", "12.5"):
        typed = {"once": str(uuid4()), "week": days_ago(0), "administration": hours, "direct": "5"}
        assert client.post(reverse("casework:own_time"), typed).status_code == 302
    assert {row.kind: row.minutes for row in WorkTime.objects.all()} == {"administration": 750, "direct": 300}
    assert own_work(case_manager).share == pytest.approx(750 / 1050)
    for wrong in ({"direct": 8 * 24 * 60}, {"sleeping": 5}, {"direct": -1}):
        with pytest.raises(InvalidInput):
            record_week(actor=case_manager, week=days_ago(0), minutes=wrong)
    with pytest.raises(InvalidInput):
        record_week(actor=case_manager, week=days_ago(-8), minutes={"direct": 60})


def test_qm_01_a_cover_carries_the_cases_until_its_day_and_then_no_more(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    assign(actor=case_manager, case=case, user=person(case_manager))
    colleague = mechanism.ngo.actor(Role.CASE_MANAGER)
    begun = covered(case_manager, case_manager, colleague, days=10)
    assert (begun.given, begun.left) == (carries(case_manager), 0)
    assert Relationship.ASSIGNED in access.relationships(colleague, case)
    with time_machine.travel(timezone.now() + timedelta(days=10), tick=False):
        assert end_run_out(timezone.now()) == 0  # the last day belongs to it
    with time_machine.travel(timezone.now() + timedelta(days=11), tick=False):
        assert Relationship.ASSIGNED not in access.relationships(colleague, case)  # also before the job has run
        assert end_run_out(timezone.now()) == 1
        assert Relationship.ASSIGNED not in access.relationships(colleague, case)
    assert Relationship.ASSIGNED in access.relationships(case_manager, case)


def test_qm_01_what_somebody_carried_before_is_not_taken_with_the_cover(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case, colleague = CaseFactory(actor=case_manager), mechanism.ngo.actor(Role.CASE_MANAGER)
    for who in (case_manager, colleague):
        assign(actor=case_manager, case=case, user=person(who))
    begun = covered(case_manager, case_manager, colleague)
    end_cover(actor=case_manager, leave=begun.leave)
    assert Relationship.ASSIGNED in access.relationships(colleague, case)
    with pytest.raises(AlreadyDone):
        end_cover(actor=case_manager, leave=begun.leave)


def test_qm_01_what_somebody_is_given_during_a_cover_stays_theirs(case_manager: Actor, mechanism: Mechanism) -> None:
    case, colleague = CaseFactory(actor=case_manager), mechanism.ngo.actor(Role.CASE_MANAGER)
    assign(actor=case_manager, case=case, user=person(case_manager))
    begun = covered(case_manager, case_manager, colleague)
    assign(actor=case_manager, case=case, user=person(colleague))
    end_cover(actor=case_manager, leave=begun.leave)
    assert Relationship.ASSIGNED in access.relationships(colleague, case)


@pytest.mark.parametrize("longer", [0, 1])
@pytest.mark.parametrize("first_ends", [0, 1])
def test_qm_01_a_case_of_two_covers_is_taken_back_with_the_last_of_them(
    case_manager: Actor, mechanism: Mechanism, longer: int, first_ends: int
) -> None:
    case, colleague = CaseFactory(actor=case_manager), mechanism.ngo.actor(Role.CASE_MANAGER)
    away = (case_manager, mechanism.ngo.actor(Role.CASE_MANAGER))
    for who in away:
        assign(actor=case_manager, case=case, user=person(who))
    both = [covered(case_manager, who, colleague, 20 if n == longer else 10).leave for n, who in enumerate(away)]
    end_cover(actor=case_manager, leave=both[first_ends])
    assert Relationship.ASSIGNED in access.relationships(colleague, case)
    end_cover(actor=case_manager, leave=both[1 - first_ends])
    assert Relationship.ASSIGNED not in access.relationships(colleague, case)


def test_qm_01_a_protected_case_is_not_given_with_the_rest(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    assign(actor=case_manager, case=case, user=person(case_manager))
    type(case).objects.unscoped(reason="the test").filter(pk=case.pk).update(protected=True)
    colleague = mechanism.ngo.actor(Role.CASE_MANAGER)
    begun = covered(case_manager, case_manager, colleague)
    assert begun.left >= 1
    assert not CaseAssignment.objects.filter(case=case, user_id=colleague.user_id).exists()


def test_qm_01_days_and_people_that_fit(case_manager: Actor, mechanism: Mechanism, signed_in: SignIn) -> None:
    colleague, stranger = mechanism.ngo.actor(Role.CASE_MANAGER), mechanism.shelter.actor(Role.CASE_MANAGER)
    for worker, cover, days in (
        (case_manager, case_manager, 5),
        (case_manager, stranger, 5),
        (stranger, case_manager, 5),
        (case_manager, colleague, -1),
        (case_manager, colleague, 400),
    ):
        with pytest.raises(InvalidInput):
            covered(case_manager, worker, cover, days)
    for actor in (mechanism.ngo.actor(Role.SHELTER_WORKER), mechanism.police.actor(Role.FRONTLINE_OFFICER)):
        with pytest.raises(Refused):
            covered(actor, case_manager, colleague)
    client = signed_in(case_manager)
    typed = {"once": str(uuid4()), "worker": case_manager.user_id, "cover": colleague.user_id, "until": days_ago(-5)}
    assert client.post(reverse("casework:leave_cover_new"), typed).status_code == 302
    with pytest.raises(InvalidInput, match="stands in already"):
        covered(case_manager, case_manager, colleague)
    leave = LeaveCover.objects.get()
    path = reverse("casework:leave_cover_end", args=[leave.pk])
    assert signed_in(stranger).get(path).status_code == 404
    assert client.post(path, {"once": str(uuid4())}).status_code == 302
    assert "ended on" in words(client.get(reverse("casework:leave_covers")).content.decode())


def test_qm_01_the_team_asks_the_same_few_questions_however_many_workers(boss: Actor, mechanism: Mechanism) -> None:
    counts = []
    for number in (1, 5):
        for _each in range(number):
            mechanism.ngo.actor(Role.CASE_MANAGER)
        with CaptureQueriesContext(connection) as asked:
            team(boss)
        counts.append(len(asked))
    assert counts[0] == counts[1]
