"""The same thing with different values: of two sources, of one source twice, or through what a whole leaves over.

Two figures are about the same thing when jurisdiction, measure, unit, population and definition (where both state one)
are the same and their periods overlap. Parts that their row does not tell apart, and figures that the file itself
links (overlap, part, base), are left to the other checks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from fener.evidence.claims.book import Book
from fener.evidence.claims.bounds import Bounds, Exact
from fener.evidence.claims.checks.revisions import revised
from fener.evidence.claims.findings import ERROR, QUESTION, WARNING, Finding, finding, listed
from fener.evidence.claims.model import Claim, Period

Key = TypeVar("Key", bound=Hashable)
Subject = tuple[str, str, str, frozenset[str]]
FEW = 12
MOST_PERIODS = 200  # of one subject: beyond, each period is compared with its neighbours only


def find(book: Book) -> Iterable[Finding]:
    """Findings of class ``conflict``."""
    subjects = _subjects(book)
    for claims in subjects.values():
        if len(claims) > 1:
            yield from _subject(book, claims)
    yield from _narrower(book, subjects)
    yield from _complements(book, subjects)


def comparable(book: Book, claim: Claim) -> bool:
    """Whether the row says enough of itself to stand beside others: a value, no label, and not a bare part."""
    if claim.bounds is None or claim.unit in book.rules.labels or claim.id in book.twice:
        return False
    if claim.share:
        return False  # class ``denominator``
    if claim.unit in book.rules.exclusive_units:
        return False  # class ``logic``
    return not bare_part(book, claim)


def bare_part(book: Book, claim: Claim) -> bool:
    """A part that neither its population, measure nor period tells from its whole or from another part of it."""
    if not claim.part_of:
        return False
    whole = book.by_id[claim.part_of]
    key = (claim.population, claim.measure, book.period(claim))
    if key == (whole.population, whole.measure, book.period(whole)):
        return True
    return (*key, claim.breakdown) in _repeated(book, claim.part_of)


def _repeated(book: Book, whole: str) -> frozenset[object]:
    cache: dict[str, frozenset[object]] = book.__dict__.setdefault("_repeated_parts", {})
    if whole not in cache:
        seen: set[object] = set()
        again: set[object] = set()
        for part in book.parts[whole]:
            key = (part.population, part.measure, book.period(part), part.breakdown)
            (again if key in seen else seen).add(key)
        cache[whole] = frozenset(again)
    return cache[whole]


def _subjects(book: Book) -> Mapping[Subject, Sequence[Claim]]:
    subjects: dict[Subject, list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if comparable(book, claim):
            subjects[claim.jurisdiction, claim.measure, claim.unit, claim.population].append(claim)
    return subjects


def _subject(book: Book, claims: Sequence[Claim]) -> Iterator[Finding]:
    periods: dict[Period, list[Claim]] = defaultdict(list)
    for claim in claims:
        period = book.period(claim)
        if period.stated:
            periods[period].append(claim)
    for same in periods.values():
        yield from _one_period(book, same)
    if len(periods) > 1:
        ordered = sorted(periods, key=lambda p: (str(p.start or ""), str(p.end or "9999")))
        yield from _across(book, ordered, periods)


def _one_period(book: Book, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Figures of one period, by definition; one finding for all that stand against each other."""
    by_definition: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_definition[claim.definition].append(claim)
    undefined = by_definition.pop("", [])
    for group in [[*undefined, *others] for others in by_definition.values()] or [undefined]:
        if len(group) < 2 or _common(group):
            continue
        revisions, standing = revised(book, group)
        yield from revisions
        against = _against(book, standing)
        if against:
            yield _same_period(book, against)


def _common(claims: Sequence[Claim]) -> bool:
    """Whether one value satisfies all."""
    highest = max((c.bounds for c in claims if c.bounds), key=lambda b: (b.low, b.open_low))
    return all(c.bounds is not None and c.bounds.meets(highest) for c in claims)


def _against(book: Book, claims: Sequence[Claim]) -> list[Claim]:
    """Those that differ from another without the file saying how the two belong together."""
    if len(claims) > MOST_PERIODS:  # only extremes are looked at; thousands of one thing are one finding anyway
        ordered = sorted(claims, key=lambda c: c.bounds.low if c.bounds else 0)
        claims = [*ordered[:10], *ordered[-10:]]
    found: dict[str, Claim] = {}
    for i, one in enumerate(claims):
        for two in claims[i + 1 :]:
            if one.bounds and two.bounds and not one.bounds.meets(two.bounds) and not book.linked(one, two):
                if _provider_within_country(book, one, two):
                    continue
                found |= {one.id: one, two.id: two}
    return sorted(found.values(), key=lambda c: c.row)


