"""A published figure as it was published, and a file of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from fener.evidence.claims.bounds import Bounds, printed


@dataclass(frozen=True, slots=True, eq=False)  # a book has each period once, so identity is equality
class Period:
    """From ``start`` to ``end``, both days included; None: not stated (without end, it runs on)."""

    start: date | None
    end: date | None

    @property
    def stated(self) -> bool:
        """Whether anything is stated at all."""
        return self.start is not None or self.end is not None

    @property
    def whole(self) -> bool:
        """Whether both ends are stated, in their order."""
        return self.start is not None and self.end is not None and self.start <= self.end

    @property
    def days(self) -> int:
        """Length in days; 0 if an end is not stated."""
        return (self.end - self.start).days + 1 if self.start and self.end else 0

    def overlaps(self, other: Period) -> bool:
        """Whether a day lies in both; a period without a start or an end reaches as far as it can."""
        return not (
            (self.end is not None and other.start is not None and self.end < other.start)
            or (other.end is not None and self.start is not None and other.end < self.start)
        )

    def within(self, other: Period) -> bool:
        """Whether all its days lie in the other; both whole, or they are equal."""
        if self == other:
            return True
        if self.start is None or self.end is None:
            return False
        return (other.start is None or other.start <= self.start) and (other.end is None or self.end <= other.end)

    def follows(self, other: Period) -> bool:
        """Whether it begins on the day after the other ends."""
        return other.end is not None and self.start == other.end + timedelta(days=1)

    def said(self) -> str:
        """ "2003", "2003-01 to 2003-09", "2003-01-15 to 2003-02-03", "since 2003-01-01", "no stated period"."""
        if self.start is None and self.end is None:
            return "no stated period"
        if self.end is None:
            return f"since {self.start}"
        if self.start is None:
            return f"until {self.end}"
        first = (self.start.month, self.start.day) == (1, 1)
        last = (self.end.month, self.end.day) == (12, 31)
        if first and last:
            same = self.start.year == self.end.year
            return str(self.start.year) if same else f"{self.start.year} to {self.end.year}"
        return f"{self.start} to {self.end}"


@dataclass(slots=True, eq=False)  # not frozen: that makes a million of them four times slower to make
class Claim:
    """One row, never changed once it is read; claims are the same only if they are the same row.

    ``bounds`` is what the value with its qualifier allows, None where there is no value; ``population`` holds the terms
    with synonyms folded.
    """

    id: str
    row: int
    jurisdiction: str
    measure: str
    unit: str
    population: frozenset[str]
    period: Period
    qualifier: str
    value: Decimal | None
    bounds: Bounds | None
    missing: str
    part_of: str
    parts_complete: bool
    breakdown: str
    base: str
    overlaps: tuple[str, ...]
    source: str
    source_type: str
    definition: str
    as_of: date | None
    place: str
    note: str
    method: str = ""
    verified: str = ""
    interest: str = ""
    value_high: Decimal | None = None  # the other end of a range, as printed
    when: Period = Period(None, None)  # its period, or that of its whole or base where it states none

    @property
    def share(self) -> bool:
        """Whether it is a share in percent."""
        return self.unit == "percent" or self.measure == "share"

    def said(self) -> str:
        """The figure as printed, with its qualifier: "18", "about 600 000", "more than 20"."""
        if self.value is None or self.bounds is None:
            return f"no value ({self.missing})" if self.missing else "no value"
        fewer = "less than " if self.bounds.open_high else "fewer than "  # of what is measured, of what is counted
        word = {"~": "about ", "<": fewer, "<=": "at most ", ">": "more than ", ">=": "at least "}
        text = f"{word.get(self.qualifier, '')}{spaced(self.value)}"
        if self.qualifier == "range" and self.value_high is not None and self.value_high != self.value:
            text += f" to {spaced(self.value_high)}"
        return f"{text} %" if self.share else text

    def named(self) -> str:
        """Its id with its figure, for a sentence."""
        return f"{self.id} ({self.said()})"

    def population_said(self) -> str:
        """The terms in order, or "nobody in particular"."""
        return "+".join(sorted(map(_code, self.population))) or "no stated population"


def _code(term: str) -> str:
    return term.upper() if len(term) == 2 else term  # a country's code


def spaced(value: Decimal) -> str:
    """A printed number with thousands spaced, its digits as printed."""
    whole, _, rest = f"{value:f}".partition(".")
    return f"{int(whole):,}".replace(",", " ") + (f".{rest}" if rest else "")


def point(claim: Claim) -> Decimal | None:
    """The number that stands for the claim by itself: of "=" and "about"; None where only bounds are stated."""
    return claim.value if claim.qualifier in ("=", "~") else None


def exact_value(claim: Claim) -> int | None:
    """The whole number that is stated as exactly that, or None."""
    if claim.value is None or claim.qualifier != "=":
        return None
    number = printed(claim.value)
    return number if isinstance(number, int) else None
