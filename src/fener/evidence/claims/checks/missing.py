"""Figures without a value and without a reason, and shares without their base. Missing is never zero."""

from __future__ import annotations

from collections.abc import Iterable

from fener.evidence.claims.book import Book
from fener.evidence.claims.findings import QUESTION, WARNING, Finding, finding


def find(book: Book) -> Iterable[Finding]:
    """Findings of class ``missing``."""
    for claim in book.claims:
        if claim.value is None and not claim.missing and claim.id not in book.parts:
            text = f"{claim.id} has neither a value nor a reason why there is none; an empty cell is not zero."
            yield finding("missing", [claim], text, WARNING)
        all_of_it = claim.value == 100 and claim.id in book.parts  # it is what its parts are shares of
        if claim.share and claim.value is not None and not claim.base and not claim.part_of and not all_of_it:
            text = f"The share {claim.named()} does not say of what: without its base it gives no number."
            yield finding("missing", [claim], text, QUESTION)
        if claim.share and claim.base and not _base_has_value(book, claim.base):
            base = book.by_id[claim.base]
            text = f"The share {claim.named()} is of {base.named()}, so it gives no number."
            yield finding("missing", [claim, base], text, QUESTION)


def _base_has_value(book: Book, base: str) -> bool:
    return book.by_id[base].value is not None or base in book.parts
