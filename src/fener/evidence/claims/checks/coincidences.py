"""Equal numbers with different meanings: the same people under two names, or chance?

Small numbers are equal all the time. The question is asked only where chance is an unlikely answer: with ``m`` figures
of other sources in the same time, about ``m / (7 v)`` of them are expected to hit a value ``v`` by chance (numbers that
are spread evenly over three orders of magnitude), and that must be below 5 %. Round numbers are left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from fener.evidence.claims.book import Book
from fener.evidence.claims.findings import QUESTION, Finding, finding
from fener.evidence.claims.model import Claim, exact_value

LEAST = 20
PER_CHANCE = 3  # v must be at least three times the number of other figures: m / (7 v) < 0.05


def find(book: Book) -> Iterable[Finding]:
    """Findings of class ``coincidence``."""
    at: dict[tuple[str, str, object], list[Claim]] = defaultdict(list)
    for claim in book.claims:
        period = book.period(claim)
        told = period.stated and not claim.share and exact_value(claim) is not None
        if told and claim.id not in book.twice and claim.unit not in book.rules.labels:
            at[claim.jurisdiction, claim.unit, period].append(claim)
    for claims in at.values():
        if len(claims) > 1:
            yield from _together(book, claims)


def _together(book: Book, claims: Sequence[Claim]) -> Iterator[Finding]:
    sources: dict[str, int] = defaultdict(int)
    values: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        sources[claim.source] += 1
        values[exact_value(claim) or 0].append(claim)
    for value, equal in values.items():
        others = len(claims) - min(sources[claim.source] for claim in equal)
        if len(equal) < 2 or value < LEAST or value < PER_CHANCE * others or value % 100 == 0:
            continue
        pair = _other_meaning(book, equal[:50])
        if pair:
            one, two = pair
            text = (
                f"{one.named()} ({_meaning(one)}, by {one.source or 'a source that is not named'}) and {two.named()} "
                f"({_meaning(two)}, by {two.source or 'a source that is not named'}) are equal but mean different "
                "things: the same persons under two names, one figure taken for the other, or chance?"
            )
            yield finding("coincidence", [one, two], text, QUESTION)


def _other_meaning(book: Book, equal: Sequence[Claim]) -> tuple[Claim, Claim] | None:
    for i, one in enumerate(equal):
        for two in equal[i + 1 :]:
            other = one.measure != two.measure or one.population != two.population
            if other and one.source != two.source and not book.linked(one, two):
                return one, two
    return None


def _meaning(claim: Claim) -> str:
    who = "+".join(sorted(claim.population))
    return f"{claim.measure}, {who}" if who else claim.measure