def _provider_within_country(book: Book, one: Claim, two: Claim) -> bool:
    """A provider's own figure may be less than the country's; it is one of those whom the country counts."""
    own = [book.rules.counts_own(c.measure, c.source_type) for c in (one, two)]
    if own[0] == own[1]:
        return False
    mine, country = (one, two) if own[0] else (two, one)
    stated = country.source_type in ("ministry", "register")
    return stated and mine.bounds is not None and country.bounds is not None and mine.bounds.below(country.bounds)


def _same_period(book: Book, claims: Sequence[Claim]) -> Finding:
    first = claims[0]
    sources = list(dict.fromkeys(claim.source or "a source that is not named" for claim in claims))
    what = f"{first.measure} ({first.unit}, {first.population_said()}) in {book.period(first).said()}"
    if len(sources) == 1:
        text = f"{sources[0]} gives two values for one thing, {what}: {listed(claims)}."
        return finding("count" if first.unit in book.rules.things else "conflict", claims, text, WARNING)
    told = ", ".join(f"{c.named()} by {c.source or 'a source that is not named'}" for c in claims[:6])
    text = f"Sources differ on {what}: {told}."
    own = [book.rules.counts_own(c.measure, c.source_type) for c in claims]
    if all(own):
        text += " Each may count its own clients; if they may be the same persons, mark the overlap."
        return finding("conflict", claims, text, QUESTION)
    return finding("conflict", claims, text, WARNING)


def _across(book: Book, ordered: Sequence[Period], periods: Mapping[Period, Sequence[Claim]]) -> Iterator[Finding]:
    """Periods that are not the same but share days."""
    for i, first in enumerate(ordered):
        for second in ordered[i + 1 : i + 1 + MOST_PERIODS]:
            if not first.overlaps(second):
                if second.start is not None and first.end is not None and second.start > first.end:
                    break
                continue
            for one in periods[first][:20]:
                for two in periods[second][:20]:
                    found = _shared_days(book, one, two)
                    if found:
                        yield found


def _shared_days(book: Book, one: Claim, two: Claim) -> Finding | None:
    if one.bounds is None or two.bounds is None or one.bounds.meets(two.bounds) or book.linked(one, two):
        return None
    if one.definition and two.definition and one.definition != two.definition:
        return None
    if book.rules.kind(one.measure) != "flow":
        return None  # a stock is of a day
    mine, theirs = book.period(one), book.period(two)
    for part, whole in ((one, two), (two, one)):
        if book.period(part).within(book.period(whole)):
            return _within(book, part, whole)
    if one.source == two.source or _provider_within_country(book, one, two):
        return None  # one source may count by calendar and by financial year
    text = (
        f"{one.named()} by {one.source} is of {mine.said()} and {two.named()} by {two.source} of {theirs.said()}: "
        "the periods only overlap, so both may be right. Which part of the difference is the period?"
    )
    return finding("conflict", [one, two], text, QUESTION)


def _within(book: Book, part: Claim, whole: Claim) -> Finding | None:
    """A shorter period inside a longer one."""
    if part.bounds is None or whole.bounds is None:
        return None
    mine, theirs = book.period(part), book.period(whole)
    said = f"{part.named()} by {part.source} is of {mine.said()}"
    if whole.bounds.below(part.bounds):
        if book.rules.counts_own(whole.measure, whole.source_type) and part.source != whole.source:
            return None
        text = f"{said}, yet {whole.named()} by {whole.source} counts fewer in the whole of {theirs.said()}."
        return finding("conflict", [part, whole], text, ERROR if part.source == whole.source else WARNING)
    if part.source == whole.source or not theirs.whole or 2 * mine.days < theirs.days:
        return None
    if _provider_within_country(book, part, whole):
        return None
    text = (
        f"{said}, {whole.named()} by {whole.source} of {theirs.said()}: do the sources differ, or is the difference "
        "what happened in the rest of the time?"
    )
    return finding("conflict", [part, whole], text, QUESTION)


def _narrower(book: Book, subjects: Mapping[Subject, Sequence[Claim]]) -> Iterator[Finding]:
    """Some of a population cannot be more than all of it, whoever says so."""
    families: dict[tuple[str, str, str], list[frozenset[str]]] = defaultdict(list)
    for jurisdiction, measure, unit, population in subjects:
        families[jurisdiction, measure, unit].append(population)
    for family, populations in families.items():
        present = set(populations)
        for population in populations:
            for wider in _wider(population, present):
                yield from _some_against_all(book, subjects[*family, population], subjects[*family, wider])


