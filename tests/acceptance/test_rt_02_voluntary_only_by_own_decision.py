"""RT-02, RT-03, RT-04, RT-07: a journey by the person's own decision, with what has to stand before and after it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from fener.casework.domain.machine import NotPossibleNow
from fener.casework.models.returns.journey import Journey
from fener.casework.services.returns import journeys, removals
from fener.norms.alternatives import REQUIRED
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput
from tests.factories.casework import CaseFactory
from tests.factories.returns import announced, asked, assessed, days_ago, decided, prepared, ready, told


def lacks(closed: pytest.ExceptionInfo[GateClosed]) -> set[str]:
    return {one.code for one in closed.value.result.missing}


def test_rt_02_nobody_decides_before_they_were_told_and_the_risks_are_assessed(case_manager: Actor) -> None:
    journey = asked(case_manager, CaseFactory(actor=case_manager))
    with pytest.raises(NotPossibleNow):
        decided(case_manager, journey)
    journey = told(case_manager, journey)
    with pytest.raises(NotPossibleNow):
        decided(case_manager, journey)
    assert decided(case_manager, assessed(case_manager, journey)).decision == "go"


def test_rt_02_what_was_told_only_in_part_does_not_open_the_gate(case_manager: Actor) -> None:
    journey = told(case_manager, asked(case_manager, CaseFactory(actor=case_manager)), items=["rights"])
    journey = prepared(case_manager, decided(case_manager, assessed(case_manager, journey)))
    with pytest.raises(GateClosed) as closed:
        removals.depart(actor=case_manager, journey=journey, on=days_ago(5))
    assert lacks(closed) == {"rights_and_consequences_told"}


def test_rt_02_under_a_removal_that_is_announced_nobody_departs_as_voluntary(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    journey, removal = ready(case_manager, case), announced(case_manager, case)
    with pytest.raises(GateClosed) as closed:
        removals.depart(actor=case_manager, journey=journey, on=days_ago(5))
    assert lacks(closed) == {"own_decision"}
    journeys.stop(actor=case_manager, journey=removal)
    assert removals.depart(actor=case_manager, journey=journey, on=days_ago(5)).despite == []


def test_rt_02_after_a_removal_since_the_request_no_return_is_closed_as_voluntary(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    gone = removals.depart(actor=case_manager, journey=ready(case_manager, case), on=days_ago(5))
    there = removals.confirm(actor=case_manager, journey=gone, by="person", on=days_ago(4))
    removal = announced(case_manager, case)
    removals.carry_out_removal(actor=case_manager, journey=removal, on=days_ago(5), happened=True)
    with pytest.raises(GateClosed) as closed:
        removals.close(actor=case_manager, journey=there, reception="service", on=days_ago(1))
    assert lacks(closed) == {"own_decision"}


def test_rt_02_the_decision_is_the_persons_own_and_in_their_words(case_manager: Actor) -> None:
    journey = assessed(case_manager, told(case_manager, asked(case_manager, CaseFactory(actor=case_manager))))
    for changes in ({"words": " "}, {"by_guardian": True}):
        with pytest.raises(InvalidInput):
            decided(case_manager, journey, **changes)


def test_rt_02_even_the_database_keeps_no_voluntary_return_without_a_decision(case_manager: Actor) -> None:
    journey = asked(case_manager, CaseFactory(actor=case_manager))
    with pytest.raises(IntegrityError), transaction.atomic():
        Journey.objects.filter(pk=journey.pk).update(state="received")


def test_rt_02_a_no_can_be_said_until_the_departure_and_ends_nothing_else(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    journey = journeys.decline(actor=case_manager, journey=ready(case_manager, case), reason="fear", on=days_ago(6))
    assert (journey.state, journey.decision) == ("declined", "stay")
    case.refresh_from_db()
    assert case.closed_on is None
    with pytest.raises(NotPossibleNow):
        removals.depart(actor=case_manager, journey=journey, on=days_ago(5))


def test_rt_03_no_departure_without_plan_provider_and_belongings(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    journey = decided(case_manager, assessed(case_manager, told(case_manager, asked(case_manager, case))))
    journey = prepared(case_manager, journey, plan="", provider_elsewhere=False, belongings="")
    with pytest.raises(GateClosed) as closed:
        removals.depart(actor=case_manager, journey=journey, on=days_ago(5))
    assert lacks(closed) == {"plan_for_afterwards", "receiving_provider_named", "belongings_settled"}
    journey = prepared(case_manager, journey)
    assert removals.depart(actor=case_manager, journey=journey, on=days_ago(5)).despite == []


def test_rt_03_who_leaves_alone_is_not_held_back_and_stands_as_an_exception(case_manager: Actor) -> None:
    journey = asked(case_manager, CaseFactory(actor=case_manager))
    gone = removals.leave(actor=case_manager, journey=journey, on=days_ago(3))
    assert gone.kind == "own_journey"
    assert {"departure.risk_assessment_done", "voluntary_return.own_decision"} <= set(gone.despite)


def test_rt_04_every_alternative_is_answered_before_a_decision(case_manager: Actor) -> None:
    journey = asked(case_manager, CaseFactory(actor=case_manager))
    with pytest.raises(InvalidInput):
        told(case_manager, journey, alternatives={"stay": "not_wanted"})
    kept = told(case_manager, journey)
    assert set(kept.alternatives) == set(REQUIRED)
    assert kept.alternatives_version


def test_rt_07_a_journey_ends_only_with_a_confirmed_arrival_and_a_reception(case_manager: Actor) -> None:
    journey = ready(case_manager, CaseFactory(actor=case_manager))
    journey = removals.depart(actor=case_manager, journey=journey, on=days_ago(5))
    with pytest.raises(NotPossibleNow):
        removals.close(actor=case_manager, journey=journey, reception="service", on=days_ago(1))
    journey = removals.note(actor=case_manager, journey=journey, step="lose", on=days_ago(3))
    journey = removals.confirm(actor=case_manager, journey=journey, by="person", on=days_ago(2))
    with pytest.raises(GateClosed) as closed:
        removals.close(actor=case_manager, journey=journey, reception="nobody", on=days_ago(1))
    assert lacks(closed) == {"received_by_support_service"}
    ended = removals.close(actor=case_manager, journey=journey, reception="service", on=days_ago(1))
    assert (ended.state, ended.ended_on) == ("received", days_ago(1))


def test_rt_03_no_departure_while_a_result_is_to_come(case_manager: Actor) -> None:
    journey = prepared(case_manager, ready(case_manager, CaseFactory(actor=case_manager)), tests="waiting")
    with pytest.raises(GateClosed) as closed:
        removals.depart(actor=case_manager, journey=journey, on=days_ago(5))
    assert lacks(closed) == {"results_delivered", "counselling_given"}
