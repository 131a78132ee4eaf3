"""Why a value must not be computed. Some reasons stay whoever asks; others can be answered for by a named person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from fener.evidence.claims.book import Book
from fener.evidence.claims.model import Claim
from fener.evidence.claims.series import same_length


@dataclass(frozen=True)
class Reason:
    """Why not. ``answerable``: computed all the same once a named person answers for it, with this as warning."""

    text: str
    answerable: bool = False


def reasons(book: Book, kind: str, claims: Sequence[Claim]) -> Iterator[Reason]:
    """All reasons against computing ``kind`` of these figures, the gravest first."""
    yield from _none(kind, claims)
    yield from _types(book, kind, claims)
    if kind == "sum":
        yield from _sum(book, claims)
    elif kind == "change":
        yield from _change(book, *claims)
    elif kind == "share":
        yield from _share(book, *claims)
    elif kind in ("rate", "ratio"):
        yield from _rate(book, kind, *claims)
    else:
        yield from _difference(book, claims)


def _none(kind: str, claims: Sequence[Claim]) -> Iterator[Reason]:
    for claim in claims:
        if claim.bounds is None:
            why = claim.missing.replace("_", " ") or "no reason stated"
            yield Reason(f"{claim.id} has no value ({why}), and missing is not zero")
    if len({claim.id for claim in claims}) < len(claims):
        yield Reason("the same figure is named twice")
    if kind not in ("change", "difference") and any(claim.share and not claim.base for claim in claims):
        bare = next(claim for claim in claims if claim.share and not claim.base)
        yield Reason(f"{bare.id} is a share without its base: it gives no count")


def _types(book: Book, kind: str, claims: Sequence[Claim]) -> Iterator[Reason]:
    first = claims[0]
    for claim in claims:
        if claim.unit in book.rules.labels:
            yield Reason(f"{claim.id} is a {claim.unit}, which is a name and no quantity")
    for claim in claims[1:]:
        for one, two in ((first.unit, claim.unit), (first.measure, claim.measure)):
            why = book.rules.not_one_another.get(frozenset((one, two)))
            if why and kind != "ratio":
                yield Reason(f"{first.id} counts {one} and {claim.id} {two}: {why}")
        told = frozenset((first.unit, claim.unit)) in book.rules.not_one_another  # with its reason, above
        if kind != "ratio" and claim.unit != first.unit and not told:
            yield Reason(
                f"{first.id} counts {first.unit or 'an unstated unit'} and {claim.id} {claim.unit or 'another'}"
            )
        kinds = (book.rules.kind(first.measure), book.rules.kind(claim.measure))
        if {"stock", "flow"} == set(kinds):
            names = {"stock": "what is so on a day (stock)", "flow": "what happened in a period (flow)"}
            yield Reason(f"{first.id} says {names[kinds[0]]}, {claim.id} {names[kinds[1]]}")


def _measures(book: Book, claims: Sequence[Claim]) -> Iterator[Reason]:
    first = claims[0]
    for claim in claims[1:]:
        told = frozenset((first.measure, claim.measure)) in book.rules.not_one_another  # with its reason, in _types
        if claim.measure != first.measure and not told:
            yield Reason(f"{first.id} counts {first.measure} and {claim.id} {claim.measure}: different measures", True)
        if claim.definition and first.definition and claim.definition != first.definition:
            text = f"{first.id} is by the definition {first.definition}, {claim.id} by {claim.definition}"
            yield Reason(text, True)


def _not_apart(book: Book, parts: Sequence[Claim]) -> Iterator[Reason]:
    """Parts that no breakdown is named for, of which nobody says that they exclude each other."""
    if parts[0].breakdown:
        return
    for one, two in combinations(parts[:300], 2):
        marked = two.id in one.overlaps or one.id in two.overlaps
        axes = one.measure == two.measure and one.population != two.population  # like ones are items of one list
        if axes and not marked and not book.exclude(one, two):
            yield Reason(
                f"{one.id} and {two.id} may be the same persons: no breakdown is named that tells them apart", True
            )


def siblings(claims: Sequence[Claim]) -> bool:
    """Whether all are parts of one whole in one breakdown, which is what adds up."""
    return bool(claims[0].part_of) and len({(claim.part_of, claim.breakdown) for claim in claims}) == 1


def _sum(book: Book, claims: Sequence[Claim]) -> Iterator[Reason]:
    yield from _measures(book, claims)
    if any(claim.share for claim in claims) and len({claim.base or claim.part_of for claim in claims}) > 1:
        yield Reason("shares of different bases do not add up")
    for one, two in combinations(claims[:300], 2):
        if any(whole is two for whole in book.above(one)) or any(whole is one for whole in book.above(two)):
            yield Reason(f"{one.id} and {two.id} are a whole and its part: the part would count twice")
        if two.id in one.overlaps or one.id in two.overlaps:
            yield Reason(
                f"{one.id} and {two.id} overlap: they may count the same persons, and a sum counts them twice", True
            )
    if siblings(claims):
        yield from _not_apart(book, claims)
        return
    for one, two in combinations(claims[:300], 2):
        yield from _together(book, one, two)


def _together(book: Book, one: Claim, two: Claim) -> Iterator[Reason]:
    """Two that nobody said to be parts of one whole."""
    if one.part_of and one.part_of == two.part_of:
        yield Reason(f"{one.id} and {two.id} belong to different breakdowns of {one.part_of}, and only one adds up")
        return
    if one.jurisdiction != two.jurisdiction:
        if one.measure in book.rules.own and not (one.definition and one.definition == two.definition):
            text = (
                f'{one.id} and {two.id}: what "{one.measure}" means is each country\'s own, and no definition is stated'
            )
            yield Reason(text, True)
        return
    mine, theirs = book.period(one), book.period(two)
    if not mine.stated or not theirs.stated:
        yield Reason(f"a period of {one.id} and {two.id} is not stated: nobody knows whether they count the same", True)
    elif mine.overlaps(theirs) and not _apart(book, one, two):
        if one.source != two.source:
            text = (
                f"{one.id} by {one.source or 'nobody named'} and {two.id} by {two.source or 'nobody named'} may count "
                "the same persons in the same time, and nobody says that they do not"
            )
            yield Reason(text, True)
        else:
            yield Reason(
                f"{one.id} and {two.id} of one source overlap in time and may overlap in whom they count", True
            )


def _apart(book: Book, one: Claim, two: Claim) -> bool:
    """Whether no person can be in both: one has a term whose complement the other has."""
    others = {book.rules.complements.get(term) for term in one.population}
    return bool(others & two.population) and one.source == two.source


def _change(book: Book, before: Claim, after: Claim) -> Iterator[Reason]:
    yield from _measures(book, (before, after))
    if before.jurisdiction != after.jurisdiction:
        yield Reason(
            f"{before.id} is of {before.jurisdiction} and {after.id} of {after.jurisdiction}: no change in time"
        )
    if before.population != after.population:
        text = f"{before.id} counts {before.population_said()} and {after.id} {after.population_said()}"
        yield Reason(text, True)
    if before.source != after.source:
        text = f"{before.id} is by {before.source or 'nobody named'} and {after.id} by {after.source or 'nobody named'}"
        yield Reason(f"{text}: two series, not one", True)
    mine, theirs = book.period(before), book.period(after)
    if not mine.whole or not theirs.whole:
        if book.rules.kind(before.measure) != "stock" and not before.share:
            yield Reason("a period is not stated, so there is no change between periods")
    elif mine.overlaps(theirs):
        yield Reason(f"{mine.said()} and {theirs.said()} overlap: part of the second is in the first")
    elif book.rules.kind(before.measure) == "flow" and not before.share and not same_length(mine, theirs):
        lengths = f"{mine.days} and {theirs.days} days"
        yield Reason(
            f"{mine.said()} and {theirs.said()} are of unequal length ({lengths}): counts of them are no trend"
        )
    if before.bounds is not None and before.bounds.high == 0:
        yield Reason(f"{before.id} is 0: a change from nothing has no percentage")


def _share(book: Book, part: Claim, whole: Claim) -> Iterator[Reason]:
    if whole.bounds is not None and whole.bounds.high == 0:
        yield Reason(f"{whole.id} is 0: there is nothing to have a share of")
    if part.share or whole.share:
        yield Reason("a share of a share needs the counts behind both")
        return
    if part.base == whole.id or any(above is whole for above in book.above(part)):
        return
    same = part.jurisdiction == whole.jurisdiction and part.measure == whole.measure
    inside = whole.population < part.population and book.period(part).within(book.period(whole))
    if not (same and inside and part.source == whole.source):
        yield Reason(f"nothing says that {part.id} is a part of {whole.id}: it is neither its whole nor its base", True)


def _rate(book: Book, kind: str, of: Claim, to: Claim) -> Iterator[Reason]:
    if to.bounds is not None and to.bounds.high == 0:
        yield Reason(f"{to.id} is 0: nothing can be divided by it")
    if of.jurisdiction != to.jurisdiction:
        yield Reason(f"{of.id} is of {of.jurisdiction} and {to.id} of {to.jurisdiction}")
    mine, theirs = book.period(of), book.period(to)
    if not mine.stated or not theirs.stated:
        yield Reason("a period is not stated", True)
    elif mine != theirs:
        yield Reason(f"{of.id} is of {mine.said()} and {to.id} of {theirs.said()}: the base is of another time")
    if kind == "rate" and of.population != to.population and not of.population > to.population:
        text = f"{of.id} counts {of.population_said()} and {to.id} {to.population_said()}"
        yield Reason(text, True)


def _difference(book: Book, claims: Sequence[Claim]) -> Iterator[Reason]:
    whole = claims[0]
    parts = all(any(above is whole for above in book.above(part)) for part in claims[1:])
    if not parts:
        yield from _measures(book, claims)
        if len(claims) > 2:
            yield Reason("more than one figure is taken away only from the whole that they are parts of")
        elif whole.jurisdiction != claims[1].jurisdiction:
            yield Reason(f"{whole.id} is of {whole.jurisdiction} and {claims[1].id} of {claims[1].jurisdiction}", True)
    elif len({claim.breakdown for claim in claims[1:]}) > 1:
        yield Reason("parts of different breakdowns may be the same persons")
    elif len(claims) > 2:  # one part leaves the others of its whole, whatever happened to it
        yield from _measures(book, claims)
        yield from _not_apart(book, claims[1:])
    for one, two in combinations(claims[1:], 2):
        if two.id in one.overlaps or one.id in two.overlaps:
            yield Reason(f"{one.id} and {two.id} overlap: taken away one after the other they are taken twice", True)
