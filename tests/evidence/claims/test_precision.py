"""What is no contradiction: rounding, bounds, different things, what the file itself explains."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.evidence.claims import check
from fener.evidence.claims.bounds import Bounds
from fener.evidence.claims.checks.denominators import whole_numbers
from tests.evidence.claims.made_up import Row, book, classes, row, year

OWN = {"measure": "assisted", "source_type": "ngo"}
RIGHT: dict[str, list[Row]] = {
    "more than": [row("w", 20, qualifier=">", parts_complete="yes"), row("p", 25, part_of="w")],
    "about": [row("w", 600, qualifier="~", parts_complete="yes"), row("p", 570, part_of="w")],
    "a range": [row("w", 5, qualifier="range", value_high=8, parts_complete="yes"), row("p", 7, part_of="w")],
    "an inner whole without a value": [
        row("w", 10, parts_complete="yes"),
        row("i", None, missing="unknown", part_of="w", population="foreign", parts_complete="yes"),
        row("p", 4, part_of="i", population="foreign+female"),
        row("q", 6, part_of="i", population="foreign+male"),
    ],
    "two breakdowns": [
        row("w", 10, parts_complete="yes"),
        row("f", 4, part_of="w", breakdown="sex", population="female"),
        row("m", 6, part_of="w", breakdown="sex", population="male"),
        row("c", 3, part_of="w", breakdown="age", population="minor"),
    ],
    "of whom so many minors and so many women": [
        row("w", 100),
        row("c", 60, part_of="w", population="minor"),
        row("f", 70, part_of="w", population="female"),
    ],
    "the same below a whole without a value": [
        row("w", 100),
        row("i", None, missing="unknown", part_of="w", population="foreign"),
        row("c", 60, part_of="i", population="foreign+minor"),
        row("f", 70, part_of="i", population="foreign+female"),
    ],
    "shares of two sources that meet": [
        row("w", 1000),
        row("a", 30, base="w", measure="share", unit="percent", population="minor"),
        row("b", 30.4, base="w", measure="share", unit="percent", population="minor", source="NGO"),
    ],
    "shares of the clients of two providers": [
        row("w", 1000, source="A", **OWN),
        row("v", 500, source="B", overlaps="w", **OWN),
        row("a", 30, base="w", measure="share", unit="percent", population="minor", source="A", source_type="ngo"),
        row("b", 40, base="v", measure="share", unit="percent", population="minor", source="B", source_type="ngo"),
    ],
    "shares that round to 99": [
        row("w", 3, parts_complete="yes"),
        *(row(f"s{c}", 33, measure="share", unit="percent", base="w", breakdown="from", population=c) for c in "xyz"),
    ],
    "parts in percent": [
        row("w", 3, parts_complete="yes"),
        *(row(f"s{c}", 33, measure="share", unit="percent", part_of="w", breakdown="c", population=c) for c in "xyz"),
    ],
    "overlap that is marked": [row("a", 10, source="A", **OWN), row("b", 12, source="B", overlaps="a", **OWN)],
    "a provider within the country": [
        row("a", 10, source="A", **OWN),
        row("b", 90, source="Ministry", measure="assisted", source_type="ministry"),
    ],
    "bounds that meet": [row("a", 20, qualifier=">"), row("b", 25, source="Ministry", source_type="ministry")],
    "another definition": [row("a", 20, definition="x"), row("b", 25, definition="y", source="Ministry")],
    "another population": [row("a", 20, population="male"), row("b", 25, population="female", source="Ministry")],
    "a part of the year": [row("a", 20), row("b", 4, source="Ministry", period_end="2003-03-31")],
    "small numbers that are equal": [row("a", 12), row("b", 12, measure="trained", source="IOM")],
    "equal numbers of one source": [row("a", 132), row("b", 132, measure="trained")],
    "equal numbers that are linked": [row("a", 132), row("b", 132, measure="trained", source="IOM", overlaps="a")],
    "round numbers": [row("a", 12000), row("b", 12000, measure="trained", source="IOM")],
    "two kinds of unit, both kept up": [
        row(f"{u}{n}", 3 + n - 2002, measure="investigated", unit=u, **year(n))
        for n in (2002, 2003)
        for u in ("case", "person")
    ],
    "a willing return": [row("a", 3, measure="returned", population="minor+voluntary return")],
    "involuntary": [row("a", 3, measure="other:involuntary displacement", population="minor")],
    "plans one after the other": [
        row("p", 1, measure="other:plan", unit="plan", **year(2003)),
        row("q", 1, measure="other:plan", unit="plan", **year(2004)),
    ],
    "persons counted again in the second year": [
        row("a", 17, source="A", period_start="2002-01-01", **OWN),
        row("b", 10, source="A", **year(2002), **OWN),
        row("c", 9, source="A", **year(2003), **OWN),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_it_is_no_finding(name: str, tmp_path: Path) -> None:
    assert classes(tmp_path, *RIGHT[name]) == []


WRONG: dict[str, tuple[str, list[Row]]] = {
    "below a bound": ("sum", [row("w", 20, qualifier=">", parts_complete="yes"), row("p", 15, part_of="w")]),
    "above a bound": ("sum", [row("w", 20, qualifier="<"), row("p", 20, part_of="w")]),
    "one of two on different axes": ("sum", [
        row("w", 100),
        row("c", 60, part_of="w", population="minor"),
        row("f", 101, part_of="w", population="female"),
    ]),
    "women and men without a named breakdown": ("sum", [
        row("w", 100),
        row("c", 60, part_of="w", population="minor"),
        row("f", 50, part_of="w", population="female"),
        row("m", 51, part_of="w", population="male"),
    ]),
    "parts of other measures": ("unit", [
        row("w", 100), row("a", 80, part_of="w", measure="assisted"), row("r", 60, part_of="w", measure="returned"),
    ]),
    "two sources, two shares": ("conflict", [
        row("w", 1000),
        row("a", 30, base="w", measure="share", unit="percent", population="minor"),
        row("b", 45, base="w", measure="share", unit="percent", population="minor", source="NGO"),
    ]),
    "a later revision": ("period", [row("a", 100, as_of="2004-01-01"), row("b", 108, as_of="2004-12-01")]),
    "a later revision of a share": ("period", [
        row("w", 1000),
        row("a", 30, base="w", measure="share", unit="percent", population="minor", as_of="2004-01-01"),
        row("b", 45, base="w", measure="share", unit="percent", population="minor", as_of="2004-12-01"),
    ]),
    "two values of one day": ("conflict", [row("a", 100, as_of="2004-01-01"), row("b", 108, as_of="2004-01-01")]),
    "far from about": ("sum", [row("w", 600, qualifier="~", parts_complete="yes"), row("p", 400, part_of="w")]),
    "deep inside": ("sum", [
        row("w", 10, parts_complete="yes"),
        row("i", None, missing="unknown", part_of="w", population="foreign", parts_complete="yes"),
        row("p", 4, part_of="i", population="foreign+female"),
        row("q", 7, part_of="i", population="foreign+male"),
    ]),
    "shares above all": ("sum", [
        row("w", 100),
        *(row(f"s{c}", 36, measure="share", unit="percent", base="w", breakdown="from", population=c) for c in "xyz"),
    ]),
    "years against their total": ("sum", [
        row("a", 33, period_start="2002-01-01"), row("b", 18, **year(2002)), row("c", 17, **year(2003)),
    ]),
    "a plain sum of what overlaps": ("sum", [
        row("w", 30, population="all"),
        row("a", 10, part_of="w", population="x", overlaps="b"),
        row("b", 20, part_of="w", population="y"),
    ]),
    "a quarter with more than the year": ("conflict", [
        row("a", 20), row("b", 30, source="Ministry", period_end="2003-03-31"),
    ]),
    "some that are more than all": ("conflict", [
        row("a", 20, source="Ministry"), row("b", 30, population="foreign"),
    ]),
    "a provider above the country": ("conflict", [
        row("a", 95, source="A", **OWN), row("b", 90, source="Ministry", measure="assisted", source_type="ministry"),
    ]),
    "more than all": ("denominator", [row("w", 9), row("s", 104, measure="share", unit="percent", base="w")]),
    "of nobody": ("denominator", [row("w", 0), row("s", 10, measure="share", unit="percent", base="w")]),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_it_is_a_finding(name: str, tmp_path: Path) -> None:
    kind, rows = WRONG[name]
    assert classes(tmp_path, *rows) == [kind]


@given(st.integers(1, 400), st.data(), st.integers(0, 2))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_a_share_that_was_computed_and_rounded_never_contradicts_its_base(
    base: int, data: st.DataObject, digits: int
) -> None:
    from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
    from fractions import Fraction

    part = data.draw(st.integers(0, base))
    rounding = data.draw(st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]))
    step = Decimal(1).scaleb(-digits)
    shown = (Decimal(100 * part) / Decimal(base)).quantize(step, rounding=rounding)
    slack = Fraction(step) / 2
    share = Bounds(max(Fraction(shown) - slack, Fraction(0)), Fraction(shown) + slack)
    numbers = whole_numbers(share, Bounds(base, base))
    assert numbers is not None
    assert numbers[0] <= part <= numbers[1]


def test_exactly_the_shares_that_no_whole_number_gives_are_refused() -> None:
    possible = {(200 * part + 21) // 42 for part in range(22)}
    for shown in range(101):
        from fractions import Fraction

        share = Bounds(max(Fraction(2 * shown - 1, 2), Fraction(0)), Fraction(2 * shown + 1, 2))
        assert (whole_numbers(share, Bounds(21, 21)) is not None) == (shown in possible)


def test_the_message_says_what_is_left_unexplained(tmp_path: Path) -> None:
    from fener.evidence.claims import check

    (found,) = check(
        book(tmp_path, row("w", 18, parts_complete="yes"), row("a", 5, part_of="w"), row("b", 6, part_of="w"))
    )
    assert found.message.endswith("has more: 7 are not explained.")


def test_shares_without_a_base_are_held_against_each_other(tmp_path: Path) -> None:
    rows = [
        row("a", 60, value_high=70, qualifier="range", measure="share", unit="percent", population="minor"),
        row("b", 30, measure="share", unit="percent", population="minor", source="NGO"),
    ]
    (found,) = [one for one in check(book(tmp_path, *rows)) if one.kind == "conflict"]
    assert "a (60 to 70 %) by Police, b (30 %) by NGO" in found.message


def test_a_revision_is_told_with_its_days_and_the_latest_stands(tmp_path: Path) -> None:
    rows = [row("a", 100, as_of="2004-01-01"), row("b", 108, as_of="2004-12-01")]
    (found,) = check(book(tmp_path, *rows))
    assert "revised from 100 (as of 2004-01-01) to 108 (as of 2004-12-01)" in found.message
    assert found.severity == "question"
    assert classes(tmp_path, *rows, row("c", 108, source="Ministry", source_type="ministry")) == ["period"]
    assert classes(tmp_path, *rows, row("c", 100, source="Ministry", source_type="ministry")) == ["period", "conflict"]


def test_a_figure_is_printed_as_its_source_printed_it(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        row("r", 60, value_high=70, qualifier="range", measure="share", unit="percent", population="minor"),
        row("s", 20, qualifier="<", measure="share", unit="percent", population="minor"),
        row("p", 20, qualifier="<"),
        row("n", 1000, value_high=2000, qualifier="range"),
    )
    said = [claim.said() for claim in made.claims]
    assert said == ["60 to 70 %", "less than 20 %", "fewer than 20", "1 000 to 2 000"]


@pytest.mark.parametrize(
    "cells", [{"jurisdiction": "xx"}, {"unit": "persons"}, {"unit": "Person"}, {"measure": "Identified"}], ids=str
)
def test_capitals_and_plurals_hide_no_conflict(cells: dict[str, str], tmp_path: Path) -> None:
    assert classes(tmp_path, row("a", 100), row("b", 190, **cells, source="Ministry")) == ["conflict"]
