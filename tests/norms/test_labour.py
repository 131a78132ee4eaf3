"""Forced labour, debt bondage and wages: the tests and their figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.answers import Answer, Finding
from fener.norms.facts_input import InputError
from fener.norms.labour import debt_bondage, forced_labour, plain, wage_gap
from tests.norms.facts_made_up import DEBT, INDICATORS, debts, none_of


@pytest.mark.parametrize("indicator", INDICATORS)
def test_each_indicator_alone_is_a_menace(indicator: str) -> None:
    result = forced_labour({indicator: "yes", "voluntary": "no"})
    assert result.verdict == "found"
    assert result.signs == (indicator,)


@pytest.mark.parametrize("penalty", ["loss_of_privileges", "губитак права", True, "yes"])
def test_any_other_penalty_in_words_is_a_menace(penalty: Any) -> None:
    assert forced_labour({"other_penalty": penalty, "voluntary": "no"}).verdict == "found"


@pytest.mark.parametrize(("penalty", "menace"), [("none", "not_found"), ("no", "not_found"), ("unknown", "unknown")])
def test_a_menace_is_excluded_only_when_every_sign_is(penalty: str, menace: str) -> None:
    result = forced_labour({**none_of(INDICATORS), "other_penalty": penalty, "voluntary": "no"})
    assert result.menace.value == menace


def test_an_indicator_that_nobody_asked_about_leaves_it_undetermined() -> None:
    facts: dict[str, Any] = {**none_of(INDICATORS), "other_penalty": "none", "voluntary": "no"}
    assert forced_labour(facts).verdict == "not_found"
    del facts["documents_retained"]
    assert forced_labour(facts).verdict == "undetermined"


def test_a_menace_over_work_of_which_nothing_else_is_known_is_undetermined() -> None:
    assert forced_labour({"violence": "yes"}).verdict == "undetermined"


def test_voluntary_work_is_not_forced_unless_the_conditions_were_hidden() -> None:
    facts = {"wages_withheld": "yes", "voluntary": "yes"}
    assert forced_labour(facts).verdict == "not_found"
    assert forced_labour({**facts, "conditions_known": "no"}).verdict == "found"
    assert forced_labour(facts, means={"deception": Answer.YES}).verdict == "found"
    assert forced_labour(facts, means={"threat": Answer.YES}).verdict == "not_found"


def test_the_agreement_of_a_child_never_makes_work_voluntary() -> None:
    assert forced_labour({"wages_withheld": "yes", "voluntary": "yes"}, child=True).verdict == "undetermined"


def test_debt_bondage_from_the_figures_is_an_indicator_also_against_a_recorded_no() -> None:
    assert forced_labour({"voluntary": "no"}, debt=Finding.FOUND).signs == ("debt_bondage",)
    contradicted = forced_labour({"debt_bondage": "no", "voluntary": "no"}, debt=Finding.FOUND)
    assert contradicted.verdict == "found"
    assert any(reason.rule == "forced_labour.debt_contradicted" for reason in contradicted.reasons)


def test_the_first_limb_is_value_that_is_not_applied_to_the_debt() -> None:
    result = debt_bondage(DEBT)
    assert (result.value_not_applied, result.not_limited_or_defined) == (Finding.FOUND, Finding.NOT_FOUND)
    assert result.verdict == "found"
    assert result.to_json()["figures"] == {
        "principal": "1200",
        "services_value": "3000",
        "credited": "300",
        "deductions": "0",
        "due": "1200",
        "applied": "300",
        "shortfall": "900",
    }


@pytest.mark.parametrize("part", ["length_defined", "nature_defined"])
def test_the_second_limb_suffices_whatever_the_figures(part: str) -> None:
    paid_off = {**DEBT, "credited": 3000, part: "no"}
    result = debt_bondage(paid_off)
    assert (result.value_not_applied, result.not_limited_or_defined) == (Finding.NOT_FOUND, Finding.FOUND)
    assert result.verdict == "found"


def test_a_debt_that_the_work_pays_off_on_defined_terms_is_no_bondage() -> None:
    assert debt_bondage({**DEBT, "credited": 1200}).verdict == "not_found"
    assert debt_bondage({**DEBT, "services_value": 500, "credited": 500}).verdict == "not_found"


def test_a_debt_that_is_paid_off_and_still_claimed_is_bondage() -> None:
    assert debt_bondage({**DEBT, "credited": 1200, "still_claimed": "yes"}).verdict == "found"


def test_deductions_that_eat_the_credit_count_unless_they_were_fair() -> None:
    eaten = {**DEBT, "credited": 1200, "deductions": 700}
    assert debt_bondage(eaten).verdict == "found"
    assert debt_bondage({**eaten, "deductions_fair": "yes"}).verdict == "not_found"


@pytest.mark.parametrize("missing", ["principal", "services_value", "credited", "deductions"])
def test_a_missing_figure_is_unknown_and_never_zero(missing: str) -> None:
    facts = {**DEBT, "credited": 1200}
    del facts[missing]
    result = debt_bondage(facts)
    assert result.figures[missing] is None
    assert result.verdict == "undetermined"
    assert any(missing in reason.text for reason in result.reasons)


def test_a_zero_is_a_figure() -> None:
    assert debt_bondage({**DEBT, "credited": 0}).verdict == "found"


def test_a_debt_of_nothing_contradicts_itself_and_stays_unknown() -> None:
    result = debt_bondage({"principal": 0, "deductions": 0, "length_defined": "no"})
    assert result.verdict == "undetermined"
    assert any(reason.rule == "debt_bondage.no_debt" for reason in result.reasons)


def test_an_indicator_stands_in_for_missing_figures_and_never_overrules_them() -> None:
    assert debt_bondage({}, indicator=Answer.YES).verdict == "found"
    assert debt_bondage(None, indicator=Answer.NO).verdict == "not_found"
    assert debt_bondage({"principal": 5}, indicator=Answer.NO).verdict == "undetermined"
    assert debt_bondage({**DEBT, "credited": 1200}, indicator=Answer.YES).verdict == "undetermined"


def test_sums_are_exact() -> None:
    facts = {**DEBT, "services_value": "0.30", "credited": "0.20", "deductions": "0.10"}
    assert debt_bondage(facts).figures["applied"] == Decimal("0.10")
    assert debt_bondage({**DEBT, "principal": 0.1}).figures["principal"] == Decimal("0.1")


@given(debts)
def test_the_figures_are_shown_as_they_were_given(facts: dict[str, Any]) -> None:
    shown = debt_bondage(facts).figures
    for name in ("principal", "services_value", "credited", "deductions"):
        assert shown[name] == (None if name not in facts else Decimal(facts[name]))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**9))
def test_a_sum_is_written_without_exponent_and_means_the_same(value: Decimal) -> None:
    assert "E" not in plain(value)
    assert Decimal(plain(value)) == value


def test_the_wage_gap_takes_the_higher_of_agreement_and_law() -> None:
    gap = wage_gap({"agreed": 400, "minimum": 480, "periods": "5.5", "paid": 300, "currency": "EUR"})
    assert (gap.owed, gap.gap) == (Decimal("2640.0"), Decimal("2340.0"))
    assert gap.to_json()["gap"] == "2340"


def test_an_overpaid_wage_leaves_no_negative_gap() -> None:
    assert wage_gap({"agreed": 100, "periods": 1, "paid": 150}).gap == 0


@pytest.mark.parametrize("missing", ["agreed", "periods", "paid"])
def test_a_wage_gap_with_a_missing_figure_is_none(missing: str) -> None:
    facts: dict[str, Any] = {"agreed": 600, "periods": 5, "paid": 300}
    del facts[missing]
    assert wage_gap(facts).gap is None


def test_bad_sums_are_refused_with_their_path() -> None:
    with pytest.raises(InputError, match="wages/paid: must not be negative"):
        wage_gap({"paid": -1})
    with pytest.raises(InputError, match="debt/credited: must be a number"):
        debt_bondage({"credited": "lots"})
