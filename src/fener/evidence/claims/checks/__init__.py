"""One module a class of finding; each has ``find(book)``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fener.evidence.claims.book import Book
from fener.evidence.claims.checks import (
    coincidences,
    conflicts,
    counts,
    denominators,
    identities,
    missing,
    orders,
    periods,
    sums,
    units,
)
from fener.evidence.claims.findings import CLASSES, Finding

CHECKS: tuple[Callable[[Book], Iterable[Finding]], ...] = (
    sums.find,
    conflicts.find,
    denominators.find,
    units.find,
    coincidences.find,
    orders.find,
    identities.find,
    counts.find,
    periods.find,
    missing.find,
)


def check(book: Book) -> list[Finding]:
    """Every finding, in the order of the file, then of the classes; the same finding is told once."""
    found = {(f.kind, frozenset(f.claims)): f for run in reversed(CHECKS) for f in reversed(list(run(book)))}
    return sorted(found.values(), key=lambda f: (f.row, CLASSES.index(f.kind), f.claims))
