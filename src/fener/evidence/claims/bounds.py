"""Intervals with exact ends: what a figure with its qualifier says, and arithmetic that keeps it.

``high`` None means without end. An end that is *open* is not itself possible ("fewer than 20 %"). Whole numbers stay
whole; everything else is a Fraction, so that no finding comes from binary rounding.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fener.evidence.numerals import plain

Exact = int | Fraction


@dataclass(frozen=True, slots=True)
class Bounds:
    """From ``low`` to ``high`` (None: no end)."""

    low: Exact
    high: Exact | None
    open_low: bool = False
    open_high: bool = False

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    def meets(self, other: Bounds) -> bool:
        """Whether some number lies in both."""
        return not (self.below(other) or other.below(self))

    def below(self, other: Bounds) -> bool:
        """Whether every number in this is less than every number in the other."""
        if self.high is None:
            return False
        return self.high < other.low or (self.high == other.low and (self.open_high or other.open_low))

    def __add__(self, other: Bounds) -> Bounds:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Bounds(self.low + other.low, high, self.open_low or other.open_low, self.open_high or other.open_high)

    def __sub__(self, other: Bounds) -> Bounds:
        """The difference; its low end may lie below 0, and is minus "no end" (None is never a low end) cut at the
        least that the first can be minus what is known of the second."""
        low = self.low - (other.high if other.high is not None else self.low)
        high = None if self.high is None else self.high - other.low
        return Bounds(low, high, self.open_low or other.open_high, self.open_high or other.open_low)

    def times(self, factor: Exact) -> Bounds:
        """Multiplied by a number above 0."""
        return Bounds(
            self.low * factor, None if self.high is None else self.high * factor, self.open_low, self.open_high
        )

    def over(self, other: Bounds) -> Bounds:
        """The quotient of two that are not negative. ``other`` must not be able to be 0 only (ZeroDivisionError)."""
        if other.high == 0:
            raise ZeroDivisionError
        low = Fraction(0) if other.high is None else Fraction(self.low) / Fraction(other.high)
        unbounded = self.high is None or other.low == 0
        high = None if unbounded else Fraction(self.high or 0) / Fraction(other.low)
        return Bounds(low, high, self.open_low or other.open_high, self.open_high or other.open_low)

    def said(self) -> str:
        """For people: "18", "5 to 6", "more than 20", "at least 3"."""
        if self.exact:
            return plain(self.low)
        if self.high is None:
            return f"{'more than' if self.open_low else 'at least'} {plain(self.low)}"
        return f"{plain(self.low)} to {plain(self.high)}"


NOTHING_KNOWN = Bounds(0, None)


def total(parts: Iterable[Bounds]) -> Bounds:
    """The sum."""
    result = Bounds(0, 0)
    for part in parts:
        result = result + part
    return result


def printed(value: Decimal) -> Exact:
    """A printed number as an exact one."""
    number = Fraction(value)
    return number.numerator if number.denominator == 1 else number


def half_step(value: Decimal) -> Fraction:
    """Half the unit of the last printed digit: what rounding may have taken or added."""
    return Fraction(10) ** min(int(value.as_tuple().exponent), 0) / 2


def about(value: Decimal, *, percent: int, whole: bool) -> Bounds:
    """What "about" allows: ``percent`` of the value, or half its last significant digit if that is more."""
    number = abs(Fraction(value))
    _sign, digits, exponent = value.normalize().as_tuple()
    last = Fraction(10) ** int(exponent) / 2 if any(digits) else Fraction(1, 2)
    slack = max(number * percent / 100, last)
    low, high = max(Fraction(0), number - slack), number + slack
    if whole:
        return Bounds(int(low), int(high) if high.denominator == 1 else int(high) + 1)
    return Bounds(low, high)
