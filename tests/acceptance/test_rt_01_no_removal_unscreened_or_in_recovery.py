"""RT-01, RT-05: a removal waits for screening and recovery; what is done all the same is recorded as what it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fener.casework.models import Clock
from fener.casework.models.line import CaseLine
from fener.casework.models.returns.journey import Journey
from fener.casework.services.returns import journeys, removals
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput
from tests.factories.assessing import assess
from tests.factories.casework import CaseFactory
from tests.factories.returns import announced, asked, assessed, days_ago, prepared, ready


def test_rt_01_a_removal_waits_for_screening_and_for_the_end_of_recovery(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    removal = prepared(case_manager, assessed(case_manager, announced(case_manager, case)))
    with pytest.raises(GateClosed) as closed:
        removals.carry_out_removal(actor=case_manager, journey=removal, on=days_ago(0))
    assert {one.code for one in closed.value.result.missing} == {"screening_recorded", "no_recovery_period_runs"}
    assess(case_manager, case)
    with pytest.raises(GateClosed) as closed:
        removals.carry_out_removal(actor=case_manager, journey=removal, on=days_ago(0))
    assert {one.code for one in closed.value.result.missing} == {"no_recovery_period_runs"}
    Clock.objects.filter(case=case).update(ended_at="2026-01-01T00:00Z", end_reason="ran_out")
    done = removals.carry_out_removal(actor=case_manager, journey=removal, on=days_ago(0))
    assert (done.state, done.despite) == ("under_way", [])


def test_rt_01_what_stood_on_the_day_counts_and_not_what_stands_when_it_is_typed(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    removal = prepared(case_manager, assessed(case_manager, announced(case_manager, case)))
    assess(case_manager, case)
    noon = timezone.now().replace(hour=12)
    runs = {"started_on": noon - timedelta(days=8), "due_on": noon + timedelta(days=20), "ended_at": None}

    def lacks(**clock: Any) -> set[str]:
        Clock.objects.filter(case=case, code="recovery_reflection").update(**{**runs, **clock})
        with pytest.raises(GateClosed) as closed:
            removals.carry_out_removal(actor=case_manager, journey=removal, on=days_ago(2))
        return {one.code for one in closed.value.result.missing}

    late = {"screening_recorded"}  # it was recorded only today
    running = {*late, "no_recovery_period_runs"}
    assert lacks(due_on=noon - timedelta(days=1)) == running  # it has run out since
    assert lacks(ended_at=noon - timedelta(days=1)) == running  # it was ended since
    assert lacks(due_on=noon - timedelta(days=3)) == late
    assert lacks(ended_at=noon - timedelta(days=3)) == late
    assert lacks(started_on=noon - timedelta(days=1)) == late


def test_rt_01_a_risk_that_was_assessed_only_afterwards_is_missing(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    removal = prepared(case_manager, assessed(case_manager, announced(case_manager, case, on=days_ago(20))))
    gone = removals.carry_out_removal(actor=case_manager, journey=removal, on=days_ago(16), happened=True)
    assert "departure.risk_assessment_done" in gone.despite


def test_rt_01_a_refusal_of_help_opens_nothing(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    journeys.decline(actor=case_manager, journey=ready(case_manager, case), reason="fear", on=days_ago(6))
    with pytest.raises(GateClosed):
        removals.carry_out_removal(actor=case_manager, journey=announced(case_manager, case), on=days_ago(1))


def test_rt_05_what_an_authority_did_all_the_same_stands_with_who_on_what_and_what_was_missing(
    case_manager: Actor,
) -> None:
    case = CaseFactory(actor=case_manager)
    removal = announced(case_manager, case)
    done = removals.carry_out_removal(actor=case_manager, journey=removal, on=days_ago(0), happened=True)
    assert (done.office, done.basis) == ("migration", "law")
    assert {"removal.screening_recorded", "adverse_step.no_recovery_period_runs"} <= set(done.despite)
    line = CaseLine.objects.get(case=case, what="despite")
    assert line.urgent
    assert line.for_node
    with pytest.raises(InvalidInput):
        announced(case_manager, case, basis="For Ana Popescu, born in Cahul")
    with pytest.raises(InvalidInput):
        announced(case_manager, case, office="")


def test_rt_05_a_removal_is_never_merged_with_what_the_person_asked_for(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    wish, removal = ready(case_manager, case), announced(case_manager, case)
    removals.carry_out_removal(actor=case_manager, journey=removal, on=days_ago(1), happened=True)
    wish.refresh_from_db()
    assert (wish.state, wish.removal, wish.departed_on) == ("stopped", False, None)
    for changes in ({"removal": False}, {"kind": "assisted_voluntary"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Journey.objects.filter(pk=removal.pk).update(**changes)
    with pytest.raises(InvalidInput):
        asked(case_manager, case, kind="deportation")


def test_rt_05_the_same_help_on_arrival(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    gone = removals.carry_out_removal(
        actor=case_manager, journey=announced(case_manager, case), on=days_ago(3), happened=True
    )
    there = removals.confirm(actor=case_manager, journey=gone, by="service", on=days_ago(2))
    with pytest.raises(GateClosed):
        removals.close(actor=case_manager, journey=there, reception="nobody", on=days_ago(1))
    ended = removals.close(actor=case_manager, journey=there, reception="service", on=days_ago(1))
    assert (ended.state, ended.kind) == ("received", "deportation")