def _some_against_all(book: Book, some: Sequence[Claim], all_: Sequence[Claim]) -> Iterator[Finding]:
    """Each figure against its own source's; across sources the most against the least of one period."""
    near = _near(book, all_)
    for claim in some:
        for whole in near(claim):
            found = _some_of_all(book, claim, whole)
            if found:
                yield found
    some_by = _by(some, book.period)
    for period, wholes in _by(all_, book.period).items():
        least = min(wholes, key=lambda c: (c.bounds is None or c.bounds.high is None, _high(c)))
        others = [claim for claim in some_by.get(period, ()) if claim.source != least.source]
        if others:
            found = _some_of_all(book, max(others, key=lambda c: c.bounds.low if c.bounds else 0), least)
            if found:
                yield found


def _near(book: Book, claims: Sequence[Claim]) -> Callable[[Claim], Sequence[Claim]]:
    """For a figure, those of ``claims`` by its source to hold against it: all if they are few, else of its period."""
    by_source = _by(claims, lambda c: c.source)
    by_period = _by(claims, lambda c: (c.source, book.period(c)))

    def of(claim: Claim) -> Sequence[Claim]:
        same = by_source.get(claim.source, ())
        return same if len(same) <= FEW else by_period.get((claim.source, book.period(claim)), ())

    return of


def _high(claim: Claim) -> Exact:
    return (claim.bounds.high if claim.bounds else None) or 0


def _by(claims: Sequence[Claim], key: Callable[[Claim], Key]) -> dict[Key, list[Claim]]:
    groups: dict[Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[key(claim)].append(claim)
    return groups


def _wider(population: frozenset[str], present: set[frozenset[str]]) -> Iterator[frozenset[str]]:
    if len(population) > 6:
        return
    terms = sorted(population)
    for mask in range(2 ** len(terms) - 1):
        wider = frozenset(term for i, term in enumerate(terms) if mask >> i & 1)
        if wider in present:
            yield wider


def _some_of_all(book: Book, some: Claim, all_: Claim) -> Finding | None:
    if some.bounds is None or all_.bounds is None or not all_.bounds.below(some.bounds) or book.linked(some, all_):
        return None
    mine, theirs = book.period(some), book.period(all_)
    if not mine.stated or not mine.within(theirs) or (some.definition and all_.definition != some.definition):
        return None
    if some.source != all_.source and book.rules.counts_own(all_.measure, all_.source_type):
        return None  # all of the clients of one provider need not hold some of another's
    text = (
        f"{some.named()} ({some.population_said()}) by {some.source or 'a source that is not named'} is more than "
        f"{all_.named()} ({all_.population_said()}) by {all_.source or 'a source that is not named'}, "
        f"which should contain them ({theirs.said()})."
    )
    return finding("conflict", [some, all_], text, WARNING)


def _complements(book: Book, subjects: Mapping[Subject, Sequence[Claim]]) -> Iterator[Finding]:
    """What a whole leaves over when some are taken away, against the figure of the others."""
    pairs = [(one, two, False) for one, two in book.rules.complements.items()]
    pairs += [(one, two, True) for one, two in book.rules.within_rest.items()]
    for (jurisdiction, measure, unit, population), claims in subjects.items():
        for term, rest_term, at_most in pairs:
            if term not in population:
                continue
            wholes = subjects.get((jurisdiction, measure, unit, population - {term}), ())
            stated = subjects.get((jurisdiction, measure, unit, (population - {term}) | {rest_term}), ())
            if not wholes or not stated or (term > rest_term and not at_most and _both(book, claims)):
                continue
            whole_by = _by(wholes, lambda c: (c.source, book.period(c)))
            rest_near = _near(book, stated)
            for some in claims:
                for whole in whole_by.get((some.source, book.period(some)), ())[:3]:
                    for rest in rest_near(some):
                        found = _left_over(book, whole, some, rest, at_most)
                        if found:
                            yield found


def _both(book: Book, claims: Sequence[Claim]) -> bool:
    """Whether these are parts: then the pair is looked at from the part's side only, once."""
    return not any(claim.part_of for claim in claims)


def _left_over(book: Book, whole: Claim, some: Claim, rest: Claim, at_most: bool) -> Finding | None:
    if not (whole.source == some.source == rest.source) or book.period(whole) != book.period(some):
        return None
    if whole.bounds is None or some.bounds is None or rest.bounds is None or rest.part_of == whole.id:
        return None
    if some.part_of not in ("", whole.id) or not book.period(rest).stated:
        return None
    left = whole.bounds - some.bounds
    if left.low < 0:
        return None  # the part is more than the whole, and said so already
    equal = book.period(rest) == book.period(whole) and not at_most
    if not (equal and not left.meets(rest.bounds)) and not (
        book.period(rest).within(book.period(whole)) and left.below(Bounds(rest.bounds.low, rest.bounds.low))
    ):
        return None
    text = (
        f"{whole.named()} less {some.named()} ({some.population_said()}) leaves {left.said()}, "
        f"but {rest.named()} ({rest.population_said()}) is stated by the same source, {whole.source}."
    )
    return finding("conflict", [whole, some, rest], text, WARNING)
