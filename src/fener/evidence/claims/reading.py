"""A claims file in: each row a figure as published, or one line about what cannot be read."""

from __future__ import annotations

import difflib
from datetime import date
from decimal import Decimal
from pathlib import Path

from fener.bad_input import BadInput
from fener.evidence.claims.book import Book
from fener.evidence.claims.bounds import Bounds, Exact, about, half_step, printed
from fener.evidence.claims.catalogue import Catalogue, catalogue
from fener.evidence.claims.iso3166 import is_code
from fener.evidence.claims.model import Claim, Period
from fener.evidence.reading import Row, iter_rows, shown

REQUIRED = ("id", "jurisdiction", "measure", "unit", "value")
COLUMNS = (
    "id", "jurisdiction", "measure", "unit", "population", "period_start", "period_end", "qualifier", "value",
    "value_high", "missing", "part_of", "parts_complete", "breakdown", "base", "overlaps", "source", "source_type",
    "definition", "as_of", "place", "note", "method", "verified", "interest",
)  # fmt: skip
Given = tuple[str, Decimal | None, Decimal | None, Bounds | None]  # qualifier, value, value_high, what they allow
QUALIFIERS = ("=", "~", "<", "<=", ">", ">=", "range")
MISSING = (
    "refused", "restricted", "not_collected", "not_researched", "not_disaggregated", "unverifiable", "unknown",
)  # fmt: skip


def read_claims(path: str | Path) -> Book:
    """The claims of a CSV file, indexed. Raises BadInput with file, row, column and reason: a column that is absent,
    a number that is none, a negative or fractional count, an id that nothing has, a circle of parts."""
    rules = catalogue()
    maker = _Maker(rules)
    claims: list[Claim] = []
    for row in iter_rows(path, required=REQUIRED):
        if not claims:
            _no_slip_of_the_pen(path, row)
        claims.append(maker.claim(row))
    if not claims:
        raise BadInput(f"{path}: row 2: the file has a header but no figure")
    return Book.of(str(path), claims, rules)


def _no_slip_of_the_pen(path: str | Path, row: Row) -> None:
    """A column that is nearly named like one of the contract would be passed over in silence."""
    names = row.columns
    for name in names:
        near = [] if name in COLUMNS else difflib.get_close_matches(name, set(COLUMNS) - set(names), 1, 0.85)
        if near:
            raise BadInput(f"{path}: row 1, column {shown(name)[1:-1]}: is not known; is {near[0]} meant?")


