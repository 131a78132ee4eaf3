"""Recomputed values: what figures allow, exactly and with bounds, and what they do not, with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from fener.bad_input import BadInput
from fener.evidence.claims.book import Book
from fener.evidence.claims.bounds import NOTHING_KNOWN, Bounds, total
from fener.evidence.claims.checks.conflicts import bare_part
from fener.evidence.claims.deriving.compute import compute
from fener.evidence.claims.deriving.values import Value, points, result
from fener.evidence.claims.model import Claim
from fener.evidence.claims.series import neighbours, splices

MANY = {"sum": "two or more", "difference": "two or more"}


def derive(
    book: Book, *, kind: str | None = None, inputs: Sequence[str] = (), acknowledged_by: str | None = None
) -> list[Value]:
    """All values that the file gives by itself, those of one ``kind``, or with ``inputs`` (ids) exactly one.

    Raises BadInput for an id that the file does not have or has twice, and for a number of inputs that the kind does
    not take.
    """
    if inputs:
        return [compute(book, kind or _kind_of(inputs), _claims(book, kind, inputs), acknowledged_by=acknowledged_by)]
    found = [*_shares(book), *_changes(book, acknowledged_by), *_rates(book)]
    return [value for value in found if kind is None or value.kind == kind]


def _kind_of(inputs: Sequence[str]) -> str:
    raise BadInput(f"--inputs {','.join(inputs)}: say with --kind what is to be computed of them")


def _claims(book: Book, kind: str | None, inputs: Sequence[str]) -> list[Claim]:
    for name in inputs:
        if name not in book.by_id:
            raise BadInput(f'{book.file}: no figure has the id "{name}"')
        if name in book.twice:
            rows = ", ".join(str(claim.row) for claim in book.twice[name])
            raise BadInput(f'{book.file}: rows {rows}, column id: "{name}" stands for more than one figure')
    if len(inputs) < 2 or (len(inputs) > 2 and kind not in MANY):
        raise BadInput(f"--inputs {','.join(inputs)}: {kind} takes {MANY.get(kind or '', 'two')} figures")
    return [book.by_id[name] for name in inputs]


def _shares(book: Book) -> Iterator[Value]:
    """Each part of its whole, each count of its base, and what the parts of a breakdown leave over."""
    for claim in book.claims:
        if claim.share:
            if claim.bounds is not None and not claim.base and not claim.part_of:
                why = "a share without its base gives no count"
                yield Value("share", (claim,), "percent", claim.id, refused=why)
            continue
        for above in dict.fromkeys(name for name in (claim.part_of, claim.base) if name):
            yield compute(book, "share", [claim, book.by_id[above]])
    yield from _rest_of_shares(book)
    for whole_id in book.parts:
        whole = book.by_id[whole_id]
        for parts in book.breakdowns(whole_id).values():
            # A part in other units is not left out in silence: the refusal says why nothing is taken away.
            counts = list(parts) if any(part.unit == whole.unit for part in parts) else []
            if counts and whole.bounds is not None and all(part.bounds is not None for part in counts):
                left = compute(book, "difference", [whole, *counts])
                if left.refused or left.high is None or left.high > 0:
                    yield left


def _rest_of_shares(book: Book) -> Iterator[Value]:
    """What the shares of one base in one breakdown leave unnamed, in percent of it."""
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if claim.share and claim.base and claim.breakdown and not claim.part_of and claim.bounds is not None:
            groups[claim.base, claim.breakdown].append(claim)
    for shares in groups.values():
        left = Bounds(100, 100) - total(share.bounds or NOTHING_KNOWN for share in shares)
        if left.high is None or left.high > 0:
            given = points(shares)
            formula = " - ".join(["100", *(share.id for share in shares)])
            bounds = Bounds(max(left.low, 0), left.high)
            yield result("difference", shares, "percent", formula, 100 - sum(given) if given else None, bounds)


def _changes(book: Book, acknowledged_by: str | None) -> Iterator[Value]:
    """Each change to the next period of one series; of spliced series with the reason why there is none."""
    series: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if claim.unit not in book.rules.labels and claim.unit not in book.rules.things and not bare_part(book, claim):
            key = (claim.jurisdiction, claim.source, claim.measure, claim.unit, claim.population)
            extra = (claim.base and claim.breakdown) if claim.share else ""
            series[*key, extra].append(claim)
    done: set[tuple[str, str]] = set()
    for claims in series.values():
        for before, after in neighbours(claims):
            done.add((before.id, after.id))
            kind = "difference" if before.share else "change"
            yield compute(book, kind, [before, after] if kind == "change" else [after, before])
    for splice in splices(book):
        if (splice.before.id, splice.after.id) not in done:
            yield compute(book, "change", [splice.before, splice.after], acknowledged_by=acknowledged_by)


def _rates(book: Book) -> Iterator[Value]:
    """The rates of the catalogue, of one source and period."""
    at: dict[tuple[object, ...], dict[tuple[str, str], list[Claim]]] = defaultdict(lambda: defaultdict(list))
    wanted = {pair for rate in book.rules.rates for pair in (rate.of, rate.to)}
    for claim in book.claims:
        if (claim.measure, claim.unit) in wanted and claim.bounds is not None and not bare_part(book, claim):
            period = book.period(claim)
            if period.stated:
                at[claim.jurisdiction, claim.source, period][claim.measure, claim.unit].append(claim)
    for figures in at.values():
        for rate in book.rules.rates:
            for of, to in _pairs(rate.kind, figures.get(rate.of, ()), figures.get(rate.to, ())):
                yield compute(book, rate.kind, [of, to], name=rate.code)


def _pairs(kind: str, above: Sequence[Claim], below: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Of one population where it is a rate; the totals of each where it is a ratio between units."""
    if kind == "ratio":
        tops = [c for c in above if not c.part_of] or list(above)
        bases = [c for c in below if not c.part_of] or list(below)
        if len(tops) == 1 and len(bases) == 1:
            yield tops[0], bases[0]
        return
    bases_by = {claim.population: claim for claim in reversed(below)}
    for of in above:
        if of.population in bases_by:
            yield of, bases_by[of.population]
