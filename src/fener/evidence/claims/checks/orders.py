"""Orders that cannot be: more returned than identified, more out than in, a child as willing, two plans in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from fener.evidence.claims.book import Book
from fener.evidence.claims.catalogue import words
from fener.evidence.claims.findings import ERROR, WARNING, Finding, finding
from fener.evidence.claims.model import Claim
from fener.evidence.numerals import plain


def find(book: Book) -> Iterable[Finding]:
    """Findings of class ``logic``."""
    yield from _measures(book)
    yield from _closed(book)
    yield from _children(book)
    yield from _exclusive(book)


def _measures(book: Book) -> Iterator[Finding]:
    ordered = {measure for pair in book.rules.orders for measure in pair}
    at: dict[tuple[object, ...], dict[str, Claim]] = defaultdict(dict)
    for claim in book.claims:
        if claim.bounds is not None and claim.measure in ordered and not claim.share:
            key = (claim.jurisdiction, claim.source, claim.unit, claim.population, book.period(claim))
            at[key].setdefault(claim.measure, claim)
    for claims in at.values():
        for less, more in book.rules.orders:
            some, all_ = claims.get(less), claims.get(more)
            if some is None or all_ is None or some.bounds is None or all_.bounds is None:
                continue
            if all_.bounds.below(some.bounds) and not some.part_of:
                text = (
                    f"More {less} than {more}: {some.named()} against {all_.named()}, both by "
                    f"{some.source or 'a source that is not named'} for {book.period(some).said()}."
                )
                yield finding("logic", [some, all_], text, WARNING)


def _closed(book: Book) -> Iterator[Finding]:
    """Exits above entries, with what earlier periods left behind said."""
    for out_words, in_words in book.rules.closed:
        systems: dict[tuple[object, ...], dict[object, dict[str, Claim]]] = defaultdict(lambda: defaultdict(dict))
        for claim in book.claims:
            if claim.bounds is None or claim.share:
                continue
            side, rest = _side(claim.measure, claim.population, claim.unit, out_words, in_words)
            if side:
                key = (
                    claim.jurisdiction,
                    claim.source,
                    claim.unit if claim.unit not in out_words | in_words else "",
                    rest,
                )
                systems[key][book.period(claim)].setdefault(side, claim)
        for periods in systems.values():
            yield from _balance([both for _, both in sorted(periods.items(), key=lambda item: str(item[0]))])


@lru_cache(maxsize=100_000)
def _side(
    measure: str, population: frozenset[str], unit: str, out_words: frozenset[str], in_words: frozenset[str]
) -> tuple[str, tuple[str, ...]]:
    """Whether a figure is of what goes out or in, and what else its measure and population say."""
    terms = [*words(measure), *sorted(population), *words(unit)]
    for side, theirs in (("out", out_words), ("in", in_words)):
        if any(term in theirs for term in terms):
            return side, tuple(term for term in terms if term not in theirs and term != unit)
    return "", ()


def _balance(periods: Sequence[dict[str, Claim]]) -> Iterator[Finding]:
    left, known = 0, 0
    for both in periods:
        out, into = both.get("out"), both.get("in")
        if out is None or into is None or out.bounds is None or into.bounds is None:
            continue
        if into.bounds.below(out.bounds):
            text = f"More went out than came in: {out.named()} against {into.named()} in {into.period.said()}"
            over = out.bounds.low - (into.bounds.high or 0) - left
            if known and left > 0:
                text += f"; earlier periods leave {plain(left)} inside, so {plain(max(over, 0))} remain unexplained"
            yield finding("logic", [out, into], f"{text}. In a closed system this cannot be.", WARNING)
        if out.bounds.exact and into.bounds.exact:
            left, known = left + int(into.bounds.low) - int(out.bounds.low), known + 1


def _children(book: Book) -> Iterator[Finding]:
    rules = book.rules
    minor = rules.population("minor")
    of_children: dict[str, bool] = {}
    for claim in book.claims:
        if claim.measure not in of_children:
            of_children[claim.measure] = minor <= rules.population("+".join(words(claim.measure)))
        if not of_children[claim.measure] and not minor <= claim.population:
            continue
        for named in (claim, *book.above(claim)):
            said = words(f"{named.measure} {' '.join(sorted(named.population))} {named.definition} {named.note}")
            found = next((word for word in said if word in rules.child_words), None)
            if found and not any(word in rules.child_but for word in said) and claim.measure not in rules.child_but:
                told = f"{claim.named()} counts children" + (f" among {named.named()}" if named is not claim else "")
                text = f'{told} as "{found}": a child\'s consent means nothing, so no child can be counted as such.'
                yield finding("logic", [claim] if named is claim else [claim, named], text, ERROR)
                break


def _exclusive(book: Book) -> Iterator[Finding]:
    """Plans in force at one time, and plans adopted after they were to begin."""
    for plan_words, unit in book.rules.exclusive:
        at: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
        for claim in book.claims:
            if claim.unit in (unit, "", "document") and claim.period.stated and plan_words & set(words(claim.measure)):
                at[claim.jurisdiction, claim.measure, claim.population].append(claim)
        for plans in at.values():
            plans.sort(key=lambda c: (c.period.start is not None, c.period.start))
            for plan in plans:
                if plan.as_of and plan.period.start and plan.as_of > plan.period.start:
                    start = plan.period.start
                    text = f"{plan.id} was adopted on {plan.as_of}, after the day on which it begins ({start})."
                    yield finding("logic", [plan], text, WARNING)
            for one, two in pairwise(plans):
                if one.period.overlaps(two.period):
                    text = (
                        f"{one.id} ({one.period.said()}) and {two.id} ({two.period.said()}) hold at the same time: "
                        "which one is in force?"
                    )
                    yield finding("logic", [one, two], text, WARNING)
