"""Periods that are absent, turned round, not over when the figure was stated, or outside their whole's."""

from __future__ import annotations

from collections.abc import Iterable

from fener.evidence.claims.book import Book
from fener.evidence.claims.findings import ERROR, QUESTION, WARNING, Finding, finding
from fener.evidence.claims.model import Claim


def find(book: Book) -> Iterable[Finding]:
    """Findings of class ``period``."""
    for claim in book.claims:
        found = _alone(book, claim) or _in_whole(book, claim)
        if found:
            yield found


def _alone(book: Book, claim: Claim) -> Finding | None:
    start, end = claim.period.start, claim.period.end
    if start and end and end < start:
        text = f"{claim.named()}: its period ends ({end}) before it begins ({start})."
        return finding("period", [claim], text, ERROR)
    if end and claim.as_of and claim.as_of < end and claim.value is not None:
        if claim.unit in book.rules.exclusive_units:
            return None  # a plan is stated before it has run
        text = (
            f"{claim.named()} was stated on {claim.as_of}, before its period was over ({end}): a part, or a forecast?"
        )
        return finding("period", [claim], text, QUESTION)
    if claim.value is None or not (claim.unit in book.rules.counted or claim.measure in book.rules.kinds):
        return None  # a list, a label, a price: not a count that somebody will compare over time
    if claim.part_of or claim.base or claim.share:
        return None  # its whole or base says so, or does not say what it is a share of
    if not claim.period.stated and not claim.as_of:
        text = f"{claim.named()} states no period: it can be compared with no other figure."
        return finding("period", [claim], text, QUESTION)
    return None


def _in_whole(book: Book, claim: Claim) -> Finding | None:
    for column, name in (("whole", claim.part_of), ("base", claim.base)):
        if not name or not claim.period.whole:
            continue
        above = book.by_id[name]
        period = book.period(above)
        if period.whole and not claim.period.within(period):
            text = (
                f"{claim.named()} is of {claim.period.said()}, but its {column} {above.named()} is of {period.said()}."
            )
            return finding("period", [claim, above], text, WARNING)
    return None
