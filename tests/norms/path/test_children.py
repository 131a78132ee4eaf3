"""Children: one who is accountable, a place for children, a family before an institution."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.path.children import (
    accountability_flags,
    alone_flags,
    eighteenth,
    guardianship_ends,
    median,
    missing_marks,
    placement_flag,
    solution_flags,
    time_to_identify,
)
from fener.norms.path.flags import codes_of
from fener.norms.vocab import vocabulary

CRITERIA = dict.fromkeys(vocabulary("solution_criterion").codes(), True)


@given(st.integers(0, 5))
def test_exactly_one_person_is_accountable(number: int) -> None:
    flags = accountability_flags(accountable=number, protection_body_is_party=True, duties={})
    assert (codes_of(flags) == ()) == (number == 1)


def test_the_child_protection_body_is_a_party_and_split_duties_are_named() -> None:
    flags = accountability_flags(
        accountable=1, protection_body_is_party=False, duties={"legal": True, "shelter": False}
    )
    assert codes_of(flags) == ("no_protection_body", "duty_unnamed")
    with pytest.raises(ValueError, match="lawyer"):
        accountability_flags(accountable=1, protection_body_is_party=True, duties={"lawyer": True})


def test_a_child_met_alone_opens_an_action_and_somebody_answers_until_a_guardian_is_there() -> None:
    assert codes_of(alone_flags(met_alone=True, has_guardian=False, interim=False)) == ("met_alone", "nobody_answers")
    assert codes_of(alone_flags(met_alone=True, has_guardian=False, interim=True)) == ("met_alone",)
    assert codes_of(alone_flags(met_alone=False, has_guardian=False, interim=False)) == ("nobody_answers",)
    assert alone_flags(met_alone=True, has_guardian=True, interim=False) == ()


def test_unaccompanied_and_separated_are_different_marks_and_none_says_trafficked() -> None:
    assert missing_marks([], alone=True, without_parents=True) == ("unaccompanied",)
    assert missing_marks([], alone=False, without_parents=True) == ("separated",)
    assert missing_marks(["separated"], alone=False, without_parents=True) == ()
    assert missing_marks(["trafficked"], alone=None, without_parents=None) == ()


@pytest.mark.parametrize("place", ["detention", "with_offenders", "adult_shelter"])
def test_a_child_is_never_placed_where_children_do_not_belong(place: str) -> None:
    flag = placement_flag(place, family_considered_first=True)
    assert flag is not None
    assert flag.rule == "CH-11"


def test_an_institution_comes_after_a_family() -> None:
    assert placement_flag("foster_family") is None
    assert placement_flag("institution") is not None
    assert placement_flag("institution", family_considered_first=True) is None


def test_a_solution_answers_every_criterion() -> None:
    without = {code: met for code, met in CRITERIA.items() if code != "childs_view"}
    flags = solution_flags("return", criteria=without, family_considered_first=True, family_in_interests=True)
    assert codes_of(flags) == ("criterion_open",)
    assert flags[0].why.params == {"criterion": "childs_view"}
    with pytest.raises(ValueError, match="view"):
        solution_flags("return", criteria={"view": True}, family_considered_first=True, family_in_interests=True)


def test_a_family_with_violence_and_an_institution_before_a_family_are_flagged() -> None:
    violent = {**CRITERIA, "violence_or_abuse": False}
    assert codes_of(
        solution_flags("family", criteria=violent, family_considered_first=True, family_in_interests=True)
    ) == ("unsafe_family",)
    unknown = {**CRITERIA, "violence_or_abuse": None}
    assert solution_flags("family", criteria=unknown, family_considered_first=True, family_in_interests=True)
    early: dict[str, Any] = {"criteria": CRITERIA, "family_considered_first": False}
    assert codes_of(solution_flags("institution", family_in_interests=None, **early)) == ("institution_before_family",)
    assert solution_flags("institution", family_in_interests=False, **early) == ()
    assert solution_flags("foster_family", family_in_interests=None, **early) == ()


def test_only_two_reasons_end_a_guardianship() -> None:
    ends = {code for code in vocabulary("guardian_end").codes() if guardianship_ends(code)}
    assert ends == {"durable_solution", "adult_with_plan"}


def test_the_time_to_identify_a_child_is_measured() -> None:
    assert time_to_identify(first_contact=date(2026, 1, 1), identified_on=date(2026, 1, 11)) == 10
    assert time_to_identify(first_contact=date(2026, 1, 1), identified_on=None) is None
    with pytest.raises(ValueError, match="before"):
        time_to_identify(first_contact=date(2026, 1, 2), identified_on=date(2026, 1, 1))
    assert median([5, 1, 9]) == 5
    assert median([1, 2]) == 1.5
    assert median([]) is None


@given(st.dates(date(1990, 1, 1), date(2020, 12, 31)))
def test_the_eighteenth_birthday_is_never_a_day_early(birth: date) -> None:
    day = eighteenth(birth)
    assert day.year == birth.year + 18
    assert (day.month, day.day) >= (birth.month, birth.day)
    assert eighteenth(date(2008, 2, 29)) == date(2026, 3, 1)
