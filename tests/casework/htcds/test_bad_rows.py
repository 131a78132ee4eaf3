"""Rows that cannot be true, or must not be: each is named by row and column, with what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fener.casework.htcds.drafts import Terms
from tests.casework.htcds.books import PERSON, TERMS, book, examined, messages

BORN = {**PERSON, "prs_Birthdate": "1999-05-03"}


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ({**PERSON, "prs_Birthdate": "2031-01-01"}, "prs_Birthdate", "future"),
        ({**BORN, "cas_IncomingReferralDate": "1998-01-01"}, "cas_IncomingReferralDate", "before the date of birth"),
        ({**BORN, "cas_OutgoingReferralDate": "03.05.1990"}, "cas_OutgoingReferralDate", "before the date of birth"),
        ({**BORN, "hte_Date": "1990-01-01"}, "hte_Date", "before the date of birth"),
        ({**BORN, "vic_AgeWhenTrafficked": 40}, "vic_AgeWhenTrafficked", "higher than the person's age"),
        ({**PERSON, "vic_AgeWhenTrafficked": 400}, "vic_AgeWhenTrafficked", "from 0 to 120"),
        ({**PERSON, "vic_AgeWhenTrafficked": "sixteen"}, "vic_AgeWhenTrafficked", "no whole number"),
        ({**PERSON, "prs_Birthdate": "31.02.1999"}, "prs_Birthdate", "no date of the calendar"),
        ({**PERSON, "prs_Birthdate": "1896-02-29"}, "prs_Birthdate", "130 years old"),
        ({**PERSON, "prs_Gender": "Blue"}, "prs_Gender", "not in the list"),
        ({**PERSON, "prs_Citizenship": "RS;Atlantis"}, "prs_Citizenship", "“Atlantis” is not in the list"),
        ({**PERSON, "cas_Status": "Lost"}, "cas_Status", "not in the list"),
        ({**PERSON, "con_Consent": None}, "con_Consent", "no consent to keep"),
        ({**PERSON, "con_Consent": "no"}, "con_Consent", "no consent to keep"),
        ({**PERSON, "con_Consent": "perhaps"}, "con_Consent", "neither yes nor no"),
        ({**PERSON, "prs_FirstName": "x" * 121}, "prs_FirstName", "120 characters"),
        ({**PERSON, "prs_MailingLatitude": 91}, "prs_MailingLatitude", "from -90 to 90"),
    ],
)
def test_one_thing_wrong_is_one_line_at_its_place(tmp_path: Path, row: dict[str, Any], column: str, words: str) -> None:
    report = examined(book(tmp_path / "a.xlsx", BORN, row))
    ((number, at, message),) = messages(report)
    assert (number, at) == (4, column)
    assert words in message
    assert message.endswith(".") or "--" in message


def test_the_place_says_the_letter_of_the_column(tmp_path: Path) -> None:
    report = examined(book(tmp_path / "a.xlsx", {**PERSON, "prs_Gender": "Blue"}, title="Žene"))
    assert report.errors[0].to_json() == {
        "sheet": "Žene",
        "row": 3,
        "column": "prs_Gender (D)",
        "severity": "error",
        "message": "“Blue” is not in the list “Gender”; use one of its names or labels.",
    }


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    bad = {**PERSON, "prs_Gender": "Blue", "prs_Birthdate": "31.02.1999", "con_Consent": "no"}
    assert len(messages(examined(book(tmp_path / "a.xlsx", bad, bad, bad)))) == 9


def test_a_person_who_stands_in_two_rows_is_asked_about_and_not_merged(tmp_path: Path) -> None:
    report = examined(
        book(
            tmp_path / "a.xlsx",
            BORN,
            {**BORN, "prs_FirstName": " ANA "},
            {**BORN, "prs_Birthdate": "2000-01-01"},
            PERSON,
            PERSON,
        )
    )
    assert not report.errors
    assert [(row, message) for row, _column, message in messages(report, "warning")] == [
        (4, "Same names and date of birth as row 3. Is it one person with two rows?"),
        (7, "Same names as row 6. Is it one person with two rows?"),
    ]
    assert len(report.drafts) == 5


def test_dates_with_slashes_are_a_question_unless_the_column_shows_its_order(tmp_path: Path) -> None:
    doubtful = book(tmp_path / "a.xlsx", {**PERSON, "prs_Birthdate": "03/05/1999"})
    assert "1999-05-03" in messages(examined(doubtful), "warning")[0][2]
    clear = book(
        tmp_path / "b.xlsx",
        {**PERSON, "prs_Birthdate": "03/05/1999"},
        {**PERSON, "prs_FirstName": "Mila", "prs_Birthdate": "23/05/1999"},
    )
    assert not messages(examined(clear), "warning")


def test_where_nothing_says_the_language_of_the_consent_it_is_asked_for(tmp_path: Path) -> None:
    nobody_says = Terms(keep_until=TERMS.keep_until)
    path = book(tmp_path / "a.xlsx", PERSON, {**PERSON, "prs_FirstName": "Mila", "prs_PrimaryLanguage": "Albanian"})
    ((row, _column, message),) = messages(examined(path, nobody_says))
    assert row == 3
    assert "--language" in message
    assert not examined(path).errors


def test_an_agreement_that_has_ended_is_not_carried_on(tmp_path: Path) -> None:
    report = examined(book(tmp_path / "a.xlsx", PERSON), Terms(keep_until=date(2026, 3, 2), language="sr"))
    assert "ended on 2026-03-02" in messages(report)[0][2]
