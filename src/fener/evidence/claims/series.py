"""Which figures follow each other, and where what reads as one series is spliced from different things."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fener.evidence.claims.book import Book
from fener.evidence.claims.model import Claim, Period


@dataclass(frozen=True)
class Splice:
    """Two figures that follow each other in time and must not be trended; ``reason`` says why."""

    before: Claim
    after: Claim
    reason: str


def neighbours(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Each figure with the next one in time that begins after it ends; of figures of one period the first counts."""
    by_period: dict[Period, Claim] = {}
    for claim in claims:
        if claim.period.whole:
            by_period.setdefault(claim.period, claim)
    ordered = sorted(by_period.values(), key=lambda c: (str(c.period.start), c.period.days))
    starts = [str(claim.period.start) for claim in ordered]
    for claim in ordered:
        at = bisect.bisect_right(starts, str(claim.period.end))
        if at < len(ordered):
            next_ones = [other for other in ordered[at : at + 12] if other.period.start == ordered[at].period.start]
            length = claim.period.days
            yield claim, min(next_ones, key=lambda other: abs(other.period.days - length))


def same_length(one: Period, two: Period) -> bool:
    """Whether two periods are of one length: equal in days up to a leap day or the lengths of months and quarters."""
    return abs(one.days - two.days) <= max(3, min(one.days, two.days) // 30)


def tag(before: Claim, after: Claim) -> str:
    """What a change is, as far as the file says: new_definition, new_measure, new_recognition, new_group (from the
    words of the later figure's remark), or unexplained. Nobody but the source can say that a change is real."""
    if before.measure != after.measure:
        return "new_measure"
    if before.definition != after.definition:
        return "new_definition"
    said = after.note.casefold()
    for word in ("new recognition", "new group", "real change"):
        if word in said:
            return word.replace(" ", "_")
    return "unexplained"


def splices(book: Book) -> Iterator[Splice]:
    """Changes of measure, unit or definition inside what reads as one series of a source."""
    yield from _definitions(book)
    yield from _units(book)
    yield from _measures(book)


def _definitions(book: Book) -> Iterator[Splice]:
    series: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if claim.bounds is not None and claim.definition:
            series[claim.jurisdiction, claim.source, claim.measure, claim.unit, claim.population].append(claim)
    for claims in series.values():
        if len({claim.definition for claim in claims}) < 2 or _both_at_once(claims, "definition"):
            continue
        for before, after in neighbours(claims):
            if before.definition != after.definition:
                reason = f"the definition changes from {before.definition} to {after.definition}"
                yield Splice(before, after, reason)


def _units(book: Book) -> Iterator[Splice]:
    series: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if claim.bounds is not None and claim.unit and not claim.share and not claim.part_of:
            series[claim.jurisdiction, claim.source, claim.measure, claim.population].append(claim)
    for claims in series.values():
        if len({claim.unit for claim in claims}) < 2 or _both_at_once(claims, "unit"):
            continue
        for before, after in neighbours(claims):
            if before.unit != after.unit:
                why = book.rules.not_one_another.get(frozenset((before.unit, after.unit)))
                reason = f"the first counts {before.unit} and the second {after.unit}" + (f" ({why})" if why else "")
                yield Splice(before, after, reason)


def _both_at_once(claims: Sequence[Claim], field: str) -> bool:
    """Whether the source states both in one period: then it keeps two series, and mixes none."""
    seen: dict[object, object] = {}
    return any(seen.setdefault(claim.period, getattr(claim, field)) != getattr(claim, field) for claim in claims)


def _measures(book: Book) -> Iterator[Splice]:
    """Victims counted by one measure in one period and by another in the next, with no measure that goes on.

    Of one source; or of several where the jurisdiction has no other such figure in either period: a reader has nothing
    else to compare then, and reads the two as a trend.
    """
    by_source: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    by_country: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in book.claims:
        victims = claim.bounds is not None and claim.measure in book.rules.victims
        if victims and not claim.part_of and claim.period.whole:
            by_source[claim.jurisdiction, claim.unit, claim.population, claim.source].append(claim)
            by_country[claim.jurisdiction, claim.unit, claim.population].append(claim)
    told: set[str] = set()
    for claims in (*by_source.values(), *by_country.values()):
        if len({claim.measure for claim in claims}) < 2 or _both_at_once(claims, "measure"):
            continue
        for before, after in neighbours(claims):
            if before.measure == after.measure or not after.period.follows(before.period) or after.id in told:
                continue
            mine = {c.period for c in claims if c.measure == before.measure}
            theirs = {c.period for c in claims if c.measure == after.measure}
            if after.period not in mine and before.period not in theirs:
                told.add(after.id)
                reason = f"the first counts {before.measure} and the second {after.measure}"
                yield Splice(before, after, reason)
