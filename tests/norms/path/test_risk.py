"""Risk: the highest counts, every reason is kept, and only a recorded review lowers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.path.flags import codes_of
from fener.norms.path.risk import RiskFinding, aggregate, highest, levels, plan_gaps, rank, review_flag
from fener.norms.vocab import vocabulary

level = st.sampled_from(levels())
findings = st.lists(st.builds(RiskFinding, kind=st.sampled_from(vocabulary("risk_kind").codes()), level=level))
maybe = st.none() | level


def test_the_levels_rise() -> None:
    assert levels() == ("low", "medium", "high", "immediate")
    assert highest(["low", "high", "medium"]) == "high"
    assert highest([]) is None


def test_the_highest_finding_counts_and_all_are_kept() -> None:
    low, high, other = RiskFinding("debt", "low"), RiskFinding("traffickers", "high"), RiskFinding("stigma", "high")
    found = aggregate([low, high, other])
    assert found.level == "high"
    assert found.reasons == (high, other)
    assert set(found.findings) == {low, high, other}


def test_a_lower_finding_lowers_nothing_until_a_review_is_recorded() -> None:
    found = aggregate([RiskFinding("debt", "low")], earlier="immediate")
    assert found.level == "immediate"
    assert found.held_up
    assert "Only a recorded review" in found.why[0].english()
    assert aggregate([RiskFinding("debt", "low")], earlier="immediate", reviewed=True).level == "low"


@given(findings, maybe)
def test_without_a_review_a_level_never_falls(found: list[RiskFinding], earlier: str | None) -> None:
    result = aggregate(found, earlier=earlier)
    assert rank(result.level) >= rank(earlier)
    assert all(rank(result.level) >= rank(f.level) for f in found)
    assert sorted(f.kind for f in result.findings) == sorted(f.kind for f in found)


@given(findings, findings, maybe, st.booleans())
def test_one_more_finding_never_lowers(
    found: list[RiskFinding], more: list[RiskFinding], earlier: str | None, reviewed: bool
) -> None:
    before = aggregate(found, earlier=earlier, reviewed=reviewed)
    after = aggregate([*found, *more], earlier=earlier, reviewed=reviewed)
    assert rank(after.level) >= rank(before.level)


@given(st.permutations([RiskFinding("debt", "low"), RiskFinding("health", "medium"), RiskFinding("stigma", "high")]))
def test_the_order_of_findings_changes_no_level(found: list[RiskFinding]) -> None:
    assert aggregate(found).level == "high"


def test_a_plan_that_forgets_the_recruiters_at_home_is_flagged() -> None:
    assert codes_of(plan_gaps(asked=[], risks=[], measures=[])) == ("recruiters_not_asked",)
    assert plan_gaps(asked=["local_recruiters"], risks=[], measures=[]) == ()
    known = plan_gaps(asked=["local_recruiters"], risks=["local_recruiters"], measures=["safe_place"])
    assert codes_of(known) == ("recruiters_unanswered",)
    assert plan_gaps(asked=[], risks=["local_recruiters"], measures=["local_recruiters_watched"]) == ()
    without = plan_gaps(asked=["local_recruiters"], risks=["retaliation", "debt"], measures=[])
    assert codes_of(without) == ("danger_unanswered",), "a debt is no danger of this kind"


def test_the_review_never_lapses_while_the_case_is_open() -> None:
    today = date(2026, 3, 2)
    lapsed = review_flag(review_on=date(2026, 3, 1), today=today, case_open=True)
    none = review_flag(review_on=None, today=today, case_open=True)
    assert lapsed is not None
    assert lapsed.code == "review_lapsed"
    assert none is not None
    assert none.code == "no_review"
    assert review_flag(review_on=today, today=today, case_open=True) is None
    assert review_flag(review_on=None, today=today, case_open=False) is None


def test_a_misspelt_kind_or_level_is_noticed() -> None:
    with pytest.raises(ValueError, match="hihg"):
        aggregate([RiskFinding("debt", "hihg")])
    with pytest.raises(ValueError, match="debts"):
        aggregate([RiskFinding("debts", "high")])
