"""The arithmetic: exact, with the bounds of what went in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from fener.evidence.claims.book import Book
from fener.evidence.claims.bounds import NOTHING_KNOWN, Bounds, Exact, total
from fener.evidence.claims.deriving.refusals import reasons
from fener.evidence.claims.deriving.values import Value, points, result
from fener.evidence.claims.model import Claim
from fener.evidence.claims.series import tag

UNITS = {
    "change": "percent",
    "share": "percent",
    "rate": "percent",
    "ratio": "ratio",
    "sum": "count",
    "difference": "count",
}
FORMULAS = {
    "change": "({b} - {a}) / {a} * 100",
    "share": "{a} / {b} * 100",
    "rate": "{a} / {b} * 100",
    "ratio": "{a} / {b}",
}
LONGEST = 3  # reasons that are printed of one refusal


def compute(
    book: Book, kind: str, claims: Sequence[Claim], *, acknowledged_by: str | None = None, name: str = ""
) -> Value:
    """``kind`` of these figures, or its refusal. What can be answered for is computed once somebody is named, and
    then carries the reason as a warning."""
    unit = "percent" if kind in ("sum", "difference") and claims[0].share else UNITS[kind]
    formula = _formula(kind, claims)
    against = list(dict.fromkeys(reasons(book, kind, claims)))
    what = tag(claims[0], claims[1]) if kind == "change" else ""
    standing = against if acknowledged_by is None else [reason for reason in against if not reason.answerable]
    if standing:
        told = "; ".join(reason.text for reason in standing[:LONGEST])
        more = f"; and {len(standing) - LONGEST} more reasons" if len(standing) > LONGEST else ""
        return Value(kind, tuple(claims), unit, formula, refused=told + more, name=name, tag=what)
    value = _KINDS[kind](claims, unit, formula)
    warning = "; ".join(reason.text for reason in against) or None
    if warning and kind == "sum" and value.low is not None:
        least = max(claim.bounds.low for claim in claims if claim.bounds)  # if all of them are the same persons
        value = _with(value, low=least)
    if not warning and kind == "rate" and len({claim.source for claim in claims}) > 1:
        warning = "numerator and denominator are of different sources"
    return _with(value, warning=warning, acknowledged_by=acknowledged_by if against else None, name=name, tag=what)


def _with(value: Value, **changed: object) -> Value:
    return replace(value, **changed)  # type: ignore[arg-type]


def _formula(kind: str, claims: Sequence[Claim]) -> str:
    ids = [claim.id for claim in claims]
    if kind in FORMULAS:
        return FORMULAS[kind].format(a=ids[0], b=ids[1])
    return (" + " if kind == "sum" else " - ").join(ids)


def _known(claim: Claim) -> Bounds:
    return claim.bounds or NOTHING_KNOWN


def _hundred(bounds: Bounds) -> Bounds:
    return bounds.times(100)


def _change(claims: Sequence[Claim], unit: str, formula: str) -> Value:
    before, after = claims
    ratio = _hundred(_known(after).over(_known(before)))
    bounds = Bounds(ratio.low - 100, None if ratio.high is None else ratio.high - 100)
    both = points(claims)
    value = Fraction(both[1] - both[0]) / both[0] * 100 if both and both[0] else None
    return result("change", claims, unit, formula, value, bounds)


def _share(claims: Sequence[Claim], unit: str, formula: str) -> Value:
    value, bounds = _quotient(claims, 100)
    capped = Bounds(min(bounds.low, 100), 100 if bounds.high is None or bounds.high > 100 else bounds.high)
    over = value is not None and value > 100  # more than its whole: class ``sum`` says so, and it is not hidden here
    return result("share", claims, unit, formula, value, bounds if over else capped)


def _rate(claims: Sequence[Claim], unit: str, formula: str) -> Value:
    return result("rate", claims, unit, formula, *_quotient(claims, 100))


def _ratio(claims: Sequence[Claim], unit: str, formula: str) -> Value:
    return result("ratio", claims, unit, formula, *_quotient(claims, 1))


def _quotient(claims: Sequence[Claim], times: int) -> tuple[Exact | None, Bounds]:
    one, two = claims
    both = points(claims)
    value = Fraction(both[0]) / both[1] * times if both and both[1] else None
    return value, _known(one).over(_known(two)).times(times)


def _sum(claims: Sequence[Claim], unit: str, formula: str) -> Value:
    given = points(claims)
    return result("sum", claims, unit, formula, sum(given) if given else None, total(map(_known, claims)))


def _difference(claims: Sequence[Claim], unit: str, formula: str) -> Value:
    given = points(claims)
    value = given[0] - sum(given[1:]) if given else None
    parts = total(map(_known, claims[1:]))
    bounds = _known(claims[0]) - parts
    if parts.high is None:
        return Value("difference", tuple(claims), unit, formula, value, None, bounds.high)
    return result("difference", claims, unit, formula, value, bounds)


_KINDS: dict[str, Callable[[Sequence[Claim], str, str], Value]] = {
    "change": _change,
    "share": _share,
    "rate": _rate,
    "ratio": _ratio,
    "sum": _sum,
    "difference": _difference,
}
