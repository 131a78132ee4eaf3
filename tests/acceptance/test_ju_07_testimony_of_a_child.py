"""JU-07: a child testifies only if guardian and prosecutor each weighed its interests, by a procedure fit for it."""

from __future__ import annotations

import pytest

from fener.casework.models import Case
from fener.casework.services.children.guardians import change_guardian, record_conflict
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput
from tests.factories.casework import CaseFactory
from tests.factories.children import child, guarded, guardian_terms
from tests.factories.returns import days_ago
from tests.factories.statements import lawyer, opinion, procedure, stated, told


@pytest.fixture
def advised(case_manager: Actor) -> Case:
    case = child(case_manager)
    told(case_manager, case, by=lawyer(case_manager, case))
    return case


def closed(actor: Actor, case: Case) -> set[str]:
    with pytest.raises(GateClosed) as refused:
        stated(actor, case)
    return {condition.code for condition in refused.value.result.missing}


def test_ju_07_each_of_the_three_is_needed(case_manager: Actor, advised: Case) -> None:
    guarded(case_manager, advised, since=days_ago(100))
    three = {"guardian_judged_best_interests", "prosecutor_judged_best_interests", "adapted_procedure_set"}
    assert closed(case_manager, advised) == three
    opinion(case_manager, advised, "guardian")
    assert closed(case_manager, advised) == three - {"guardian_judged_best_interests"}
    opinion(case_manager, advised, "prosecutor")
    assert closed(case_manager, advised) == {"adapted_procedure_set"}
    procedure(case_manager, advised)
    assert stated(case_manager, advised)


def test_ju_07_the_latest_opinion_until_the_day_counts(case_manager: Actor, advised: Case) -> None:
    guarded(case_manager, advised, since=days_ago(100))
    for by in ("guardian", "prosecutor"):
        opinion(case_manager, advised, by)
    procedure(case_manager, advised)
    opinion(case_manager, advised, "prosecutor", favours=False, on=days_ago(8))
    assert closed(case_manager, advised) == {"prosecutor_judged_best_interests"}
    assert stated(case_manager, advised, on=days_ago(9))
    opinion(case_manager, advised, "prosecutor", on=days_ago(7))
    assert stated(case_manager, advised)


def test_ju_07_only_a_guardian_without_an_interest_of_their_own_weighs_it(case_manager: Actor, advised: Case) -> None:
    with pytest.raises(InvalidInput) as refused:
        opinion(case_manager, advised, "guardian")
    assert list(refused.value.errors) == ["by"]
    guardian = guarded(case_manager, advised, since=days_ago(100))
    for by in ("guardian", "prosecutor"):
        opinion(case_manager, advised, by)
    procedure(case_manager, advised)
    record_conflict(actor=case_manager, guardianship=guardian, kind="other", on=days_ago(2))
    assert closed(case_manager, advised) == {"guardian_judged_best_interests"}


def test_ju_07_a_procedure_that_does_not_record_the_child_once_does_not_count(
    case_manager: Actor, advised: Case
) -> None:
    guarded(case_manager, advised, since=days_ago(100))
    for by in ("guardian", "prosecutor"):
        opinion(case_manager, advised, by)
    procedure(case_manager, advised, recorded_once=False)
    assert closed(case_manager, advised) == {"adapted_procedure_set"}


def test_ju_07_nothing_of_it_is_recorded_for_an_adult(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(InvalidInput):
        opinion(case_manager, case, "prosecutor")
    with pytest.raises(InvalidInput):
        procedure(case_manager, case)


def test_ju_07_a_guardian_who_follows_weighs_it_anew(case_manager: Actor, advised: Case) -> None:
    first = guarded(case_manager, advised, since=days_ago(100))
    for by in ("guardian", "prosecutor"):
        opinion(case_manager, advised, by)
    procedure(case_manager, advised)
    terms = guardian_terms(since=days_ago(10), who="Another one")
    change_guardian(actor=case_manager, guardianship=first, reason="own_request", terms=terms)
    assert closed(case_manager, advised) == {"guardian_judged_best_interests"}
    opinion(case_manager, advised, "guardian", on=days_ago(9))
    assert stated(case_manager, advised)
