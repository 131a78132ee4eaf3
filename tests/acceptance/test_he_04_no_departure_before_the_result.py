"""HE-04: the departure of anybody tested is refused until results are delivered with counselling, with an alarm."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from fener.casework.domain.health import test_states as s
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.services.returns import journeys, removals
from fener.norms.clocks import due
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed
from tests.factories.casework import CaseFactory
from tests.factories.health import delivered, health_worker, offered, stepped, taken
from tests.factories.network import Body
from tests.factories.returns import announced, days_ago, prepared, ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(case_manager: Actor) -> Case:
    made: Case = CaseFactory(actor=case_manager)
    return made


@pytest.fixture
def doctor(case_manager: Actor, ngo: Body, case: Case) -> Actor:
    return health_worker(case_manager, ngo, case)


def lacks(closed: pytest.ExceptionInfo[GateClosed]) -> set[str]:
    return {one.code for one in closed.value.result.missing}


def alarms(case: Case) -> dict[str, object]:
    found = CaseLine.objects.filter(case=case, record__startswith="health.")
    return {line.record: timezone.localdate(line.due) if line.due else None for line in found}


def test_he_04_whoever_was_tested_departs_once_the_result_was_given(
    case_manager: Actor, doctor: Actor, case: Case
) -> None:
    test, journey = taken(doctor, case), ready(case_manager, case)
    assert journey.tests == "nothing_was_tested"  # what somebody typed about elsewhere opens nothing
    with pytest.raises(GateClosed) as closed:
        removals.depart(actor=case_manager, journey=journey, on=days_ago(5))
    assert lacks(closed) == {"results_delivered", "counselling_given"}
    test = stepped(doctor, test, s.RESULT, s.ALONE, ago=8)
    with pytest.raises(GateClosed) as closed:
        removals.depart(actor=case_manager, journey=journey, on=days_ago(5))
    assert lacks(closed) == {"counselling_given"}
    stepped(doctor, test, s.DELIVER, ago=6)
    assert removals.depart(actor=case_manager, journey=journey, on=days_ago(5)).state == "under_way"


def test_he_04_a_departure_is_judged_by_its_own_day(case_manager: Actor, doctor: Actor, case: Case) -> None:
    journey = ready(case_manager, case)
    stepped(doctor, taken(doctor, case), s.RESULT, s.DELIVER, s.TREAT, ago=3)
    with pytest.raises(GateClosed):  # on that day the result was still owed
        removals.depart(actor=case_manager, journey=journey, on=days_ago(5))
    assert removals.depart(actor=case_manager, journey=journey, on=days_ago(2)).state == "under_way"


def test_he_04_an_offer_or_a_no_holds_nobody_up(case_manager: Actor, doctor: Actor, case: Case) -> None:
    journey = ready(case_manager, case)
    stepped(doctor, offered(doctor, case), s.DECLINE, ago=10)
    stepped(doctor, offered(doctor, case), s.COUNSEL, ago=10)
    assert removals.depart(actor=case_manager, journey=journey, on=days_ago(5)).despite == []


def test_he_04_one_result_does_not_stand_for_another(case_manager: Actor, doctor: Actor, case: Case) -> None:
    delivered(doctor, case)
    taken(doctor, case)
    with pytest.raises(GateClosed):
        removals.depart(actor=case_manager, journey=ready(case_manager, case), on=days_ago(5))


@pytest.mark.parametrize("typed", ["waiting", "delivered", ""])
def test_he_04_what_is_typed_of_elsewhere_only_closes(
    case_manager: Actor, doctor: Actor, case: Case, typed: str
) -> None:
    delivered(doctor, case)
    journey = prepared(case_manager, ready(case_manager, case), tests=typed)
    with pytest.raises(GateClosed):
        removals.depart(actor=case_manager, journey=journey, on=days_ago(5))
    assert removals.depart(actor=case_manager, journey=prepared(case_manager, journey), on=days_ago(5)).despite == []


def test_he_04_a_removal_done_all_the_same_says_what_was_missing(
    case_manager: Actor, doctor: Actor, case: Case
) -> None:
    taken(doctor, case)
    gone = removals.carry_out_removal(
        actor=case_manager, journey=announced(case_manager, case), on=days_ago(1), happened=True
    )
    assert {"departure_after_test.results_delivered", "departure_after_test.counselling_given"} <= set(gone.despite)


def test_he_04_an_alarm_stands_before_the_date_and_moves_with_it(
    case_manager: Actor, doctor: Actor, case: Case
) -> None:
    test = taken(doctor, case)
    assert alarms(case) == {"health.tests": None}  # no departure is planned: the result is owed, and nothing is late
    journey = ready(case_manager, case)
    for days in (30, 40):
        departs_on = timezone.localdate() + timedelta(days=days)
        journey = prepared(case_manager, journey, departs_on=departs_on)
        rule = due("health_result_delivery", jurisdiction="RS", start=days_ago(25), facts={"departure_on": departs_on})
        assert alarms(case) == {"health.tests": rule.end, "health.departure": rule.end}
    stepped(doctor, test, s.RESULT, s.DELIVER, ago=1)
    assert alarms(case) == {}


def test_he_04_the_alarm_ends_with_the_plan(case_manager: Actor, doctor: Actor, case: Case) -> None:
    taken(doctor, case)
    journey = ready(case_manager, case)
    assert "health.departure" in alarms(case)
    journeys.stop(actor=case_manager, journey=journey)
    assert alarms(case) == {"health.tests": None}
