"""RT-03, RT-05, CH-09: a journey waits for an assessment of danger that is in force; what was done is an incident."""

from __future__ import annotations

import pytest

from fener.casework.models.safety.incident import Incident
from fener.casework.services.returns import journeys, removals
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput
from tests.factories import returns as made
from tests.factories import safety
from tests.factories.casework import CaseFactory
from tests.factories.children import child

DAY = made.days_ago
THERE = {"local_recruiters": "low"}


def missing(actor: Actor, journey: object, on: int) -> set[str]:
    with pytest.raises(GateClosed) as closed:
        removals.depart(actor=actor, journey=journey, on=DAY(on))  # type: ignore[arg-type]
    return {one.code for one in closed.value.result.missing}


def test_rt_03_no_conclusion_without_an_assessment_of_the_danger(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, empty=True)
    journey = made.told(case_manager, made.asked(case_manager, case))

    def conclude(on: int = 15) -> journeys.Journey:
        return journeys.assess(actor=case_manager, journey=journey, allows=True, on=DAY(on))

    with pytest.raises(InvalidInput):
        conclude()
    safety.assessed(case_manager, case, 17, answers={"violence_at_home": "low"})
    with pytest.raises(InvalidInput):
        conclude()  # nobody asked who recruits there
    safety.assessed(case_manager, case, 16, answers={"local_recruiters": "high"})
    with pytest.raises(InvalidInput):
        conclude(on=2)  # the review was due
    assert conclude().risk_level == "high"  # as assessed; nobody types it beside a journey


def test_rt_03_a_departure_waits_for_the_review_that_is_due(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, empty=True)
    safety.assessed(case_manager, case, 16, answers={"local_recruiters": "high"})  # reviewed within a week
    journey = made.ready(case_manager, case)
    assert missing(case_manager, journey, 5) == {"risk_assessment_done"}
    safety.assessed(case_manager, case, 7, answers=THERE, is_review=True)
    assert missing(case_manager, journey, 5) == {"risk_assessment_done"}  # what it means was not said since
    journey.refresh_from_db()
    journeys.Journey.objects.filter(pk=journey.pk).update(risk_on=DAY(7))
    assert removals.depart(actor=case_manager, journey=journey, on=DAY(5)).state == "under_way"


def test_rt_05_a_removal_is_an_incident_with_who_decided_it(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, empty=True)
    removal = made.announced(case_manager, case, office="border")
    removals.carry_out_removal(actor=case_manager, journey=removal, on=DAY(1), happened=True)
    found = {one.right: one for one in Incident.objects.filter(case=case)}
    assert {"removed_unscreened", "unprotected", "belongings_lost", "forced_return"} <= set(found)
    assert {(one.by, one.happened_on, one.attempt) for one in found.values()} == {("border_guard", DAY(1), False)}


def test_ch_09_a_child_handed_over_by_police_alone_is_an_incident(case_manager: Actor) -> None:
    case = child(case_manager)
    made.guarded(case_manager, case)
    gone = removals.depart(actor=case_manager, journey=made.ready_child(case_manager, case), on=DAY(5))
    removals.confirm(actor=case_manager, journey=gone, by="family", on=DAY(3), hand_over="police_only")
    (one,) = Incident.objects.filter(case=case)
    assert (one.right, one.by) == ("child_handed_over_by_police", "police")
