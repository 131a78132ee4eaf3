"""Working days, holidays and lengths of time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.norms.calendar import HOLIDAYS_LEFT_OUT, HOLIDAYS_UNKNOWN, Calendar, Length
from fener.norms.jurisdictions import get_jurisdiction, jurisdiction_codes

SERBIA = get_jurisdiction("RS").calendar
days = st.dates(date(2015, 1, 1), date(2045, 12, 31))
places = st.sampled_from(jurisdiction_codes())


def test_working_days_leave_out_weekends_and_public_holidays() -> None:
    # Thursday 30 April 2026; 1 May is Labour Day, 2 and 3 May are a weekend.
    assert SERBIA.add_working_days(date(2026, 4, 30), 1) == date(2026, 5, 4)
    assert SERBIA.add_working_days(date(2026, 4, 30), 3) == date(2026, 5, 6)


def test_the_orthodox_easter_days_are_no_working_days_in_serbia() -> None:
    # Orthodox Easter 2026 is 12 April: Good Friday is the 10th, Easter Monday the 13th.
    assert SERBIA.add_working_days(date(2026, 4, 9), 1) == date(2026, 4, 14)


def test_no_working_days_end_on_the_day_itself_or_on_the_next_working_day() -> None:
    assert SERBIA.add_working_days(date(2026, 3, 2), 0) == date(2026, 3, 2)
    assert SERBIA.add_working_days(date(2026, 3, 7), 0) == date(2026, 3, 9)
    with pytest.raises(ValueError, match="forward"):
        SERBIA.add_working_days(date(2026, 3, 2), -1)


def test_a_pack_adds_and_removes_single_days() -> None:
    raw = {
        "weekend": ["fri", "sat"],
        "holidays": {"library": "holidays", "code": "RS"},
        "extra": [{"date": "2026-03-03", "name": "Day of mourning"}],
        "removed": ["2026-05-01"],
    }
    calendar = Calendar.of(raw)
    assert calendar.holiday(date(2026, 3, 3)) == "Day of mourning"
    assert calendar.holiday(date(2026, 5, 1)) is None
    assert not calendar.is_working_day(date(2026, 3, 6))
    assert calendar.is_working_day(date(2026, 3, 8))


def test_an_explanation_names_the_holidays_that_were_left_out() -> None:
    _, steps = SERBIA.add(date(2026, 4, 30), Length(days=3, working=True))
    left_out = next(step for step in steps if step.text == HOLIDAYS_LEFT_OUT)
    assert "2026-05-01" in left_out.english()


def test_where_holidays_are_unknown_the_explanation_says_so() -> None:
    _, steps = get_jurisdiction("COE").calendar.add(date(2026, 4, 30), Length(days=3, working=True))
    assert HOLIDAYS_UNKNOWN in [step.text for step in steps]


def test_months_end_within_the_month() -> None:
    assert SERBIA.add(date(2026, 8, 31), Length(months=6))[0] == date(2027, 2, 28)


def test_hours_are_real_hours_when_summer_time_begins() -> None:
    belgrade = ZoneInfo("Europe/Belgrade")
    evening = datetime(2026, 3, 28, 22, 0, tzinfo=belgrade)  # clocks go forward that night
    end, _ = SERBIA.add(evening, Length(hours=6))
    assert end.astimezone(UTC) - evening.astimezone(UTC) == timedelta(hours=6)
    assert end.hour == 5


def test_hours_need_a_time_of_day() -> None:
    with pytest.raises(ValueError, match="time of day"):
        SERBIA.add(date(2026, 3, 28), Length(hours=6))


@pytest.mark.parametrize("raw", [{"days": 45, "count": "calendar"}, {"months": 3}, {"hours": 24}])
def test_a_length_is_written_as_it_was_read(raw: dict[str, object]) -> None:
    assert Length.of(raw).to_json() == raw


@settings(deadline=None)  # the first call loads packs and holidays
@given(places, days, st.integers(0, 40))
def test_a_date_counted_in_working_days_is_a_working_day(code: str, start: date, number: int) -> None:
    calendar = get_jurisdiction(code).calendar
    end = calendar.add_working_days(start, number)
    assert calendar.is_working_day(end)
    assert end >= start
    assert sum(calendar.is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1)) >= number


@settings(deadline=None)  # the first call loads packs and holidays
@given(places, days, st.integers(0, 20), st.integers(0, 20))
def test_working_days_add_up(code: str, start: date, first: int, second: int) -> None:
    calendar = get_jurisdiction(code).calendar
    there = calendar.next_working_day(start)
    assert calendar.add_working_days(calendar.add_working_days(there, first), second) == calendar.add_working_days(
        there, first + second
    )
