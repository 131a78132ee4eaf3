"""RP-10: a condition that this person can no longer meet is detected, with the day since when; and said years ahead."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.norms.regime_rules import latest_start
from fener.norms.regimes import Phase, PhaseCondition, timeline


def after_18(start: date, on: date | None = None, **facts: Any) -> Phase:
    return next(p for p in timeline("IT-minor", start, facts, on=on) if p.phase == "after_18")


def three_years(start: date, on: date | None = None, **facts: Any) -> PhaseCondition:
    return after_18(start, on, **facts).conditions[0]


def test_rp_10_years_ahead_the_last_day_is_named() -> None:
    # Born 20 June 2014: eighteen on 20 June 2032. Three years back: 20 June 2029 is the last day to begin.
    found = after_18(date(2026, 3, 1), birth_date="2014-06-20")
    (condition,) = found.conditions
    assert (condition.met, condition.last_day, condition.impossible_since) == ("unknown", date(2029, 6, 20), None)
    why = found.to_json()["why"]
    assert "a programme has to begin by 2029-06-20" in why
    # From 1 March 2026 to 20 June 2029: three years to 1 March 2029 (1096 days, with 29 February 2028), then 111 days.
    assert "Days left in which one can begin: 1207." in why
    assert not found.removable


@pytest.mark.parametrize(
    ("joined", "met", "since"),
    [
        ("2029-06-20", "yes", None),
        ("2029-06-21", "impossible", date(2029, 6, 21)),
        ("2031-01-01", "impossible", date(2029, 6, 21)),  # the day it became so is not the day somebody noticed
    ],
)
def test_rp_10_impossible_comes_with_the_day_since_when(joined: str, met: str, since: date | None) -> None:
    condition = three_years(date(2026, 3, 1), birth_date="2014-06-20", programme_start=joined)
    assert (condition.met, condition.impossible_since) == (met, since)


def test_rp_10_the_day_on_which_the_years_are_full_is_said() -> None:
    why = after_18(date(2026, 3, 1), birth_date="2014-06-20", programme_start="2027-02-03").to_json()["why"]
    assert "The 3 years are full on 2030-02-03." in why


def test_rp_10_asked_again_after_the_last_day_it_has_become_impossible() -> None:
    start = date(2026, 3, 1)
    assert three_years(start, date(2029, 6, 20), birth_date="2014-06-20").met == "unknown"
    late = three_years(start, date(2029, 6, 21), birth_date="2014-06-20")
    assert (late.met, late.impossible_since) == ("impossible", date(2029, 6, 21))


def test_rp_10_somebody_who_entered_after_fifteen_never_meets_it() -> None:
    # Born 15 January 1988, first seen on 1 March 2004 at sixteen: 15 January 2003 was the last day.
    found = after_18(date(2004, 3, 1), birth_date="1988-01-15", programme_start="2004-03-15")
    assert (found.available, found.conditions[0].impossible_since) == ("impossible", date(2003, 1, 16))
    assert "Since 2003-01-16 the condition can no longer be met." in found.to_json()["why"]
    assert found.falls_short, "with who criticised the rule"


@pytest.mark.parametrize(
    ("born", "last"),
    [
        # 29 February 2012: eighteen in 2030, counted on 28 February; three years back: 28 February 2027.
        ("2012-02-29", date(2027, 2, 28)),
        # 28 February 2013: eighteen on 28 February 2031. Three years from 29 February 2028 end on 28 February 2031.
        ("2013-02-28", date(2028, 2, 29)),
        # 1 March 2013: eighteen on 1 March 2031; 1 March 2028.
        ("2013-03-01", date(2028, 3, 1)),
        # 28 February 2012: eighteen on 28 February 2030; 28 February 2027.
        ("2012-02-28", date(2027, 2, 28)),
    ],
)
def test_rp_10_birthdays_around_the_leap_day(born: str, last: date) -> None:
    start = date(2026, 3, 1)
    assert three_years(start, birth_date=born).last_day == last
    assert three_years(start, birth_date=born, programme_start=last.isoformat()).met == "yes"
    following = (last + timedelta(days=1)).isoformat()
    assert three_years(start, birth_date=born, programme_start=following).met == "impossible"


def test_rp_10_a_leap_birthday_says_how_it_is_counted() -> None:
    found = timeline("IT-minor", date(2026, 3, 1), {"birth_date": "2012-02-29"})
    assert found[0].end == date(2030, 2, 28)
    assert "Born on 29 February" in found[1].to_json()["why"]


def test_rp_10_without_a_date_of_birth_nothing_is_impossible_and_nobody_is_removable() -> None:
    found = after_18(date(2026, 3, 1))
    assert (found.available, found.conditions[0].last_day, found.removable) == ("unknown", None, False)
    assert "the date of birth is not recorded" in found.to_json()["why"]


def test_rp_10_the_minors_permit_says_its_own_last_day() -> None:
    minor = timeline("IT-minor", date(2026, 3, 1), {"birth_date": "2014-06-20"})[0]
    assert (minor.end, minor.conditions[0].last_day) == (date(2032, 6, 20), date(2032, 6, 19))
    grown = timeline("IT-minor", date(2026, 3, 1), {"birth_date": "2000-06-20"})[0]
    assert (grown.available, grown.conditions[0].impossible_since) == ("impossible", date(2018, 6, 20))


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 10))
def test_rp_10_the_last_day_is_the_last(birthday: date, years: int) -> None:
    last = latest_start(birthday, years)
    assert last + relativedelta(years=years) <= birthday < last + timedelta(days=1) + relativedelta(years=years)


@settings(deadline=None)  # the first call loads packs and holidays
@given(st.dates(date(2005, 1, 1), date(2020, 1, 1)), st.integers(0, 6000), st.integers(0, 6000))
def test_rp_10_impossible_stays_impossible(born: date, first: int, more: int) -> None:
    start = date(2020, 1, 1)
    early = three_years(start, start + timedelta(days=first), birth_date=born.isoformat())
    late = three_years(start, start + timedelta(days=first + more), birth_date=born.isoformat())
    if early.met == "impossible":
        assert (late.met, late.impossible_since) == ("impossible", early.impossible_since)
