"""Charts as SVG that stand in a page or alone: no script, readable in black and white, with a text alternative.

Bounds and qualifiers are drawn, never dropped: a whisker for low and high, an arrow where an end is open, the
qualifier before the number, a gap with a dashed line and its reason where a series breaks. A chart never stands
without the table that says the same.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, PAD, TEXT = 420, 14, 13  # user units; at 320 px a letter is still about 9 px high
PER_LINE = 54  # letters of a label in one line
MARK = "var(--mark, #1f5fa8)"
INKS = (MARK, "currentColor", "var(--quiet, #56616b)")
DASHES = ("", "6 3", "2 3")


@dataclass(frozen=True)
class Mark:
    """One row of an interval or bar chart. ``value`` None with ``text`` says why there is no number."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    open_low: bool = False  # the true value may lie below ``low`` without end
    open_high: bool = False
    qualifier: str = ""  # printed before the number: ">", "about"
    text: str = ""  # printed instead of the number


@dataclass(frozen=True)
class Point:
    """One point of a line: ``at`` on the axis (any unit, growing), its printed label, value and bounds."""

    at: float
    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    qualifier: str = ""
    text: str = ""  # printed instead of the number: "5 to 6"
    breaks: str = ""  # why this point must not be joined to the one before it


@dataclass(frozen=True)
class Series:
    """One line of a line chart."""

    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class IntervalChart:
    """A point and an interval a row, on one axis. ``alt`` says in words what the chart shows."""

    title: str
    rows: tuple[Mark, ...]
    unit: str = ""
    alt: str = ""


@dataclass(frozen=True)
class BarChart:
    """A bar a row from zero, with whiskers where there are bounds."""

    title: str
    rows: tuple[Mark, ...]
    unit: str = ""
    alt: str = ""


@dataclass(frozen=True)
class LineChart:
    """Series over time; breaks are gaps."""

    title: str
    series: tuple[Series, ...]
    unit: str = ""
    alt: str = ""


Chart = IntervalChart | BarChart | LineChart
_Place = Callable[[float], float]


def svg(chart: Chart) -> str:
    """The chart as one ``<svg>`` element; every text in it is escaped."""
    body, height = _lines(chart) if isinstance(chart, LineChart) else _rows(chart)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="{TEXT}" fill="currentColor">'
        f"<title>{_safe(chart.title)}</title><desc>{_safe(chart.alt or chart.title)}</desc>{''.join(body)}</svg>"
    )


def _safe(text: str) -> str:
    return escape("".join(c if c.isprintable() else " " for c in text))


def said(value: float) -> str:
    """A number on a chart: whole as whole, thousands spaced, else three significant digits."""
    if not math.isfinite(value):
        return "∞"
    if value == int(value) or abs(value) >= 1000:
        return f"{round(value):,}".replace(",", " ")
    return f"{value:.3g}"


