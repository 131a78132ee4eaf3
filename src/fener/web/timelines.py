"""The time line of a path: where each band begins and ends on an axis of dates.

Positions are per cent of the width, heights are pixels, so that the text in it stays readable on a narrow screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

AXIS_HEIGHT = 30
TODAY_HEIGHT = 26
ROW_HEIGHT = 46
BAND_HEIGHT = 14
LAST_TICK, LAST_MAJOR_TICK = 90, 77  # per cent: room for the word of the month on a wide and on a narrow screen
MANY = 10  # bands: beyond that, those that are over are folded away, so that what stands is seen at once
MIN_WIDTH = 1.2  # per cent: a band of one day is still seen


@dataclass(frozen=True)
class Tick:
    """A date on the axis. ``minor`` ones are left out on narrow screens."""

    x: float
    label: str
    anchor: str
    minor: bool


@dataclass(frozen=True)
class Band:
    """One drawn band: text above, bar below, and its item of the list."""

    label: str
    x: float
    width: float
    text_y: int
    bar_y: int
    classes: str
    period: str
    state: str
    state_label: str
    tag_kind: str
    why: Mapping[str, Any] | None
    href: str


@dataclass(frozen=True)
class Drawing:
    """All of it. ``over``: what is not drawn, as it has ended and much else runs. ``today_x`` is None when today lies
    outside."""

    bands: tuple[Band, ...]
    over: tuple[Band, ...]
    ticks: tuple[Tick, ...]
    today_x: float | None
    today_anchor: str
    height: int
    base: int


def _day(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def _percent(value: float) -> float:
    return round(value, 2)


def draw(bands: Sequence[Mapping[str, Any]], today: date) -> Drawing:
    """Places the bands in the order given. A band without an end runs on until today, or to the axis' end."""
    starts = [day for band in bands if (day := _day(band["start"]))]
    ends = [day for band in bands if (day := _day(band.get("end")))]
    first = min([*starts, today])
    last = max([*ends, *starts, today])
    # Some air on both sides, and room for an open end.
    air = max(timedelta(days=2), (last - first) / 25)
    first, last = first - air, last + air * 2
    span = max((last - first).days, 1)

    def at(day: date) -> float:
        return _percent((day - first).days * 100 / span)

    top = AXIS_HEIGHT + TODAY_HEIGHT
    shown, ended = _parted(bands)
    drawn = tuple(_band(band, at, top + row * ROW_HEIGHT, today) for row, band in enumerate(shown))
    over = tuple(_band(band, at, 0, today) for band in ended)
    today_x = at(today)
    anchor = "start" if today_x < 12 else "end" if today_x > 88 else "middle"
    height = top + len(drawn) * ROW_HEIGHT
    return Drawing(drawn, over, _ticks(first, last, at), today_x, anchor, height, height)


def _parted(bands: Sequence[Mapping[str, Any]]) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """What stands, and what is over. A short path, and one of which all is over, is shown whole."""
    ended = [band for band in bands if band.get("state") == "ended"]
    if len(bands) <= MANY or len(ended) == len(bands):
        return list(bands), []
    return [band for band in bands if band.get("state") != "ended"], ended


def _band(band: Mapping[str, Any], at: Any, y: int, today: date) -> Band:
    start, end = _day(band["start"]) or today, _day(band.get("end"))
    state = str(band.get("state") or "running")
    left = at(start)
    right = at(end) if end else max(at(today), left) if state != "planned" else 100.0
    open_end = end is None and state in ("running", "overdue")
    classes = f"fener-band fener-band--{band.get('kind', 'stay')} fener-band--{state}"
    if open_end:
        right = 100.0
        classes += " fener-band--open"
    return Band(
        label=str(band["label"]),
        x=left,
        width=_percent(max(right - left, MIN_WIDTH)),
        text_y=y + 16,
        bar_y=y + 23,
        classes=classes,
        period=_period(start, end),
        state=state,
        state_label=str(band.get("state_label") or _state_words(state)),
        tag_kind={"running": "soon", "overdue": "overdue", "ended": "done"}.get(state, "plain"),
        why=band.get("why"),
        href=str(band.get("href") or ""),
    )


def _state_words(state: str) -> str:
    words = {
        "running": gettext("running"),
        "planned": gettext("planned"),
        "ended": gettext("ended"),
        "overdue": gettext("overdue"),
    }
    return words.get(state, state)


def _period(start: date, end: date | None) -> str:
    begin = date_format(start, "DATE_FORMAT")
    if end is None:
        return gettext("since %(start)s") % {"start": begin}
    if end == start:
        return begin
    return gettext("%(start)s to %(end)s") % {"start": begin, "end": date_format(end, "DATE_FORMAT")}


def _ticks(first: date, last: date, at: Any) -> tuple[Tick, ...]:
    """Firsts of months, thinned to at most eight; every second of them only on a wide screen."""
    months: list[date] = []
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            months.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    step = max(1, -(-len(months) // 8))
    chosen = [day for day in months[::step] if at(day) <= LAST_TICK] or [first]
    return tuple(
        Tick(at(day), date_format(day, "M Y"), "start", index % 2 == 1 or at(day) > LAST_MAJOR_TICK)
        for index, day in enumerate(chosen)
    )
