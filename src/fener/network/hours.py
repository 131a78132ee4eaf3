"""Opening hours as rows of a week: is it open at a moment, when does it open next, how somebody writes them down.

Pure functions. A row is (weekday, opens, closes) in the service's own time zone, Monday 0; one that closes at or before
it opens goes on to the next day ("at night"). A closed day cancels what would begin on it, and what is left of the
night before goes on.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Span = tuple[int, time, time]
WEEK = 7
NIGHT_FROM, NIGHT_TO = time(22, 0), time(5, 0)


@dataclass(frozen=True)
class Week:
    """When a service is open. ``always``: day and night; then the rows do not matter, closed days still do."""

    rows: tuple[Span, ...] = ()
    always: bool = False
    closed: frozenset[date] = frozenset()
    zone: str = "UTC"

    @property
    def stated(self) -> bool:
        return self.always or bool(self.rows)

    @property
    def at_night(self) -> bool:
        """Whether somebody is there at some time of some night."""
        return self.always or any(
            closes <= opens or closes > NIGHT_FROM or opens < NIGHT_TO for _day, opens, closes in self.rows
        )

    def open_at(self, moment: datetime) -> bool | None:
        """Whether it is open at that aware moment; None where the hours are not stated."""
        if not self.stated:
            return None
        local = moment.astimezone(ZoneInfo(self.zone))
        return any(begin <= local < end for begin, end in self._spans(local.date()))

    def next_opening(self, moment: datetime) -> datetime | None:
        """When it opens next after that moment, within two weeks; None where nothing is stated or all is closed."""
        local = moment.astimezone(ZoneInfo(self.zone))
        days = (local.date() + timedelta(days=ahead) for ahead in range(2 * WEEK))
        begins = sorted(begin for day in days for begin, _end in self._of_day(day) if begin > local)
        return begins[0] if begins else None

    def _spans(self, day: date) -> Iterable[tuple[datetime, datetime]]:
        yield from self._of_day(day - timedelta(days=1))  # a night that began yesterday
        yield from self._of_day(day)

    def _of_day(self, day: date) -> Iterable[tuple[datetime, datetime]]:
        if day in self.closed:
            return
        zone = ZoneInfo(self.zone)
        if self.always:
            yield _at(day, time(0), zone), _at(day + timedelta(days=1), time(0), zone)
            return
        for weekday, opens, closes in self.rows:
            if weekday == day.weekday():
                last = day if closes > opens else day + timedelta(days=1)
                yield _at(day, opens, zone), _at(last, closes, zone)


def _at(day: date, moment: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, moment, tzinfo=zone)


class BadHours(ValueError):
    """What somebody wrote is no list of times. The argument is the part that was not understood."""


_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")
MOST_SPANS = 6  # a day


def read_day(text: str) -> list[tuple[time, time]]:
    """What stands beside one day of the week: "9-17", "09:00-12:30, 14.00–18.00", "20:00-06:00". Raises BadHours."""
    spans = []
    for part in (one.strip() for one in re.split(r"[,;]", text)):
        if not part:
            continue
        match = _SPAN.fullmatch(part)
        if match is None:
            raise BadHours(part)
        spans.append((_time(match[1], match[2], part), _time(match[3], match[4], part)))
    if len(spans) > MOST_SPANS:
        raise BadHours(text[:40])
    return sorted(spans)


def _time(hours: str, minutes: str | None, whole: str) -> time:
    if int(hours) == 24 and not int(minutes or 0):
        return time(0)  # "until 24" is midnight
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        raise BadHours(whole) from None


def write_day(rows: Iterable[Span], weekday: int) -> str:
    """The rows of one day as :func:`read_day` reads them."""
    return ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for day, opens, closes in sorted(rows) if day == weekday)


def by_days(rows: Collection[Span]) -> list[tuple[int, int, str]]:
    """Rows put together for reading: (first day, last day, "09:00-17:00"), days with the same times in one line."""
    lines: list[tuple[int, int, str]] = []
    for day in range(WEEK):
        said = write_day(rows, day).replace("-", "–")
        if not said:
            continue
        if lines and lines[-1][1] == day - 1 and lines[-1][2] == said:
            lines[-1] = (lines[-1][0], day, said)
        else:
            lines.append((day, day, said))
    return lines