def _scale(values: Sequence[float], *, zero: bool) -> tuple[float, float, list[float]]:
    """Ends of the axis and its ticks: 1, 2 or 5 times a power of ten apart."""
    finite = [v for v in values if math.isfinite(v)]
    low, high = min(finite, default=0.0), max(finite, default=1.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = min(low, 0.0), high + 1.0 if high <= 0 else high * 1.1
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(s * power for s in (1, 2, 5, 10) if s * power >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return first * step, last * step, [i * step for i in range(first, last + 1)]


def _text(x: float, y: float, words: str, *, anchor: str = "start", quiet: bool = False) -> str:
    ink = ' fill="var(--quiet, #56616b)"' if quiet else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{ink}>{_safe(words)}</text>'


def _line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    *,
    ink: str = "currentColor",
    wide: float = 1.5,
    dash: str = "",
    arrow: str = "",
) -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    drawn = f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{ink}" stroke-width="{wide}" fill="none"{dashed}/>'
    if arrow:
        out = 6 if arrow == "right" else -6
        drawn += (
            f'<path d="M{x2 - out:.1f} {y2 - 5:.1f}L{x2:.1f} {y2:.1f}L{x2 - out:.1f} {y2 + 5:.1f}" '
            f'stroke="{ink}" stroke-width="{wide}" fill="none"/>'
        )
    return drawn


def _axis(ticks: Sequence[float], place: dict[float, float], top: float, bottom: float, unit: str) -> list[str]:
    drawn = []
    for i, tick in enumerate(ticks):
        x = place[tick]
        drawn.append(_line(x, top, x, bottom, ink="var(--line, #c3cad1)", wide=1))
        anchor = "start" if i == 0 else "end" if i == len(ticks) - 1 else "middle"
        drawn.append(_text(x, bottom + 16, said(tick), anchor=anchor, quiet=True))
    if unit:
        drawn.append(_text(WIDTH - PAD, bottom + 33, unit, anchor="end", quiet=True))
    return drawn


def _number(row: Mark) -> str:
    if row.value is None and row.low is None and row.high is None:
        return row.text or "no figure"
    ends = [said(v) if v is not None else "?" for v in (row.low, row.high)]
    bounds = f"{ends[0]}–{ends[1]}" if row.low is not None or row.high is not None else ""
    if row.value is None:
        return row.text or bounds
    point = f"{row.qualifier} {said(row.value)}".strip()
    return row.text or (f"{point} ({bounds})" if bounds else point)


def _rows(chart: IntervalChart | BarChart) -> tuple[list[str], int]:
    bars = isinstance(chart, BarChart)
    values = [v for row in chart.rows for v in (row.value, row.low, row.high) if v is not None]
    low, high, ticks = _scale(values, zero=bars)
    left, right = PAD, WIDTH - PAD

    def at(value: float) -> float:
        return left + (min(max(value, low), high) - low) / (high - low) * (right - left)

    drawn: list[str] = []
    y = 8.0
    for row in chart.rows:
        number = _number(row)
        lines = textwrap.wrap(row.label, PER_LINE - len(number)) if len(number) < PER_LINE // 2 else []
        lines = lines or [*textwrap.wrap(row.label, PER_LINE), ""]
        for line in lines:
            y += 17
            drawn.append(_text(left, y, line))
        drawn.append(_text(right, y, number, anchor="end"))
        y += 14
        drawn += _row(row, at, y, bars=bars, ends=(left, right))
        y += 10
    axis = _axis(ticks, {tick: at(tick) for tick in ticks}, 8, y + 4, chart.unit)
    return [*axis, *drawn], round(y + (44 if chart.unit else 28))


def _row(row: Mark, at: _Place, y: float, *, bars: bool, ends: tuple[float, float]) -> list[str]:
    drawn = []
    if bars and row.value is not None:
        x, zero = at(row.value), at(0.0)
        size = f'width="{max(abs(x - zero), 1):.1f}" height="12"'
        drawn.append(f'<rect x="{min(x, zero):.1f}" y="{y - 7:.1f}" {size} fill="{MARK}"/>')
    start = row.low if row.low is not None else row.value
    stop = row.high if row.high is not None else row.value
    if start is not None and stop is not None and (row.low is not None or row.high is not None):
        drawn.append(_line(at(start), y - 1, at(stop), y - 1, wide=2))
        drawn += [_line(at(v), y - 6, at(v), y + 4, wide=2) for v in (row.low, row.high) if v is not None]
    if row.open_high and stop is not None:
        drawn.append(_line(at(stop), y - 1, min(at(stop) + 24, ends[1]), y - 1, wide=2, dash="3 2", arrow="right"))
    if row.open_low and start is not None:
        drawn.append(_line(at(start), y - 1, max(at(start) - 24, ends[0]), y - 1, wide=2, dash="3 2", arrow="left"))
    if not bars and row.value is not None:
        drawn.append(f'<circle cx="{at(row.value):.1f}" cy="{y - 1:.1f}" r="5" fill="{MARK}"/>')
    return drawn


def _lines(chart: LineChart) -> tuple[list[str], int]:
    points = [p for series in chart.series for p in series.points]
    values = [v for p in points for v in (p.value, p.low, p.high) if v is not None]
    low, high, ticks = _scale(values, zero=True)
    first, last = min((p.at for p in points), default=0.0), max((p.at for p in points), default=1.0)
    top, bottom, left, right = 34.0, 204.0, 56.0, WIDTH - 28.0

    def across(value: float) -> float:
        return (left + right) / 2 if first == last else left + (value - first) / (last - first) * (right - left)

    def up(value: float) -> float:
        return bottom - (value - low) / (high - low) * (bottom - top)

    drawn = [_text(0, 12, chart.unit, quiet=True)] if chart.unit else []
    for tick in ticks:
        drawn.append(_line(left, up(tick), right, up(tick), ink="var(--line, #c3cad1)", wide=1))
        drawn.append(_text(left - 6, up(tick) + 4, said(tick), anchor="end", quiet=True))
    labels = {p.at: p.label for p in points}
    every = max(1, math.ceil(len(labels) / 6))
    for i, (place, label) in enumerate(sorted(labels.items())):
        if i % every == 0:
            drawn.append(_text(across(place), bottom + 17, label, anchor="middle", quiet=True))
    y = bottom + 36
    for index, series in enumerate(chart.series):
        ink, dash = INKS[index % 3], DASHES[index % 3]
        drawn += _series(series, across, up, ink=ink, dash=dash, ends=(top, bottom))
        drawn += [_line(left, y - 4, left + 28, y - 4, ink=ink, wide=2.5, dash=dash), _text(left + 34, y, series.label)]
        y += 18
    for reason in dict.fromkeys(p.breaks for p in points if p.breaks):
        for line in textwrap.wrap(f"Break: {reason}", PER_LINE):
            drawn.append(_text(left - 40, y, line, quiet=True))
            y += 17
    return drawn, round(y + 2)


def _series(series: Series, across: _Place, up: _Place, *, ink: str, dash: str, ends: tuple[float, float]) -> list[str]:
    drawn = []
    before: Point | None = None
    first, last = min(p.at for p in series.points), max(p.at for p in series.points)
    for point in sorted(series.points, key=lambda p: p.at):
        x = across(point.at)
        if point.breaks and before is not None:
            middle = (x + across(before.at)) / 2
            drawn.append(_line(middle, ends[0], middle, ends[1], dash="4 4"))
        if point.value is None:
            drawn.append(_text(x, ends[1] - 4, "no figure", anchor="middle", quiet=True))
            before = None
            continue
        y = up(point.value)
        if before is not None and before.value is not None and not point.breaks:
            drawn.append(_line(across(before.at), up(before.value), x, y, ink=ink, wide=2.5, dash=dash))
        if point.low is not None and point.high is not None:
            drawn.append(_line(x, up(point.low), x, up(point.high), ink=ink, wide=2))
        drawn.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{ink}"/>')
        number = point.text or f"{point.qualifier} {said(point.value)}".strip()
        side = "start" if point.at == first else "end" if point.at == last else "middle"
        drawn.append(_text(x, y - 8, number, anchor=side if len(number) > 5 else "middle"))
        before = point
    return drawn
