"""Facts and sealed fields: what is refused, with which words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.fields import (
    age_on,
    compartment_fields,
    facts_fields,
    facts_shown,
    is_child,
    validate_compartment,
    validate_facts,
)

TODAY = date(2026, 3, 2)


def refused(raw: dict[str, Any], **more: Any) -> dict[str, str]:
    return {code: problem.code for code, problem in validate_facts(raw, today=TODAY, **more).errors.items()}


def test_good_facts_come_back_cleaned() -> None:
    cleaned, errors = validate_facts(
        {
            "gender": "Masculine",
            "age_at_contact": "34",
            "citizenships": ["RS", "RS"],
            "exploitation": "ForcedLabour",
            "contacted_on": "2026-03-01",
            "industry": "",
        }
    )
    assert errors == {}
    assert cleaned == {
        "gender": "Masculine",
        "age_at_contact": 34,
        "citizenships": ["RS"],
        "exploitation": ["ForcedLabour"],
        "contacted_on": date(2026, 3, 1),
    }


@pytest.mark.parametrize(
    ("raw", "field", "code"),
    [
        ({"age_at_contact": 121}, "age_at_contact", "out_of_range"),
        ({"age_at_contact": -1}, "age_at_contact", "out_of_range"),
        ({"age_at_contact": "about 30"}, "age_at_contact", "not_a_number"),
        ({"age_at_contact": True}, "age_at_contact", "not_a_number"),
        ({"age_at_contact": 30.5}, "age_at_contact", "not_a_number"),
        ({"age_at_contact": 20, "age_at_recruitment": 21}, "age_at_recruitment", "older_at_recruitment"),
        ({"gender": "Male"}, "gender", "unknown_code"),
        ({"exploitation": ["ForcedLabour", "x"]}, "exploitation", "unknown_code"),
        ({"exploitation": {"a": 1}}, "exploitation", "not_a_list"),
        ({"contacted_on": "1.3.2026"}, "contacted_on", "not_a_date"),
        ({"contacted_on": "2026-03-03"}, "contacted_on", "in_the_future"),
        ({"exploitation_from": "2025-03-03", "exploitation_to": "2025-03-01"}, "exploitation_to", "before"),
        ({"number_of_children": 1, "children_with_person": 2}, "children_with_person", "more"),
        ({"age_at_contact": 15, "minor": "adult"}, "minor", "child_as_adult"),
        ({"first_name": "Ana"}, "first_name", "unknown_field"),
    ],
)
def test_a_wrong_value_is_refused_and_said(raw: dict[str, Any], field: str, code: str) -> None:
    assert refused(raw) == {field: code}


def test_refused_values_are_not_among_the_cleaned_ones() -> None:
    cleaned, errors = validate_facts({"age_at_contact": 200, "gender": "Feminine"})
    assert cleaned == {"gender": "Feminine"}
    assert str(errors["age_at_contact"]) == "Give a number from 0 to 120."


def test_a_date_before_birth_is_refused() -> None:
    assert refused({"exploitation_from": "1989-01-01"}, birth_date=date(1990, 5, 1)) == {
        "exploitation_from": "before_birth"
    }


def test_a_disputed_age_is_a_childs_age() -> None:
    assert is_child({"age_at_contact": 19, "age_at_contact_certainty": "disputed"}) is True
    assert is_child({"age_at_contact": 19}) is False
    assert is_child({"minor": "presumed_child"}) is True
    assert is_child({}) is None


def test_facts_hold_no_free_text_that_could_carry_a_name() -> None:
    assert {f.type for f in facts_fields()} <= {"choice", "multi", "integer", "date"}


def test_every_sealed_field_declares_its_kind_of_data_and_codes_are_unique() -> None:
    fields = compartment_fields()
    assert {f.compartment for f in fields} == {"identity", "contact", "narrative", "health", "legal", "location"}
    assert len({f.code for f in fields}) == len(fields)
    assert all(f.category for f in fields)
    assert all(f.special and not f.htcds for f in fields if f.compartment == "health")


def test_sealed_fields_are_cleaned() -> None:
    cleaned, errors = validate_compartment(
        "identity", {"first_name": "  Ђорђе ", "birth_date": "1990-05-01", "deceased": False}, today=TODAY
    )
    assert errors == {}
    assert cleaned == {"first_name": "Ђорђе", "birth_date": date(1990, 5, 1), "deceased": False}


@pytest.mark.parametrize(
    ("raw", "field", "code"),
    [
        ({"first_name": "x" * 121}, "first_name", "too_long"),
        ({"first_name": "Ana\x00"}, "first_name", "control_characters"),
        ({"first_name": "Ana\nEva"}, "first_name", "control_characters"),
        ({"first_name": 5}, "first_name", "not_text"),
        ({"birth_date": "2027-01-01"}, "birth_date", "in_the_future"),
        ({"deceased": "yes"}, "deceased", "not_boolean"),
        ({"mobile_phone": "1"}, "mobile_phone", "unknown_field"),
    ],
)
def test_a_wrong_sealed_value_is_refused(raw: dict[str, Any], field: str, code: str) -> None:
    errors = validate_compartment("identity", raw, today=TODAY).errors
    assert {key: problem.code for key, problem in errors.items()} == {field: code}


def test_names_in_other_scripts_and_with_combining_marks_are_kept() -> None:
    for name in ("علی رضا", "Željko", "Z\u030celjko", "Ђурђевић-Ристић"):
        assert validate_compartment("identity", {"first_name": name}).errors == {}
    assert validate_compartment("identity", {"first_name": "Z\u030celjko"}).cleaned == {"first_name": "Željko"}


def test_a_compartment_that_is_not_there_raises() -> None:
    with pytest.raises(KeyError):
        validate_compartment("secrets", {})


def test_totals_only_facts_are_taken_out_of_what_is_shown() -> None:
    assert facts_shown({"gender": "Feminine", "ethnicity": ["roma"]}) == {"gender": "Feminine"}


def test_age_is_counted_in_completed_years() -> None:
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


VALUES = st.one_of(st.none(), st.integers(), st.floats(), st.text(), st.booleans(), st.lists(st.text(), max_size=3))


@given(st.dictionaries(st.sampled_from([f.code for f in facts_fields()]), VALUES, max_size=6))
def test_whatever_comes_in_is_cleaned_or_refused_and_cleaning_again_changes_nothing(raw: dict[str, Any]) -> None:
    cleaned, errors = validate_facts(raw)
    assert not cleaned.keys() & errors.keys()
    assert all(str(problem) for problem in errors.values())
    assert validate_facts(cleaned).cleaned == cleaned
