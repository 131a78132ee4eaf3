"""RP-07: Belgium runs 45 days, three months, six months while proceedings last, and the permanent permit; only an
accredited centre applies; the last phase needs an indispensable statement with a conviction or at least a summons."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from fener.norms.regimes import Phase, timeline

START = date(2004, 3, 1)


def phases(start: date = START, **facts: Any) -> dict[str, Phase]:
    return {phase.phase: phase for phase in timeline("BE", start, facts)}


def test_rp_07_the_four_documents_follow_each_other() -> None:
    # 1 March + 45 days: 30 days to 31 March, 15 more: 15 April. + three months: 15 July. + six months: 15 January 2005.
    assert [(p.document, p.start, p.end) for p in timeline("BE", START)] == [
        ("Order to leave the country", date(2004, 3, 1), date(2004, 4, 15)),
        ("Declaration of arrival", date(2004, 4, 15), date(2004, 7, 15)),
        ("Certificate of registration in the foreigners' register", date(2004, 7, 15), date(2005, 1, 15)),
        ("Permanent residence permit", date(2005, 1, 15), None),
    ]


def test_rp_07_forty_five_days_over_a_leap_day_count_it() -> None:
    # 15 January + 45 days: 16 days to 31 January; 29 more end on 29 February in 2004, on 1 March in 2005.
    assert phases(date(2004, 1, 15))["reflection"].end == date(2004, 2, 29)
    assert phases(date(2005, 1, 15))["reflection"].end == date(2005, 3, 1)


@pytest.mark.parametrize(
    ("proceedings_end", "end"),
    [
        ("2004-09-01", date(2005, 1, 15)),  # before the six months are over: they run to their end
        ("2005-01-15", date(2005, 1, 15)),
        ("2005-01-16", date(2005, 1, 16)),  # a day longer
        ("2008-02-29", date(2008, 2, 29)),
        ("1999-01-01", date(2005, 1, 15)),  # before everything
    ],
)
def test_rp_07_the_six_months_are_extended_while_proceedings_last(proceedings_end: str, end: date) -> None:
    found = phases(proceedings_end=proceedings_end)
    assert found["registration"].end == end
    assert found["permanent"].start == end


def test_rp_07_only_an_accredited_centre_applies() -> None:
    assert {phase.applicant for phase in timeline("BE", START)} == {"accredited specialised centre"}


@pytest.mark.parametrize(("conviction", "summons", "indispensable"), list(product(("yes", "no", "unknown"), repeat=3)))
def test_rp_07_conviction_or_summons_and_in_both_cases_an_indispensable_statement(
    conviction: str, summons: str, indispensable: str
) -> None:
    permanent = phases(conviction=conviction, summons=summons, statement_indispensable=indispensable)["permanent"]
    if "yes" in (conviction, summons) and indispensable == "yes":
        expected = "yes"
    elif indispensable == "no" or conviction == summons == "no":
        expected = "no"
    else:
        expected = "unknown"
    assert permanent.available == expected
    assert permanent.work == ("none" if expected == "no" else "allowed")


def test_rp_07_the_end_of_each_phase_explains_itself() -> None:
    found = {name: phase.to_json()["why"] for name, phase in phases(proceedings_end="2006-01-10").items()}
    assert "45 days are added" in found["reflection"]
    assert "3 months are added" in found["arrival_declaration"]
    assert "6 months are added" in found["registration"]
    assert "as long as the proceedings, which end on 2006-01-10" in found["registration"]
    assert "It has no end." in found["permanent"]
