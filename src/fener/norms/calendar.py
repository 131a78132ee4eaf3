"""Working days, holidays and lengths of time, as a jurisdiction's pack describes them.

Public holidays come from the ``holidays`` library, months from ``dateutil``; a pack adds or removes single days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, TypeVar

import holidays as holidays_library
from dateutil.relativedelta import relativedelta

from fener.norms.why import Step, gettext_noop

Moment = TypeVar("Moment", date, datetime)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

ONE_TEXTS = {
    "months": gettext_noop("One month is added."),
    "days": gettext_noop("One day is added."),
    "working_days": gettext_noop("One working day is added; weekends and public holidays do not count."),
    "hours": gettext_noop("One hour is added."),
}
LENGTH_TEXTS = {
    "months": gettext_noop("%(number)s months are added."),
    "days": gettext_noop("%(number)s days are added; every day counts, also weekends and holidays."),
    "working_days": gettext_noop("%(number)s working days are added; weekends and public holidays do not count."),
    "hours": gettext_noop("%(number)s hours are added."),
}
HOLIDAYS_LEFT_OUT = gettext_noop("Public holidays left out: %(holidays)s.")
HOLIDAYS_UNKNOWN = gettext_noop("The public holidays are not known here, so that only weekends were left out.")


@dataclass(frozen=True)
class Length:
    """A length of time: months, days (calendar or working) or hours. Months of 1, 3, 6, 12 follow the calendar."""

    months: int = 0
    days: int = 0
    hours: int = 0
    working: bool = False

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Length:
        """From a pack: ``{days: 45}``, ``{days: 3, count: working}``, ``{months: 6}``, ``{hours: 24}``."""
        return cls(
            months=raw.get("months", 0),
            days=raw.get("days", 0),
            hours=raw.get("hours", 0),
            working=raw.get("count", "calendar") == "working",
        )

    def to_json(self) -> dict[str, Any]:
        """As written in a pack."""
        out: dict[str, Any] = {k: v for k in ("months", "days", "hours") if (v := getattr(self, k))}
        if self.days:
            out["count"] = "working" if self.working else "calendar"
        return out


@cache
def _country_holidays(code: str, subdivision: str | None) -> holidays_library.HolidayBase:
    return holidays_library.country_holidays(code, subdiv=subdivision, language="en_US")


@dataclass(frozen=True)
class Calendar:
    """The working week and public holidays of a jurisdiction."""

    weekend: frozenset[int] = frozenset({5, 6})
    code: str | None = None
    subdivision: str | None = None
    extra: Mapping[date, str] = field(default_factory=dict)
    removed: frozenset[date] = frozenset()

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Calendar:
        """From a pack's ``calendar``: weekend, holidays (library or unknown), and single days added or removed."""
        known = raw["holidays"] if isinstance(raw["holidays"], Mapping) else {}
        return cls(
            weekend=frozenset(WEEKDAYS.index(day) for day in raw["weekend"]),
            code=known.get("code"),
            subdivision=known.get("subdivision"),
            extra={date.fromisoformat(day["date"]): day["name"] for day in raw.get("extra", [])},
            removed=frozenset(date.fromisoformat(day) for day in raw.get("removed", [])),
        )

    @property
    def knows_holidays(self) -> bool:
        """False where the pack says ``unknown``: then only weekends are left out, and an explanation says so."""
        return self.code is not None

    def holiday(self, day: date) -> str | None:
        """The English name of the public holiday on that day, or None."""
        if day in self.removed:
            return None
        if day in self.extra:
            return self.extra[day]
        if self.code is None:
            return None
        name: str | None = _country_holidays(self.code, self.subdivision).get(day)
        return name

    def is_working_day(self, day: date) -> bool:
        """Neither weekend nor public holiday."""
        return day.weekday() not in self.weekend and self.holiday(day) is None

    def next_working_day(self, day: date) -> date:
        """That day itself where it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def add_working_days(self, start: date, number: int) -> date:
        """The last of ``number`` working days after ``start`` (which itself does not count).

        With 0 it is ``start``, or the next working day. Raises ValueError below 0.
        """
        if number < 0:
            raise ValueError("working days are counted forward")
        day = start
        for _ in range(number):
            day = self.next_working_day(day + timedelta(days=1))
        return self.next_working_day(day)

    def holidays_between(self, start: date, end: date) -> list[tuple[date, str]]:
        """Public holidays on days of the working week, after ``start`` and up to ``end``."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return [(day, name) for day in days if day.weekday() not in self.weekend and (name := self.holiday(day))]

    def add(self, start: Moment, length: Length) -> tuple[Moment, tuple[Step, ...]]:
        """``start`` plus a length, and the steps that explain it. A date stays a date, a time of day stays the same.

        Hours need a datetime (ValueError otherwise) and are real hours, also across a change of summer time.
        """
        end, steps = start, []
        if length.months:
            end = end + relativedelta(months=length.months)
            steps.append(_added("months", length.months))
        if length.days and length.working:
            end, more = self._add_working(end, length.days)
            steps += more
        elif length.days:
            end = end + timedelta(days=length.days)
            steps.append(_added("days", length.days))
        if length.hours:
            end = _add_hours(end, length.hours)
            steps.append(_added("hours", length.hours))
        return end, tuple(steps)

    def _add_working(self, start: Moment, number: int) -> tuple[Moment, list[Step]]:
        first = start.date() if isinstance(start, datetime) else start
        last = self.add_working_days(first, number)
        steps = [_added("working_days", number)]
        left_out = self.holidays_between(first, last)
        if left_out:
            listed = ", ".join(f"{day.isoformat()} ({name})" for day, name in left_out)
            steps.append(Step(HOLIDAYS_LEFT_OUT, {"holidays": listed}))
        if not self.knows_holidays:
            steps.append(Step(HOLIDAYS_UNKNOWN))
        return start + (last - first), steps


def _added(unit: str, number: int) -> Step:
    return Step(ONE_TEXTS[unit]) if number == 1 else Step(LENGTH_TEXTS[unit], {"number": number})


def _add_hours(start: Moment, hours: int) -> Moment:
    if not isinstance(start, datetime):
        raise ValueError("a clock in hours needs the time of day at which it starts")
    if start.tzinfo is None:
        return start + timedelta(hours=hours)
    return (start.astimezone(UTC) + timedelta(hours=hours)).astimezone(start.tzinfo)
