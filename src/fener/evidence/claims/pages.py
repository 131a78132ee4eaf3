"""Findings and derived values as tables and as pages that one can send."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from fener.evidence.claims.book import Book
from fener.evidence.claims.deriving.values import Value
from fener.evidence.claims.findings import CLASSES, Finding
from fener.evidence.claims.model import Claim
from fener.evidence.claims.series import splices, tag
from fener.evidence.output.charts import LineChart, Point, Series
from fener.evidence.output.report import Column, Report, Section, Table

TITLES = {
    "sum": "Parts and whole differ",
    "conflict": "The same thing, different values",
    "denominator": "Shares that their base cannot give",
    "unit": "Measures, units or definitions mixed",
    "coincidence": "Equal numbers, different meanings",
    "logic": "Orders that cannot be",
    "identity": "One name for two, or two for one",
    "count": "Counts that their own list contradicts",
    "period": "Periods",
    "missing": "What is not there",
}
NEW = {"new_recognition": "new recognition: what was there before is seen now", "new_group": "a new group is counted"}
COLUMNS = (Column("severity", "Kind"), Column("message", "What was found"), Column("claims", "Figures"))
MOST = 12  # charts on a page
SHOWN = 2000  # rows of a table on a page


def _name(book: Book) -> str:
    return Path(book.file).name


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def findings_table(book: Book, found: Sequence[Finding]) -> Table:
    """All findings, for the terminal."""
    columns = (Column("class", "Class"), *COLUMNS)
    note = (
        f"{_counted(len(book.claims), 'figure')}, {_counted(len(found), 'finding')}."
        if found
        else "No contradiction was found."
    )
    return Table(f"{_name(book)}: findings", columns, tuple({"class": f.kind, **_row(f)} for f in found), note)


def _row(found: Finding) -> dict[str, str]:
    names = list(found.claims[:8])
    more = [f"and {len(found.claims) - 8} more"] if len(found.claims) > 8 else []
    return {"severity": found.severity, "message": found.message, "claims": ", ".join(names + more)}


def findings_report(book: Book, found: Sequence[Finding]) -> Report:
    """Findings by class, then the figures that they name with source and place."""
    by_class: dict[str, list[Finding]] = defaultdict(list)
    for one in found:
        by_class[one.kind].append(one)
    counted = Counter(f.severity for f in found)
    told = ", ".join(_counted(n, word) for word, n in counted.items())
    lead = f"{_counted(len(book.claims), 'figure')} compared. " + (
        f"Found: {told}." if found else "No contradiction was found."
    )
    sections = [
        Section(
            TITLES[kind],
            tables=(Table("", COLUMNS, tuple(_row(f) for f in by_class[kind][:SHOWN]), _cut(len(by_class[kind]))),),
        )
        for kind in CLASSES
        if kind in by_class
    ]
    named = {name for f in found[:SHOWN] for name in f.claims[:50]}
    figures = [claim for claim in book.claims if claim.id in named][:SHOWN]
    if figures:
        text = ("As they were published; nothing was corrected.",)
        sections.append(Section("The figures that are named", text, (figures_table(book, figures),)))
    return Report(
        f"Contradictions in {_name(book)}",
        lead,
        tuple(sections),
        _sources(book),
        "The checker asks; it never corrects.",
    )


def _cut(count: int) -> str:
    return f"The first {SHOWN} of {count}." if count > SHOWN else ""


def figures_table(book: Book, claims: Sequence[Claim]) -> Table:
    """Figures with all that says what they are."""
    columns = (
        Column("id", "Figure"),
        Column("value", "Value", right=True),
        Column("what", "What is counted"),
        Column("period", "Period"),
        Column("source", "Source"),
        Column("how", "How it is known"),
        Column("place", "Place"),
        Column("note", "Remark"),
    )
    return Table("", columns, tuple(_figure(book, claim) for claim in claims))


def _figure(book: Book, claim: Claim) -> dict[str, str]:
    who = f", {'+'.join(sorted(claim.population))}" if claim.population else ""
    kind = f" ({claim.source_type})" if claim.source_type else ""
    interest = f"; interest: {claim.interest}" if claim.interest else ""
    how = (
        f"definition: {claim.definition}" if claim.definition else "",
        f"stated {claim.as_of}" if claim.as_of else "",
        claim.method,
        {"yes": "verified", "no": "not verified"}.get(claim.verified, ""),
    )
    return {
        "id": claim.id,
        "value": claim.said(),
        "what": f"{claim.jurisdiction}: {claim.measure} ({claim.unit}{who})",
        "period": book.period(claim).said(),
        "source": f"{claim.source}{kind}{interest}" if claim.source else "not named",
        "how": "; ".join(part for part in how if part),
        "place": claim.place,
        "note": claim.note,
    }


def _sources(book: Book) -> tuple[str, ...]:
    return tuple(sorted({claim.source for claim in book.claims if claim.source})[:200])


def values_table(values: Sequence[Value]) -> Table:
    """All values, for the terminal."""
    columns = (
        Column("kind", "Kind"),
        Column("value", "Value", right=True),
        Column("formula", "Formula"),
        Column("why", "Why not, or with what warning"),
    )
    refused = sum(1 for value in values if value.refused)
    note = f"{_counted(len(values), 'value')}, {refused} of them refused."
    return Table("", columns, tuple(_value(value) for value in values), note)


def _value(value: Value) -> dict[str, str]:
    formula = value.formula if len(value.inputs) <= 8 else f"{value.inputs[0].id} and {len(value.inputs) - 1} others"
    if value.tag and not value.refused:
        formula += f" ({value.tag.replace('_', ' ')})"
    name = f" [{value.name.replace('_', ' ')}]" if value.name else ""
    why = value.refused or value.warning or ""
    if value.acknowledged_by:
        why += f" (answered for by {value.acknowledged_by})"
    return {"kind": value.kind, "value": value.said(), "formula": formula + name, "why": why}


def values_report(book: Book, values: Sequence[Value]) -> Report:
    """Series with their breaks drawn, then the values and what was refused."""
    computed, refused = [v for v in values if not v.refused], [v for v in values if v.refused]
    sections = []
    charts = tuple(list(_charts(book))[:MOST])
    if charts:
        used = {point.label for chart in charts for series in chart.series for point in series.points}
        said = ", ".join(sorted(used))
        text = (f"Points with their bounds; a gap is where a series must not be joined. Periods: {said}.",)
        drawn = [claim for claims in _series(book) for claim in claims][:SHOWN]
        sections.append(Section("Series", text, (figures_table(book, drawn),), charts))
    for title, some in (("Values", computed), ("Refused, with the reason", refused)):
        if some:
            table = values_table(some[:SHOWN])
            sections.append(Section(title, (), (Table("", table.columns, table.rows, _cut(len(some))),)))
    lead = (
        f"{_counted(len(computed), 'value')} recomputed exactly from {_counted(len(book.claims), 'figure')}; "
        f"{len(refused)} refused."
    )
    made = "Bounds are those of the figures; a value without bounds is exact."
    return Report(f"Recomputed from {_name(book)}", lead, tuple(sections), _sources(book), made)


def _series(book: Book) -> list[list[Claim]]:
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in book.claims:
        drawn = claim.period.whole and claim.bounds is not None and not claim.part_of and not claim.share
        if drawn and claim.unit not in book.rules.things and claim.unit not in book.rules.labels:
            groups[claim.jurisdiction, claim.measure, claim.unit, claim.source, claim.population].append(claim)
    return [
        sorted(claims, key=lambda c: str(c.period.start))
        for claims in groups.values()
        if len({claim.period for claim in claims}) > 1
    ]


def _charts(book: Book) -> Iterator[LineChart]:
    breaks = {splice.after.id: splice.reason for splice in splices(book)}
    for claims in _series(book):
        points = tuple(_points(claims[:12], breaks))
        first = claims[0]
        who = f", {'+'.join(sorted(first.population))}" if first.population else ""
        title = f"{first.jurisdiction}: {first.measure}{who}, {first.source or 'source not named'}"
        alt = "; ".join(f"{claim.period.said()}: {claim.said()}" for claim in claims[:12])
        yield LineChart(title, (Series(first.source or "not named", points),), first.unit, alt)


def _points(claims: Sequence[Claim], breaks: dict[str, str]) -> Iterator[Point]:
    before: Claim | None = None
    for claim in claims:
        if claim.bounds is None or claim.period.start is None:
            continue
        why = breaks.get(claim.id, "") or (NEW.get(tag(before, claim), "") if before else "")
        if before is not None and not why and not claim.period.follows(before.period):
            why = "the periods do not follow each other"
        if before is not None and not why and abs(claim.period.days - before.period.days) > 31:
            why = "the periods are of unequal length"
        high = float(claim.bounds.high) if claim.bounds.high is not None else None
        yield Point(
            at=claim.period.start.toordinal(),
            label=claim.period.said()[:10],
            value=float(claim.value or 0),
            low=None if claim.bounds.exact else float(claim.bounds.low),
            high=None if claim.bounds.exact else high,
            text=claim.said() if claim.qualifier != "=" else "",
            breaks=why if before is not None else "",
        )
        before = claim
