"""A derived value: what was computed of which figures, between which bounds, or why it must not be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from fener.evidence.claims.bounds import Bounds, Exact
from fener.evidence.claims.model import Claim
from fener.evidence.numerals import number, plain


@dataclass(frozen=True)
class Value:
    """``value`` is exact (None where only bounds are known or where it is refused); ``low`` and ``high`` its bounds,
    None without end; ``unit`` percent, ratio or count; ``inputs`` the figures in the order of the formula."""

    kind: str
    inputs: tuple[Claim, ...]
    unit: str
    formula: str
    value: Exact | None = None
    low: Exact | None = None
    high: Exact | None = None
    refused: str | None = None
    warning: str | None = None
    acknowledged_by: str | None = None
    name: str = ""  # of the rate in the catalogue
    tag: str = ""  # what a change is, as far as the file says

    @property
    def points(self) -> bool:
        """Whether it is what lies between two percentages, and no percentage of anything."""
        return self.kind == "difference" and self.unit == "percent" and not self.formula.startswith("100 - ")

    def to_json(self) -> dict[str, Any]:
        """The record of the contract; ``difference_in`` (of percentages), ``name``, ``tag``, ``warning`` and
        ``acknowledged_by`` only where there are."""
        record: dict[str, Any] = {
            "kind": self.kind,
            "inputs": [claim.id for claim in self.inputs],
            "value": None if self.value is None else number(self.value),
            "low": None if self.low is None else number(self.low),
            "high": None if self.high is None else number(self.high),
            "unit": self.unit,
            "formula": self.formula,
            "refused": self.refused,
        }
        extra = {
            "difference_in": "percentage points" if self.points else "",
            "name": self.name,
            "tag": self.tag,
            "warning": self.warning,
            "acknowledged_by": self.acknowledged_by,
        }
        return record | {key: text for key, text in extra.items() if text}

    def said(self) -> str:
        """For people: "-81.3 %", "at least 4.2 %", "9.3 to 11.1 %", or the refusal."""
        if self.refused:
            return "refused"
        mark = " percentage points" if self.points else " %" if self.unit == "percent" else ""
        bounds = _bounds_said(self.low, self.high)
        if self.value is None:
            return bounds + mark
        exact = self.low == self.value == self.high
        return f"{plain(self.value)}{mark}" if exact else f"{plain(self.value)}{mark} ({bounds})"


def _bounds_said(low: Exact | None, high: Exact | None) -> str:
    if low is None and high is None:
        return "anything"
    if high is None and low is not None:
        return f"at least {plain(low)}"
    if low is None and high is not None:
        return f"at most {plain(high)}"
    return f"{plain(low or 0)} to {plain(high or 0)}"


def points(claims: Sequence[Claim]) -> list[Exact] | None:
    """The numbers that stand for the figures by themselves, or None where one states bounds only."""
    given = [Fraction(c.value) for c in claims if c.value is not None and c.qualifier in ("=", "~")]
    return [n.numerator if n.denominator == 1 else n for n in given] if len(given) == len(claims) else None


def result(kind: str, claims: Sequence[Claim], unit: str, formula: str, value: Exact | None, bounds: Bounds) -> Value:
    """A computed value. Where bounds meet in one number it is the value, also of figures that state bounds only."""
    exact = bounds.low if value is None and bounds.exact else value
    return Value(kind, tuple(claims), unit, formula, exact, bounds.low, bounds.high)