class _Maker:
    """Rows to claims. Texts that repeat (a million rows have few) are made once."""

    def __init__(self, rules: Catalogue) -> None:
        self.rules = rules
        self._values: dict[tuple[str, ...], Given] = {}
        self._folded: dict[tuple[str, str, str, str], tuple[str, str, str, str]] = {}
        self._texts: dict[str, str] = {}
        self._dates: dict[str, date | None] = {"": None}
        self._populations: dict[str, frozenset[str]] = {}
        self._periods: dict[tuple[date | None, date | None], Period] = {}

    def claim(self, row: Row) -> Claim:
        text = dict(zip(COLUMNS, row.texts(COLUMNS), strict=True))
        if not text["id"]:
            row.fail("id", "is empty; each figure needs a name of its own")
        if not text["measure"]:
            row.fail("measure", "is empty; say what is counted")
        self._fold(row, text)
        unit = text["unit"] or ("percent" if text["measure"] == "share" else "")
        given = (text["value"], text["value_high"], text["qualifier"], text["missing"], text["measure"], unit)
        if given not in self._values:
            self._values[given] = self._value(row, text["measure"], unit)
        qualifier, value, high, bounds = self._values[given]
        start, end = self._date(row, "period_start", text), self._date(row, "period_end", text)
        once = self._once
        return Claim(
            id=text["id"],
            row=row.number,
            jurisdiction=once(text["jurisdiction"]),
            measure=once(text["measure"]),
            unit=once(unit),
            population=self._population(text["population"]),
            period=self._periods.get((start, end)) or self._periods.setdefault((start, end), Period(start, end)),
            qualifier=qualifier,
            value=value,
            bounds=bounds,
            missing=once(text["missing"]),
            part_of=once(text["part_of"]),
            parts_complete=bool(text["parts_complete"]) and row.one_of("parts_complete", ("yes", "no")) == "yes",
            breakdown=once(text["breakdown"]),
            base=once(text["base"]),
            overlaps=tuple(part.strip() for part in text["overlaps"].split(";") if part.strip())
            if text["overlaps"]
            else (),
            source=once(text["source"]),
            source_type=once(text["source_type"]),
            definition=once(text["definition"]),
            as_of=self._date(row, "as_of", text),
            place=once(text["place"]),
            note=once(text["note"]),
            method=once(text["method"]),
            verified=text["verified"] and row.one_of("verified", ("yes", "no")),
            interest=once(text["interest"]),
            value_high=high,
        )

    def _fold(self, row: Row, text: dict[str, str]) -> None:
        """A slip of the pen (ro, persons, Identified) would make a thing of its own, and every comparison would pass it
        by: capitals and plurals are folded, and what is in no list is told."""
        given = (text["jurisdiction"], text["measure"], text["unit"], text["source_type"])
        if given not in self._folded:
            self._folded[given] = self._as_listed(row, *given)
        text.update(zip(("jurisdiction", "measure", "unit", "source_type"), self._folded[given], strict=True))

    def _as_listed(self, row: Row, country: str, measure: str, unit: str, source: str) -> tuple[str, str, str, str]:
        rules = self.rules
        if country and not is_code(country.upper(), rules.countries):
            row.fail("jurisdiction", f"{shown(country)} is no code of ISO 3166 (RO, XK, BA-SRP)")
        if measure not in rules.kinds:
            measure = measure.casefold() if measure.casefold() in rules.kinds else measure
        if measure[:6].casefold() == "other:":
            measure = f"other:{measure[6:].strip()}"
        elif measure not in rules.kinds:
            near = difflib.get_close_matches(measure.casefold(), rules.kinds, 1, 0.84)
            advice = f"is {near[0]} meant?" if near else f'write "other:{measure[:40]}" for a measure of your own'
            row.fail("measure", f"{shown(measure)} is not in the catalogue; {advice}")
        if source and source.casefold() not in rules.source_types:
            row.fail("source_type", f"{shown(source)} is none of {', '.join(sorted(rules.source_types))}")
        return country.upper(), measure, rules.unit(unit), source.casefold()

    def _once(self, value: str) -> str:
        return self._texts.setdefault(value, value)

    def _date(self, row: Row, column: str, texts: dict[str, str]) -> date | None:
        text = texts[column]
        if text not in self._dates:
            self._dates[text] = row.date_or_none(column)
        return self._dates[text]

    def _population(self, text: str) -> frozenset[str]:
        if text not in self._populations:
            self._populations[text] = self.rules.population(text)
        return self._populations[text]

    def _value(self, row: Row, measure: str, unit: str) -> Given:
        row.one_of("missing", MISSING)
        value, high = row.number_or_none("value"), row.number_or_none("value_high")
        qualifier = row.one_of("qualifier", QUALIFIERS)
        if value is None:
            if high is not None:
                row.fail("value", "is empty, but value_high is not")
            return qualifier or "=", None, None, None
        if row["missing"]:
            row.fail("missing", f"says that there is no value, but the value is {shown(row['value'])}")
        self._possible(row, "value", value, measure, unit)
        if high is not None:
            self._possible(row, "value_high", high, measure, unit)
            if qualifier not in ("", "range", "~"):
                row.fail("value_high", f"belongs to a range, but the qualifier is {qualifier}")
            if high < value:
                row.fail("value_high", f"is {high}, less than the value {value}")
            return "range", value, high, self._range(value, high, unit)
        if qualifier == "range":
            row.fail("value_high", "is empty, but the qualifier is range")
        return qualifier or "=", value, None, self._bounds(qualifier or "=", value, unit)

    def _possible(self, row: Row, column: str, value: Decimal, measure: str, unit: str) -> None:
        if self.rules.whole(unit) or (not unit and measure in self.rules.kinds):
            unit = unit or measure
            if value < 0:
                row.fail(column, f"{shown(row[column])} is negative; a count of {unit} is 0 or more")
            if value != value.to_integral_value():
                row.fail(column, f"{shown(row[column])} is no whole number of {unit}")
        elif value < 0 and (unit == "percent" or measure in self.rules.kinds):
            row.fail(column, f"{shown(row[column])} is negative; a figure of this kind is 0 or more")

    def _slack(self, value: Decimal, unit: str) -> Exact:
        return half_step(value) if unit in self.rules.rounded else 0

    def _range(self, value: Decimal, high: Decimal, unit: str) -> Bounds:
        return Bounds(_least(value, self._slack(value, unit)), printed(high) + self._slack(high, unit))

    def _bounds(self, qualifier: str, value: Decimal, unit: str) -> Bounds:
        whole, number = self.rules.whole(unit), printed(value)
        if qualifier == "~":
            return about(value, percent=self.rules.about_percent, whole=whole)
        if qualifier == "=":
            slack = self._slack(value, unit)
            return Bounds(_least(value, slack), number + slack) if slack else Bounds(number, number)
        if qualifier in ("<", "<="):
            below = max(number - 1, 0) if whole and qualifier == "<" else number
            return Bounds(0, below, open_high=qualifier == "<" and not whole)
        above = number + 1 if whole and qualifier == ">" else number
        return Bounds(above, 100 if unit == "percent" else None, open_low=qualifier == ">" and not whole)


def _least(value: Decimal, slack: Exact) -> Exact:
    """What rounding may have made of it at the low end; never below 0 for what is not negative."""
    low = printed(value) - slack
    return max(low, 0) if value >= 0 else low
