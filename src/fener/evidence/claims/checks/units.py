"""Measures, units or definitions mixed in a sum or in what reads as one series."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fener.evidence.claims.book import Book
from fener.evidence.claims.findings import QUESTION, WARNING, Finding, finding, listed
from fener.evidence.claims.model import Claim
from fener.evidence.claims.series import Splice, splices


def find(book: Book) -> Iterable[Finding]:
    """Findings of class ``unit``."""
    for whole_id in book.parts:
        whole = book.by_id[whole_id]
        for parts in book.breakdowns(whole_id).values():
            yield from _breakdown(book, whole, parts)
    for claim in book.claims:
        yield from _base(book, claim)
    for splice in splices(book):
        yield _series(splice)


def _breakdown(book: Book, whole: Claim, parts: Sequence[Claim]) -> Iterator[Finding]:
    things = book.rules.things
    stray = [part for part in parts if part.unit != whole.unit and not (part.share and not whole.share)]
    if whole.unit in things and all(part.unit in things for part in parts):
        stray = []  # a list of locations that are countries: class ``count`` looks at it
    if stray:
        units = " and ".join(dict.fromkeys(part.unit or "no stated unit" for part in stray))
        why = _why(book, whole.unit, stray[0].unit)
        yield finding(
            "unit",
            [whole, *stray],
            f"{listed(stray)} counts {units}, but the whole {whole.named()} counts {whole.unit or 'no stated unit'}: "
            f"they do not add up{why}.",
        )
    kinds = {book.rules.kind(part.measure) for part in parts if not part.share}
    measures = dict.fromkeys(part.measure for part in parts if not part.share)
    others = [part for part in parts if not part.share and part.measure != whole.measure]
    if book.rules.kind(whole.measure) not in kinds and kinds:
        text = f"{listed(others)} and the whole {whole.named()} mix what is so on a day with what happens in a period."
        yield finding("unit", [whole, *others], text)
    elif others and (len(measures) > 1 or whole.parts_complete):
        names = ", ".join(dict.fromkeys([whole.measure, *measures]))
        why = _why(book, whole.measure, others[0].measure)
        text = f"{whole.named()} and its parts mix measures ({names}): {listed(others)} do not add up to it{why}."
        yield finding("unit", [whole, *others], text)
    if whole.definition:
        strange = [part for part in parts if part.definition and part.definition != whole.definition]
        if strange:
            text = (
                f"{listed(strange)} uses another definition ({strange[0].definition}) than its whole {whole.named()} "
                f"({whole.definition})."
            )
            yield finding("unit", [whole, *strange], text, WARNING)


def _why(book: Book, one: str, two: str) -> str:
    reason = book.rules.not_one_another.get(frozenset((one, two)))
    return f" ({reason})" if reason else ""


def _base(book: Book, claim: Claim) -> Iterator[Finding]:
    """A share says its count's unit through its base; a base that is itself a share, or a stock for a flow, is none."""
    if not claim.base or claim.share:
        return
    base = book.by_id[claim.base]
    if claim.unit == base.unit and book.rules.kind(claim.measure) != book.rules.kind(base.measure):
        text = f"{claim.named()} and its base {base.named()} mix what is so on a day with what happens in a period."
        yield finding("unit", [claim, base], text)


def _series(splice: Splice) -> Finding:
    before, after = splice.before, splice.after
    text = (
        f"{before.named()} of {before.period.said()} and {after.named()} of {after.period.said()} read as one series, "
        f"but {splice.reason}: a change between them is none until somebody answers for it."
    )
    return finding("unit", [before, after], text, QUESTION)
