"""Parts and whole that differ: in one breakdown, through inner wholes, over periods that follow each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from fener.evidence.claims.book import Book
from fener.evidence.claims.bounds import NOTHING_KNOWN, Bounds, total
from fener.evidence.claims.findings import QUESTION, WARNING, Finding, finding, listed
from fener.evidence.claims.model import Claim
from fener.evidence.numerals import plain


def find(book: Book) -> Iterable[Finding]:
    """Findings of class ``sum``."""
    for whole_id in book.parts:
        whole = book.by_id[whole_id]
        breakdowns = book.breakdowns(whole_id)
        for name, parts in breakdowns.items():
            # Beside other breakdowns, a single part is an "of whom", and nobody means it to be all.
            all_of_it = whole.parts_complete and (len(parts) > 1 or len(breakdowns) == 1)
            groups = book.adding(parts)
            for group in groups:
                yield from _breakdown(book, whole, name, group, all_of_it and len(groups) == 1)
            if len(groups) > 1:  # who may stand in two of them is no reason for too many, but one for too few
                yield from _breakdown(book, whole, name, parts, all_of_it, too_many=False)
    yield from _shares(book)
    yield from _following_periods(book)


def _breakdown(
    book: Book, whole: Claim, name: str, parts: Sequence[Claim], all_of_it: bool, *, too_many: bool = True
) -> Iterator[Finding]:
    if _things(book, whole, parts):
        return  # class ``count`` says so
    if any(not _adds(part, whole) for part in parts) or all(part.unit in book.rules.labels for part in parts):
        return  # class ``unit`` says so
    known = book.known(whole)
    given = [_in_whole(book, part, whole) for part in parts]
    together, overlap = _together(book, parts, given)
    missing = [part for part in parts if part.bounds is None and part.id not in book.parts]
    where = f" by {name}" if name else ""
    if too_many and known.below(together):
        yield finding("sum", [whole, *parts], _too_many(whole, known, together, parts, given, where), WARNING)
    elif all_of_it and together.below(known):
        rest = (known - together).said()
        lead = f"The parts{where} are said to be all, but {listed(parts)} give {together.said()} where the whole "
        yield finding("sum", [whole, *parts], f"{lead}{whole.named()} has more: {rest} are not explained.", WARNING)
    elif overlap and not missing and total(given).exact and known.exact and total(given).low == known.low:
        yield finding(
            "sum",
            [whole, *parts],
            f"The whole {whole.named()} is the plain sum of {listed(parts)}, and these may count the same persons "
            "(they are marked as overlapping): were persons counted twice taken out?",
            QUESTION,
        )


def _too_many(
    whole: Claim, known: Bounds, together: Bounds, parts: Sequence[Claim], given: Sequence[Bounds], where: str
) -> str:
    if len(parts) == 1:
        return f"The part {parts[0].named()} is more than its whole {whole.named()}."
    over = plain(together.low - known.high) if known.high is not None else ""
    text = (
        f"Parts and whole differ: {listed(parts)}{where} give {together.said()}, "
        f"{over} more than the whole {whole.named()}."
    )
    others = total(given[:-1])
    if known.exact and others.exact and others.low <= known.low:
        text += f" The other parts would leave {plain(known.low - others.low)} for {parts[-1].named()}."
    return text


def _adds(part: Claim, whole: Claim) -> bool:
    return part.unit == whole.unit or (part.share and not whole.share)


def _things(book: Book, whole: Claim, parts: Sequence[Claim]) -> bool:
    return whole.unit in book.rules.things and all(part.value == 1 and part.qualifier == "=" for part in parts)


def _in_whole(book: Book, part: Claim, whole: Claim) -> Bounds:
    """What a part adds to its whole; a part in percent adds that share of it."""
    known = book.known(part)
    if part.unit == whole.unit:
        return known
    base = book.known(whole)
    low = Fraction(known.low * base.low) / 100
    high = None if known.high is None or base.high is None else Fraction(known.high * base.high) / 100
    return Bounds(low, high, known.open_low, known.open_high)


def _together(book: Book, parts: Sequence[Claim], given: Sequence[Bounds]) -> tuple[Bounds, bool]:
    """The sum; of parts that may count the same persons at least the greatest, at most all."""
    ids = {part.id for part in parts}
    both = [i for i, part in enumerate(parts) if any(other in ids for other in part.overlaps)]
    named = {other for part in parts for other in part.overlaps}
    both += [i for i, part in enumerate(parts) if part.id in named and i not in both]
    if not both:
        return total(given), False
    apart = total(given[i] for i in range(len(parts)) if i not in set(both))
    most = total(given[i] for i in both).high
    return apart + Bounds(max(given[i].low for i in both), most), True


def _shares(book: Book) -> Iterator[Finding]:
    """Shares of one base in one breakdown that pass 100 % (those that are parts were summed above)."""
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if claim.share and claim.base and claim.breakdown and not claim.part_of:
            groups[claim.base, claim.breakdown].append(claim)
    for (base, name), shares in groups.items():
        together = total(share.bounds or NOTHING_KNOWN for share in shares)
        whole = book.by_id[base]
        if Bounds(100, 100).below(together):
            text = f"The shares of {base} by {name}, {listed(shares)}, give {together.said()} %, more than all of it."
            yield finding("sum", [*shares, whole], text)
        elif whole.parts_complete and name not in book.breakdowns(base) and together.below(Bounds(100, 100)):
            rest = plain(100 - (together.high or 0))
            text = f"The shares of {base} by {name}, {listed(shares)}, are said to be all and leave at least {rest} %."
            yield finding("sum", [*shares, whole], text)


def _following_periods(book: Book) -> Iterator[Finding]:
    """One source's figures of periods that follow each other, against its figure of the whole time."""
    series: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if not claim.period.whole or claim.bounds is None or claim.share or claim.unit in book.rules.labels:
            continue
        if book.rules.kind(claim.measure) == "flow" and not _indistinct(book, claim):
            series[_same(claim)].append(claim)
            if claim.measure not in book.rules.own:  # the country's figure, whoever states it
                series[(*_same(claim)[2:], claim.jurisdiction)].append(claim)
    for claims in series.values():
        if len(claims) >= 3:
            yield from _tiled(book, claims)


