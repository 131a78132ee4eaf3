"""Opening hours: open now, at night, closed days, what somebody writes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.network.hours import BadHours, Week, by_days, read_day, write_day

ZONE = "Europe/Belgrade"
TZ = ZoneInfo(ZONE)
DAY = ((0, time(9), time(17)),)  # Mondays
NIGHT = ((4, time(20), time(6)),)  # Fridays, until Saturday morning


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=TZ)  # type: ignore[misc, arg-type]


def test_open_between_the_times_and_not_at_the_last_minute() -> None:
    week = Week(DAY, zone=ZONE)
    assert [week.open_at(at(2026, 3, 2, *hm)) for hm in ((8, 59), (9, 0), (16, 59), (17, 0))] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_night_goes_on_to_the_next_morning() -> None:
    week = Week(NIGHT, zone=ZONE)
    assert week.open_at(at(2026, 3, 7, 5, 59))  # Saturday
    assert not week.open_at(at(2026, 3, 7, 6, 0))
    assert not week.open_at(at(2026, 3, 6, 5, 59))  # Friday morning
    assert week.at_night


def test_a_closed_day_closes_and_the_night_before_it_ends_in_peace() -> None:
    week = Week((*NIGHT, (5, time(9), time(12))), closed=frozenset({date(2026, 3, 7)}), zone=ZONE)
    assert week.open_at(at(2026, 3, 7, 3, 0))
    assert not week.open_at(at(2026, 3, 7, 10, 0))


def test_hours_are_those_of_the_service_and_not_of_the_server() -> None:
    week = Week(DAY, zone=ZONE)
    assert week.open_at(datetime(2026, 3, 2, 8, 30, tzinfo=ZoneInfo("UTC")))  # half past nine there
    assert not week.open_at(datetime(2026, 3, 2, 16, 30, tzinfo=ZoneInfo("UTC")))


def test_what_is_not_stated_is_not_known() -> None:
    assert Week().open_at(at(2026, 3, 2, 10)) is None
    assert Week().next_opening(at(2026, 3, 2, 10)) is None


def test_day_and_night_but_for_closed_days() -> None:
    week = Week(always=True, closed=frozenset({date(2026, 3, 3)}), zone=ZONE)
    assert week.open_at(at(2026, 3, 2, 23, 59))
    assert not week.open_at(at(2026, 3, 3, 12, 0))


def test_the_next_opening_leaves_out_what_is_closed() -> None:
    week = Week(DAY, closed=frozenset({date(2026, 3, 9)}), zone=ZONE)
    assert week.next_opening(at(2026, 3, 2, 12)) is None or week.next_opening(at(2026, 3, 2, 12)) == at(2026, 3, 16, 9)


times = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
rows = st.lists(st.tuples(st.integers(0, 6), times, times), max_size=8)


@given(rows)
def test_what_is_written_reads_the_same(week: list[tuple[int, time, time]]) -> None:
    few = week[:6]
    again = [(day, *span) for day in range(7) for span in read_day(write_day(few, day))]
    assert sorted(again) == sorted(few)


@given(
    rows, st.integers(0, 700 * 24 * 60).map(lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(0, 60 * minute))
)
def test_at_its_next_opening_it_is_open(week: list[tuple[int, time, time]], moment: datetime) -> None:
    plan = Week(tuple(week), zone="UTC")
    found = plan.next_opening(moment)
    if week:
        assert found is not None
    if found is not None:
        assert plan.open_at(found)
        assert found - moment <= timedelta(days=8)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("9-17", [(time(9), time(17))]),
        ("09:00–12:30, 14.00 - 18.00", [(time(9), time(12, 30)), (time(14), time(18))]),
        ("20-6", [(time(20), time(6))]),
        ("18-24", [(time(18), time(0))]),
        ("", []),
    ],
)
def test_people_write_times_in_many_ways(text: str, spans: list[tuple[time, time]]) -> None:
    assert read_day(text) == spans


@pytest.mark.parametrize("text", ["all day", "9", "25-26", "9-17:75", "9-10,10-11,11-12,12-13,13-14,14-15,15-16"])
def test_what_is_no_time_is_said(text: str) -> None:
    with pytest.raises(BadHours):
        read_day(text)


def test_days_with_the_same_times_stand_in_one_line() -> None:
    week = [(day, time(9), time(17)) for day in range(5)] + [(5, time(10), time(12))]
    assert by_days(week) == [(0, 4, "09:00–17:00"), (5, 5, "10:00–12:00")]
