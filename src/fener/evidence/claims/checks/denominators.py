"""Shares that no whole number of persons gives on their base, and one count with two shares.

A printed share is rounded to the digits that are printed: it contradicts its base only where no whole number rounds
to it (half up or half to even: both ends of the interval count).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from fener.evidence.claims.book import Book
from fener.evidence.claims.bounds import Bounds
from fener.evidence.claims.checks.revisions import revised
from fener.evidence.claims.findings import ERROR, QUESTION, WARNING, Finding, finding, listed
from fener.evidence.claims.model import Claim
from fener.evidence.numerals import plain

MOST = 200  # shares of one thing that are held against each other
Who = tuple[str, str, frozenset[str], object]


def find(book: Book) -> Iterable[Finding]:
    """Findings of class ``denominator``."""
    shares = [claim for claim in book.claims if claim.share and claim.bounds is not None]
    counts = _counts(book)
    for share in shares:
        if share.bounds and share.unit == "percent" and Bounds(100, 100).below(share.bounds):
            if share.measure == "share" or share.base:
                yield finding("denominator", [share], f"{share.named()} is more than all of its base.", ERROR)
            continue
        yield from _share(book, share, counts)
    yield from _two_shares(book, shares, counts)


def whole_numbers(share: Bounds, base: Bounds) -> tuple[int, int] | None:
    """The least and the greatest whole number whose share of some whole base within ``base`` lies within ``share``
    (percent); None where there is none. A base without end, or wide enough, always has one."""
    if share.high is None:
        return math.ceil(Fraction(base.low * share.low) / 100), -1
    step = Fraction(share.high) - Fraction(share.low)
    least, most = max(1, math.ceil(base.low)), base.high
    if most is None or (step > 0 and (most - least) * step >= 10_000):
        return math.ceil(Fraction(least * share.low) / 100), -1
    found: list[int] = []
    for number in (least, *range(least + 1, math.floor(most) + 1)):
        low = math.ceil(Fraction(number * share.low) / 100)
        high = math.floor(Fraction(number * share.high) / 100)
        low += 1 if share.open_low and Fraction(low * 100, number) == share.low else 0
        high -= 1 if share.open_high and Fraction(high * 100, number) == share.high else 0
        if low <= high:
            found += [low, min(high, number)]
        if found and step * number >= 100:
            break
    return (min(found), max(found)) if found else None


def _counts(book: Book) -> Mapping[Who, Sequence[Claim]]:
    """Counts by whom they are about, to find the one that a share speaks of."""
    counts: dict[Who, list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if not claim.share and claim.bounds is not None and book.rules.whole(claim.unit):
            counts[_who(book, claim)].append(claim)
    return counts


def _who(book: Book, claim: Claim) -> Who:
    return (claim.jurisdiction, claim.source, claim.population, book.period(claim))


def _share(book: Book, share: Claim, counts: Mapping[Who, Sequence[Claim]]) -> Iterator[Finding]:
    base = book.by_id[share.base or share.part_of] if share.base or share.part_of else None
    if base is None:
        yield from _without_base(book, share, counts)
        return
    if not book.rules.whole(base.unit) or base.share or base.bounds is None or share.bounds is None:
        return
    if base.bounds.high == 0:
        yield finding("denominator", [share, base], f"{share.named()} is a share of {base.named()}: of nobody.", ERROR)
        return
    count = _its_count(book, share, base, counts)
    if count is not None and count.bounds is not None:
        real = count.bounds.times(100).over(base.bounds)
        if not real.meets(share.bounds):
            text = f"{count.named()} of {base.named()} is {real.said()} %, not the {share.said()} of {share.id}."
            yield finding("denominator", [share, count, base], text)
        return
    if whole_numbers(share.bounds, base.bounds) is None:
        yield finding("denominator", [share, base], _no_number(share, base), WARNING)


def _no_number(share: Claim, base: Claim) -> str:
    text = f"No whole number of {base.unit}s out of {base.named()} rounds to the share {share.named()}"
    if base.bounds is None or not base.bounds.exact or share.value is None:
        return text + "."
    number = base.bounds.low
    below = math.floor(Fraction(share.value) * number / 100)
    near = [f"{k} would be {plain(Fraction(k * 100) / number)} %" for k in (below, below + 1) if 0 <= k <= number]
    return f"{text}: {' and '.join(near)}."


def _its_count(book: Book, share: Claim, base: Claim, counts: Mapping[Who, Sequence[Claim]]) -> Claim | None:
    """The one count of the same people, source and period that is a part of the base (or has it as its base)."""
    if share.population == base.population:
        return None
    near = [
        c for c in counts.get(_who(book, share), ())[:200] if base.id in (c.part_of, c.base) and c.unit == base.unit
    ]
    if share.breakdown:
        near = [c for c in near if c.breakdown in ("", share.breakdown)]
    if len(near) > 1 and share.place:
        near = [c for c in near if c.place == share.place]
    return near[0] if len(near) == 1 else None


def _without_base(book: Book, share: Claim, counts: Mapping[Who, Sequence[Claim]]) -> Iterator[Finding]:
    """Where counts of the same people are stated, the share must fit one of them and one of the wholes at hand."""
    tried: list[tuple[Fraction, Claim, Claim, Bounds]] = []
    for count in counts.get(_who(book, share), ())[:20]:
        for base in _wholes(book, count, counts):
            if base.bounds is None or count.bounds is None or share.bounds is None:
                continue
            real = count.bounds.times(100).over(base.bounds)
            if real.meets(share.bounds):
                return
            tried.append((abs(Fraction(real.low) - Fraction(share.bounds.low)), count, base, real))
    if not tried:
        return
    count = min(tried, key=lambda one: one[0])[1]
    against = [(base, real) for _, counted, base, real in tried if counted is count][:4]
    told = ", ".join(f"{real.said()} % of {base.named()}" for base, real in against)
    text = f"{count.named()} is said to be {share.said()} ({share.id}), without its base; it is {told}."
    yield finding("denominator", [share, count, *(base for base, _ in against)], text)


def _wholes(book: Book, count: Claim, counts: Mapping[Who, Sequence[Claim]]) -> Iterator[Claim]:
    """What a count may be a share of: figures of the same source, period, measure and unit that are not less, of a
    wider population or of another one (three of eighteen foreign women, say)."""
    if not count.population:
        return
    period = book.period(count)
    for population in _populations(book, counts).get((count.jurisdiction, count.source, period), ()):
        if population == count.population:
            continue
        for claim in counts[count.jurisdiction, count.source, population, period][:20]:
            like = claim.unit == count.unit and claim.measure == count.measure and claim.bounds is not None
            if (
                like
                and claim.bounds
                and count.bounds
                and claim.bounds.high != 0
                and not claim.bounds.below(count.bounds)
            ):
                yield claim


def _populations(book: Book, counts: Mapping[Who, Sequence[Claim]]) -> Mapping[object, Sequence[frozenset[str]]]:
    """Whom a source counts in a period; made once a book."""
    known: dict[object, list[frozenset[str]]] | None = book.__dict__.get("_populations")
    if known is None:
        known = defaultdict(list)
        for jurisdiction, source, population, period in counts:
            known[jurisdiction, source, period].append(population)
        book.__dict__["_populations"] = known
    return known


def _two_shares(book: Book, shares: Sequence[Claim], counts: Mapping[Who, Sequence[Claim]]) -> Iterator[Finding]:
    """One thing with two shares of one base: of one source, or (class ``conflict``) of several."""
    yield from _two_sources(book, shares)
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for share in shares:
        base = share.base or share.part_of
        siblings = share.breakdown if not share.population else ""
        who = (share.jurisdiction, share.source, share.measure, share.population, book.period(share), base, siblings)
        groups[who].append(share)
    for same in groups.values():
        if len(same) < 2 or not same[0].population:
            continue
        revisions, same = revised(book, same)
        yield from revisions
        first = same[0]
        other = next((s for s in same[1:] if s.bounds and first.bounds and not s.bounds.meets(first.bounds)), None)
        if other is not None and not book.linked(first, other):
            text = f"One thing has two shares of one base: {listed(same)} ({first.population_said()})."
            yield finding("denominator", same, text)
    yield from _one_count(book, shares, counts)


def _two_sources(book: Book, shares: Sequence[Claim]) -> Iterator[Finding]:
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for share in shares:
        if share.population and share.id not in book.twice and book.period(share).stated:
            what = (share.jurisdiction, share.measure, share.unit, share.population, book.period(share))
            groups[(*what, _of_what(book, share), share.definition)].append(share)
    for same in groups.values():
        if len({share.source for share in same}) < 2:
            continue
        _, standing = revised(book, same)
        against = [s for s in standing if any(_stand_against(book, s, other) for other in standing[:MOST])]
        if against:
            told = ", ".join(f"{s.named()} by {s.source or 'a source that is not named'}" for s in against[:6])
            base = against[0].base or against[0].part_of
            text = (
                f"Sources differ on the share of {against[0].population_said()}{f' in {base}' if base else ''}: {told}."
            )
            text += "" if base else " None says of what: are they shares of the same?"
            yield finding("conflict", against, text, WARNING if base else QUESTION)


def _stand_against(book: Book, one: Claim, two: Claim) -> bool:
    if one.source == two.source or one.bounds is None or two.bounds is None:
        return False
    return not one.bounds.meets(two.bounds) and not book.linked(one, two)


def _of_what(book: Book, share: Claim) -> object:
    """What it is a share of, whoever counted that; a provider's own clients are a base of their own."""
    if not (share.base or share.part_of):
        return ""
    base = book.by_id[share.base or share.part_of]
    if book.rules.counts_own(base.measure, base.source_type):
        return base.id
    return (base.jurisdiction, base.measure, base.unit, base.population, book.period(base), base.definition)


def _one_count(book: Book, shares: Sequence[Claim], counts: Mapping[Who, Sequence[Claim]]) -> Iterator[Finding]:
    """Equal counts of parts of one whole, printed with different shares."""
    by_whole: dict[tuple[str, str, object], list[tuple[Claim, Claim]]] = defaultdict(list)
    for share in shares:
        near = [c for c in counts.get(_who(book, share), ())[:50] if c.population and (c.part_of or c.base)]
        near = [c for c in near if share.base in ("", c.part_of, c.base)]
        for count in [c for c in near if c.place == share.place] or near:
            by_whole[count.part_of or count.base, count.breakdown, count.value].append((share, count))
    for pairs in by_whole.values():
        for i, (share, count) in enumerate(pairs[:50]):
            for other, same in pairs[i + 1 : 50]:
                exact = count.qualifier == "=" == same.qualifier
                if exact and share.bounds and other.bounds and not share.bounds.meets(other.bounds):
                    one = f"{count.named()} is {share.said()} and {same.named()} {other.said()}"
                    text = f"One count has two shares: {one}."
                    yield finding("denominator", [share, other, count, same], text)
