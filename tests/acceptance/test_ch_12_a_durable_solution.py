"""CH-12: a durable solution is chosen by explicit recorded criteria, family before institution."""

from __future__ import annotations

from typing import Any

import pytest

from fener.casework.models import Case
from fener.casework.models.children.decision import ChildDecision
from fener.casework.models.line import CaseLine
from fener.casework.services.children.decisions import SolutionTerms, carry_out, choose_solution, flags_of
from fener.casework.services.children.guardians import end_guardianship
from fener.norms.path.flags import codes_of
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput
from tests.factories.children import DAY, child, guarded, heard

CRITERIA = dict.fromkeys(vocabulary("solution_criterion").codes(), "yes")


def chosen(actor: Actor, case: Case, **changes: Any) -> ChildDecision:
    terms: dict[str, Any] = {
        "solution": "local_integration",
        "decided_on": DAY,
        "panel": ("child_protection", "health"),
        "words": "She has school and friends here.",
        "criteria": CRITERIA,
        "family_first": True,
        **changes,
    }
    return choose_solution(actor=actor, case=case, terms=SolutionTerms(**terms))


@pytest.mark.parametrize("solution", ["family", "local_integration", "return", "resettlement"])
def test_ch_12_each_solution_is_open_by_its_criteria(case_manager: Actor, solution: str) -> None:
    case = child(case_manager)
    heard(case_manager, case, about="solution")
    row = chosen(case_manager, case, solution=solution)
    assert (row.solution, len(row.criteria)) == (solution, len(CRITERIA))


def test_ch_12_an_unanswered_criterion_refuses_and_unknown_is_an_answer(case_manager: Actor) -> None:
    case = child(case_manager)
    heard(case_manager, case, about="solution")
    without = {code: "yes" for code in CRITERIA if code != "schooling"}
    with pytest.raises(GateClosed) as refused:
        chosen(case_manager, case, criteria=without)
    assert {one.code for one in refused.value.result.missing} == {"criteria_recorded"}
    chosen(case_manager, case, criteria={**without, "schooling": "unknown"})


def test_ch_12_an_institution_is_refused_before_a_family_was_looked_at(case_manager: Actor) -> None:
    case = child(case_manager)
    heard(case_manager, case, about="solution")
    for known in (None, True):
        with pytest.raises(GateClosed):
            chosen(case_manager, case, solution="institution", family_first=False, family_in_interests=known)
    chosen(case_manager, case, solution="institution", family_first=False, family_in_interests=False)


def test_ch_12_a_family_in_which_there_may_be_violence_is_said(case_manager: Actor) -> None:
    case = child(case_manager)
    heard(case_manager, case, about="solution")
    row = chosen(case_manager, case, solution="family", criteria={**CRITERIA, "violence_or_abuse": "unknown"})
    assert "unsafe_family" in codes_of(flags_of(row))
    assert CaseLine.objects.get(case=case, record="children.decisions").urgent


def test_ch_12_without_the_childs_view_no_solution_is_chosen(case_manager: Actor) -> None:
    with pytest.raises(GateClosed):
        chosen(case_manager, child(case_manager))


def test_ch_05_once_the_solution_is_carried_out_the_guardianship_may_end(case_manager: Actor) -> None:
    case = child(case_manager)
    guardian = guarded(case_manager, case)
    heard(case_manager, case, about="solution")
    row = chosen(case_manager, case)
    with pytest.raises(GateClosed):
        end_guardianship(actor=case_manager, guardianship=guardian, reason="durable_solution", on=DAY)
    carry_out(actor=case_manager, decision=row, on=DAY)
    ended = end_guardianship(actor=case_manager, guardianship=guardian, reason="durable_solution", on=DAY)
    assert ended.ended_on == DAY


def test_ch_12_only_a_solution_is_carried_out(case_manager: Actor) -> None:
    case = child(case_manager)
    heard(case_manager, case, about="solution")
    row = chosen(case_manager, case)
    with pytest.raises(InvalidInput):
        carry_out(actor=case_manager, decision=row, on=DAY.replace(year=2027))
