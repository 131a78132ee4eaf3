"""One source that states the same thing again later, with another value: a revision, and no contradiction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from fener.evidence.claims.book import Book
from fener.evidence.claims.findings import QUESTION, Finding, finding
from fener.evidence.claims.model import Claim


def revised(book: Book, claims: Sequence[Claim]) -> tuple[list[Finding], list[Claim]]:
    """Of figures of one thing: a question for each source that revised its own (of class ``period``: it is about the
    day on which a figure was so), and the figures that still stand, in their order."""
    by_source: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.as_of is not None:
            by_source[claim.source].append(claim)
    found: list[Finding] = []
    replaced: set[str] = set()
    for stated in by_source.values():
        if len(stated) < 2:
            continue
        latest = max(claim.as_of for claim in stated if claim.as_of)
        last = next(claim for claim in stated if claim.as_of == latest)
        before = [c for c in stated if c.as_of != latest and _differs(c, last) and not book.linked(c, last)]
        if before:
            replaced.update(claim.id for claim in before)
            found.append(_question(sorted([*before, last], key=lambda c: str(c.as_of))))
    return found, [claim for claim in claims if claim.id not in replaced]


def _differs(one: Claim, two: Claim) -> bool:
    return one.bounds is not None and two.bounds is not None and not one.bounds.meets(two.bounds)


def _question(claims: Sequence[Claim]) -> Finding:
    told = " to ".join(f"{claim.said()} (as of {claim.as_of})" for claim in claims)
    names = " and ".join(claim.id for claim in claims)
    source = claims[0].source or "a source that is not named"
    text = f"{names}: revised from {told} by {source}; which of them is used, and are the other figures as late?"
    return finding("period", claims, text, QUESTION)