def _same(claim: Claim) -> tuple[object, ...]:
    return (claim.source, claim.jurisdiction, claim.measure, claim.unit, claim.population, claim.definition)


def _indistinct(book: Book, claim: Claim) -> bool:
    """A part whose row does not say how it differs from its whole, other than by period."""
    if not claim.part_of:
        return False
    whole = book.by_id[claim.part_of]
    return whole.population == claim.population and whole.period == claim.period


def _tiled(book: Book, claims: Sequence[Claim]) -> Iterator[Finding]:
    by_period: dict[tuple[object, object], Claim] = {}
    for claim in claims:
        if by_period.setdefault((claim.period.start, claim.period.end), claim) is not claim:
            return  # two figures of one period: which one belongs to the series is not for us to say
    ordered = sorted(by_period.values(), key=lambda c: (c.period.start, c.period.end))
    inner = [c for c in ordered if not any(o is not c and o.period.within(c.period) for o in ordered[:200])]
    for whole in ordered[:200]:
        if whole in inner:
            continue
        parts = [c for c in inner if c.period.within(whole.period)]
        fits = parts[0].period.start == whole.period.start and parts[-1].period.end == whole.period.end
        if not fits or any(not b.period.follows(a.period) for a, b in pairwise(parts)):
            continue
        if any(part.part_of == whole.id for part in parts):
            continue  # summed as parts
        yield from _over_time(book, whole, parts)


def _over_time(book: Book, whole: Claim, parts: Sequence[Claim]) -> Iterator[Finding]:
    known, together = book.known(whole), total(book.known(part) for part in parts)
    again = whole.measure in book.rules.own  # somebody assisted in two years is one person in the figure of both
    if known.meets(together) or (again and known.below(together)):
        return
    text = f"{listed(parts)} follow each other and give {together.said()}, but over the same time {whole.named()}"
    same = "the same source" if all(part.source == whole.source for part in parts) else whole.source or "another source"
    yield finding("sum", [whole, *parts], f"{text} is stated by {same}.")
