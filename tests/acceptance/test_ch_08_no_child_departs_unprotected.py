"""CH-08, CH-09: the departure of a child, which nobody can override, and whoever hands it over."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from fener.casework.models.children.decision import ChildDecision, ChildView
from fener.casework.models.line import CaseLine
from fener.casework.models.returns.journey import Journey
from fener.casework.services.children.guardians import record_conflict
from fener.casework.services.returns import journeys, removals
from fener.norms import gates
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput
from tests.factories.children import child, heard
from tests.factories.returns import (
    announced,
    asked,
    assessed,
    days_ago,
    decided,
    guarded,
    judged,
    prepared,
    protected,
    ready_child,
    told,
)


def lacks(actor: Actor, journey: Journey) -> set[str]:
    with pytest.raises(GateClosed) as closed:
        removals.depart(actor=actor, journey=journey, on=days_ago(5))
    assert closed.value.result.gate == "child_departure"
    return {one.code for one in closed.value.result.missing}


def test_ch_08_each_protection_is_needed(case_manager: Actor) -> None:
    case = child(case_manager)
    journey = ready_child(case_manager, case)
    assert lacks(case_manager, journey) == {"guardian_appointed"}
    guarded(case_manager, case)
    for name, condition in (
        ("authority_confirmed_on", "receiving_authority_confirmed"),
        ("follow_up_on", "follow_up_arranged"),
    ):
        assert lacks(case_manager, protected(case_manager, journey, **{name: None})) == {condition}
    journey = protected(case_manager, journey)
    gone = removals.depart(actor=case_manager, journey=journey, on=days_ago(5))
    assert (gone.state, gone.despite, gone.as_child) == ("under_way", [], True)


def test_ch_08_what_stands_under_children_is_not_asked_twice(case_manager: Actor) -> None:
    case = child(case_manager)
    guarded(case_manager, case)
    gone = removals.depart(actor=case_manager, journey=ready_child(case_manager, case), on=days_ago(5))
    assert gone.best_interests_on == days_ago(11)


def test_ch_08_best_interests_and_the_childs_own_word_are_taken_from_children_alone(case_manager: Actor) -> None:
    case = child(case_manager)
    guarded(case_manager, case)
    journey = ready_child(case_manager, case)
    for lacking in ({"heard": False}, {"on": days_ago(30)}):  # not heard; heard on a return of an earlier journey
        ChildView.objects.filter(case=case).update(**lacking)
        assert lacks(case_manager, journey) == {"child_heard"}
        ChildView.objects.filter(case=case).update(heard=True, on=days_ago(13))
    for day in (days_ago(30), days_ago(4)):  # of an earlier journey; only after the departure
        ChildDecision.objects.filter(case=case).update(decided_on=day)
        assert lacks(case_manager, journey) == {"best_interests_decision"}
    Journey.objects.filter(pk=journey.pk).update(best_interests_on=days_ago(11))
    assert lacks(case_manager, journey) == {"best_interests_decision"}


def test_ch_08_a_refusal_to_hear_the_child_is_no_day_on_which_it_was_heard(case_manager: Actor) -> None:
    case = child(case_manager)
    journey = asked(case_manager, case)
    for what, on in ({"heard": False}, days_ago(19)), ({"heard": True}, days_ago(40)):
        heard(case_manager, case, about="return", on=on, **what)
    assert told(case_manager, journey).heard_on is None


def test_ch_08_the_guardian_answers_on_that_day_and_has_no_interest_of_their_own(case_manager: Actor) -> None:
    case = child(case_manager)
    journey = ready_child(case_manager, case)
    guardianship = guarded(case_manager, case)
    rows = type(guardianship).objects.filter(pk=guardianship.pk)
    for late in ({"since": days_ago(4)}, {"until": days_ago(6)}):
        rows.update(**late)
        assert lacks(case_manager, journey) == {"guardian_appointed"}
        rows.update(since=days_ago(19), until=days_ago(5))
    record_conflict(actor=case_manager, guardianship=guardianship, kind="relative", on=days_ago(7))
    assert lacks(case_manager, journey) == {"guardian_appointed"}


def test_ch_08_an_assessment_that_does_not_allow_it_holds_the_child(case_manager: Actor) -> None:
    case = child(case_manager)
    guarded(case_manager, case)
    journey = assessed(case_manager, told(case_manager, asked(case_manager, case)), allows=False)
    journey = prepared(case_manager, decided(case_manager, journey, by_guardian=True, heard_on=days_ago(13)))
    judged(case_manager, case)
    assert lacks(case_manager, protected(case_manager, journey)) == {"risk_and_security_assessment"}


def test_ch_08_the_guardian_decides_and_the_child_is_heard(case_manager: Actor) -> None:
    journey = assessed(case_manager, told(case_manager, asked(case_manager, child(case_manager))))
    for changes in ({}, {"by_guardian": True}):
        with pytest.raises(InvalidInput):
            decided(case_manager, journey, **changes)


def test_ch_08_nobody_overrides_it_and_no_child_is_removed_but_as_an_incident(case_manager: Actor) -> None:
    assert gates.check("child_departure", {}).override is None
    case = child(case_manager)
    guarded(case_manager, case)
    removal = announced(case_manager, case)
    with pytest.raises(GateClosed):
        removals.carry_out_removal(actor=case_manager, journey=removal, on=days_ago(1))
    done = removals.carry_out_removal(actor=case_manager, journey=removal, on=days_ago(1), happened=True)
    assert "child_departure.voluntary_and_assisted" in done.despite
    assert CaseLine.objects.filter(case=case, what="despite", for_node=True).exists()


def test_ch_08_even_the_database_keeps_no_departed_child_without_an_assessment(case_manager: Actor) -> None:
    case = child(case_manager)
    guarded(case_manager, case)
    gone = removals.depart(actor=case_manager, journey=ready_child(case_manager, case), on=days_ago(5))
    for lacking in ({"risk_allows": False}, {"best_interests_on": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Journey.objects.filter(pk=gone.pk).update(**lacking)


def test_ch_09_a_hand_over_by_police_alone_rings_until_it_is_answered(case_manager: Actor) -> None:
    case = child(case_manager)
    guarded(case_manager, case)
    gone = removals.depart(actor=case_manager, journey=ready_child(case_manager, case), on=days_ago(5))
    with pytest.raises(InvalidInput):
        removals.confirm(actor=case_manager, journey=gone, by="family", on=days_ago(3))
    there = removals.confirm(actor=case_manager, journey=gone, by="family", on=days_ago(3), hand_over="police_only")
    alarm = CaseLine.objects.get(case=case, what="handed_over")
    assert alarm.urgent
    assert alarm.for_node
    assert alarm.due is not None
    with pytest.raises(InvalidInput):
        removals.answer_alarm(actor=case_manager, journey=there, on=days_ago(1), words="")
    removals.answer_alarm(actor=case_manager, journey=there, on=days_ago(1), words="The centre visited the family.")
    assert not CaseLine.objects.filter(case=case, what="handed_over").exists()


def test_ch_09_a_hand_over_with_child_protection_is_quiet(case_manager: Actor) -> None:
    case = child(case_manager)
    guarded(case_manager, case)
    gone = removals.depart(actor=case_manager, journey=ready_child(case_manager, case), on=days_ago(5))
    removals.confirm(actor=case_manager, journey=gone, by="service", on=days_ago(3), hand_over="child_protection")
    assert not CaseLine.objects.filter(case=case, what="handed_over").exists()


def test_ch_08_what_the_child_needs_is_not_written_afterwards(case_manager: Actor) -> None:
    case = child(case_manager)
    guarded(case_manager, case)
    gone = removals.depart(actor=case_manager, journey=ready_child(case_manager, case), on=days_ago(5))
    with pytest.raises(InvalidInput):
        journeys.protect(
            actor=case_manager,
            journey=gone,
            authority_confirmed_on=None,
            follow_up_on=None,
        )
