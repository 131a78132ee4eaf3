"""Numbers as they are printed: what counts as one, how many digits it shows, and how a result is written."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

WHOLE = re.compile(r"[0-9]{1,18}")
NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")


def printed_step(value: Decimal) -> Fraction:
    """The unit of the last digit that is printed: 45 → 1, 16.7 → 1/10, 16.70 → 1/100."""
    exponent = value.as_tuple().exponent
    return Fraction(10) ** min(int(exponent), 0)


def plain(value: Fraction | Decimal | int, digits: int = 1) -> str:
    """A number for people: whole as whole with thousands spaced, else rounded half away from zero to ``digits``."""
    number = Fraction(value)
    if number.denominator == 1:
        return f"{number.numerator:,}".replace(",", " ")
    scaled = abs(number) * 10**digits
    units = int(scaled + Fraction(1, 2))
    whole, rest = divmod(units, 10**digits)
    if whole == 0 and rest == 0:
        return plain(value, digits + 1) if digits < 6 else f"{float(number):.1e}"
    sign = "-" if number < 0 else ""
    return f"{sign}{whole:,}".replace(",", " ") + f".{rest:0{digits}d}"


def number(value: Fraction | Decimal | int) -> int | float:
    """A number for JSON: whole as int, else the nearest float."""
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else float(exact)
