"""Cells as people fill them: codes by name or label, several in one, dates in three formats, ages in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.casework.htcds.values import BadValue, doubt, parse, shows_day_first
from fener.norms.htcds import htcds_mapping
from fener.norms.vocab import vocabulary

COLUMNS = {column.name: column for column in htcds_mapping().columns}
SEPARATORS = htcds_mapping().separators


def read(name: str, raw: Any) -> Any:
    return parse(COLUMNS[name], raw, SEPARATORS)


@pytest.mark.parametrize(
    "raw", ["NonSpecifiedUnknown", "Not Specified/Unknown", " not specified/unknown ", "NONSPECIFIEDUNKNOWN"]
)
def test_a_code_by_name_or_label_whatever_its_case_and_spaces(raw: str) -> None:
    assert read("prs_Gender", raw) == "NonSpecifiedUnknown"


@pytest.mark.parametrize(
    "raw",
    [
        "RS;MK",
        "RS,MK",
        "Serbia; North Macedonia",
        "serbia,MK",
        "RS;MK;",
        "RS; MK; RS",
        "RS\nMK",
        " ; RS ;; MK",
        "Serbia;MKD",
    ],
)
def test_several_codes_in_one_cell(raw: str) -> None:
    assert read("prs_Citizenship", raw) == ["RS", "MK"]


def test_a_label_with_a_comma_is_one_value() -> None:
    words = vocabulary("countries")
    with_comma = [entry for entry in words.entries if any("," in n for n in (entry.label, *entry.aliases))]
    for entry in with_comma:
        name = next(n for n in (entry.label, *entry.aliases) if "," in n)
        assert read("prs_Citizenship", f"Serbia, {name}, MK") == ["RS", entry.code, "MK"]


@given(
    st.lists(st.sampled_from(vocabulary("exploitation").codes()), unique=True), st.sampled_from([";", ",", "; ", "\n"])
)
def test_any_list_of_codes_comes_back(codes: list[str], separator: str) -> None:
    assert read("vic_TypeOfExploitation", separator.join(codes)) == codes


@pytest.mark.parametrize(
    "raw",
    [
        datetime(1999, 5, 3),  # noqa: DTZ001
        date(1999, 5, 3),
        36283,
        36283.0,
        "1999-05-03",
        "1999-5-3",
        "1999-05-03T00:00:00",
        "03.05.1999",
        "3.5.1999.",
        "3. 5. 1999",
        "03/05/1999",
        " 1999-05-03\u200e",
    ],
)
def test_a_date_in_each_format(raw: Any) -> None:
    assert read("prs_Birthdate", raw) == date(1999, 5, 3)


@given(st.dates())
def test_any_date_comes_back_in_each_format(day: date) -> None:
    for form in (
        f"{day.isoformat()}",
        f"{day.day}.{day.month}.{day.year:04}",
        f"{day.day:02}/{day.month:02}/{day.year:04}",
    ):
        assert read("prs_Birthdate", form) == day


@pytest.mark.parametrize(
    "raw",
    ["30.02.1999", "29.02.1900", "05/13/1999", "1999-13-01", "3.5.99", "1999", 1999, 16, 16.5, "May 1999", "unknown",
     True,      "1999-05-03 or so", 90_000],
)  # fmt: skip
def test_what_is_no_date_is_said(raw: Any) -> None:
    with pytest.raises(BadValue, match="date"):
        read("prs_Birthdate", raw)


def test_a_date_that_can_be_read_two_ways_is_pointed_out() -> None:
    birth = COLUMNS["prs_Birthdate"]
    assert "1999-05-03" in doubt(birth, "03/05/1999", day_first=False)
    assert not doubt(birth, "03/05/1999", day_first=True)
    for clear in ("13/05/1999", "05/05/1999", "03.05.1999", "1999-05-03", 36283):
        assert not doubt(birth, clear, day_first=False)
    assert shows_day_first("13/05/1999")
    assert not shows_day_first("03/05/1999")


@pytest.mark.parametrize(
    ("raw", "age"), [(16, 16), (16.0, 16), ("16", 16), ("16 years", 16), ("about 16", 16), ("١٦", 16)]
)
def test_an_age_also_as_text(raw: Any, age: int) -> None:
    assert read("vic_AgeWhenTrafficked", raw) == age


@pytest.mark.parametrize("raw", ["sixteen", "16-17", "16 or 17", "16.5", "-16", 16.5, True, "9" * 5000])
def test_an_age_that_is_no_number_is_said(raw: Any) -> None:
    with pytest.raises(BadValue, match="number"):
        read("vic_AgeWhenTrafficked", raw)


@pytest.mark.parametrize(
    ("raw", "value"), [(True, True), ("TRUE", True), ("Yes", True), (1, True), ("x", True), ("ne", False), (0.0, False)]
)
def test_yes_and_no(raw: Any, value: bool) -> None:
    assert read("con_Consent", raw) is value


@pytest.mark.parametrize("raw", ["maybe", "-", 2, datetime(2020, 1, 1)])  # noqa: DTZ001
def test_neither_yes_nor_no_is_said(raw: Any) -> None:
    with pytest.raises(BadValue, match="neither yes nor no"):
        read("con_Consent", raw)


@pytest.mark.parametrize(
    ("name", "raw"),
    [("prs_Gender", "woman?"), ("prs_Citizenship", "RS;Atlantis"), ("prs_MailingCountry", "Yugoslavija 1")],
)
def test_an_unknown_code_names_the_list(name: str, raw: str) -> None:
    with pytest.raises(BadValue, match="is not in the list"):
        read(name, raw)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (381601234567.0, "381601234567"),
        (" Ђорђе ", "Ђорђе"),
        ("Cafe\u0301", "Café"),
        ("ليلى", "ليلى"),
        ("=1+1", "=1+1"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_a_text_stays_as_it_was_written(raw: Any, told: str) -> None:
    assert read("prs_FirstName", raw) == told


def test_marks_that_turn_the_direction_of_reading_are_pointed_out() -> None:
    assert "direction" in doubt(COLUMNS["prs_FirstName"], "an\u202ea", day_first=False)
    assert not doubt(COLUMNS["prs_FirstName"], "ليلى", day_first=False)
