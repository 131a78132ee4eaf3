"""CH-12: a durable solution rests on recorded criteria, a family before an institution where that serves the child."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.gates import check
from fener.norms.path.children import solution_flags
from fener.norms.vocab import vocabulary

CRITERIA = vocabulary("solution_criterion").codes()
SOLUTIONS = vocabulary("durable_solution").codes()


@given(st.sampled_from(SOLUTIONS), st.sets(st.sampled_from(CRITERIA)))
def test_ch_12_every_criterion_that_is_not_answered_is_named(solution: str, answered: set[str]) -> None:
    flags = solution_flags(
        solution, criteria=dict.fromkeys(answered, True), family_considered_first=True, family_in_interests=True
    )
    missing = {flag.why.params["criterion"] for flag in flags if flag.code == "criterion_open"}
    assert missing == set(CRITERIA) - answered


@pytest.mark.parametrize("solution", SOLUTIONS)
def test_ch_12_only_an_institution_before_a_family_is_flagged(solution: str) -> None:
    criteria = dict.fromkeys(CRITERIA, True)
    flags = solution_flags(solution, criteria=criteria, family_considered_first=False, family_in_interests=None)
    assert bool(flags) == (solution == "institution")


def test_ch_12_the_gate_is_closed_without_criteria_reasons_and_the_childs_view() -> None:
    known = {
        "criteria_recorded": True,
        "best_interests_reasoned": True,
        "child_heard": True,
        "family_considered_first": True,
    }
    assert check("durable_solution", known).open
    for fact in known:
        assert not check("durable_solution", {**known, fact: False}).open
