"""CH-02 (validation half): a person under 18 can never be stored as voluntary or consenting, also not by import."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.fields import validate_facts

AGREED = ("agreed_at_first", "sees_it_as_voluntary")


@pytest.mark.parametrize("field", AGREED)
@pytest.mark.parametrize(
    "child",
    [
        {"age_at_contact": 17},
        {"age_at_contact": "17"},
        {"age_at_contact": 25, "age_at_recruitment": 16},
        {"minor": "child"},
        {"minor": "presumed_child"},
        {"age_at_contact": 19, "age_at_contact_certainty": "disputed"},
        {"age_at_recruitment": 19, "age_at_recruitment_certainty": "disputed"},
    ],
)
def test_ch_02_agreement_of_a_child_is_refused(child: dict[str, Any], field: str) -> None:
    checked = validate_facts({**child, field: "yes"})
    assert field not in checked.cleaned
    assert checked.errors[field].code == "child_cannot_agree"
    assert validate_facts({**child, field: "no"}).errors == {}


def test_ch_02_a_date_of_birth_is_enough_to_refuse_it() -> None:
    checked = validate_facts({"contacted_on": "2026-03-01", "agreed_at_first": "yes"}, birth_date=date(2010, 1, 1))
    assert checked.errors["agreed_at_first"].code == "child_cannot_agree"


def test_ch_02_an_adults_word_is_kept() -> None:
    assert validate_facts({"age_at_contact": 30, "age_at_recruitment": 29, "agreed_at_first": "yes"}).errors == {}


@given(
    st.integers(0, 17),
    st.dictionaries(st.sampled_from(["minor", *AGREED]), st.sampled_from(["yes", "adult", "child", "no"])),
)
def test_ch_02_no_combination_stores_a_child_as_agreeing(age: int, more: dict[str, str]) -> None:
    cleaned = validate_facts({"age_at_contact": age, **more}).cleaned
    assert "yes" not in [cleaned.get(field) for field in AGREED]
    assert cleaned.get("minor") != "adult"
