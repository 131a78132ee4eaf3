"""Recomputed values: exact, with bounds where the figures are bounds, refused with the reason where they must be."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.bad_input import BadInput
from fener.evidence.claims import Book, Value, derive
from fener.evidence.claims.bounds import Bounds, about
from fener.evidence.claims.pages import values_table
from tests.evidence.claims.made_up import Row, book, row, year


def one(made: Book, kind: str, *inputs: str, by: str | None = None) -> Value:
    (value,) = derive(made, kind=kind, inputs=inputs, acknowledged_by=by)
    return value


@pytest.fixture
def figures(tmp_path: Path) -> Book:
    return book(
        tmp_path,
        row("a", 200, **year(2002)),
        row("b", 150, **year(2003)),
        row("more", 100, qualifier=">", measure="trained", **year(2002)),
        row("range", 150, qualifier="range", value_high=300, measure="trained", **year(2003)),
        row("about", 100, qualifier="~", measure="raids", unit="raid", **year(2003)),
        row("raids", 50, measure="raids", unit="raid", **year(2002)),
        row("girls", 30, population="female+minor", part_of="b", breakdown="group", **year(2003)),
        row("boys", 20, population="male+minor", part_of="b", breakdown="group", **year(2003)),
        row("cases", 60, measure="investigated", unit="case", **year(2003)),
        row("nothing", 0, measure="returned", **year(2002)),
        row("some", 5, measure="returned", **year(2003)),
        row("unknown", None, measure="deported", missing="refused", **year(2003)),
        row("share", 30, measure="share", unit="percent", population="happy", **year(2003)),
    )


def test_values_are_exact(figures: Book) -> None:
    change = one(figures, "change", "a", "b")
    assert (change.value, change.low, change.high, change.unit) == (-25, -25, -25, "percent")
    assert change.formula == "(b - a) / a * 100"
    assert one(figures, "ratio", "b", "cases").value == Fraction(5, 2)
    assert one(figures, "share", "girls", "b").value == 20
    assert one(figures, "sum", "girls", "boys").value == 50
    assert one(figures, "difference", "b", "girls", "boys").value == 100


def test_bounds_stay_bounds(figures: Book) -> None:
    change = one(figures, "change", "more", "range")
    assert change.value is None
    assert change.refused is None
    assert change.low == -100  # 150 against more than 100 without end
    assert change.high == Fraction(300, 101) * 100 - 100
    near = one(figures, "change", "raids", "about")
    assert near.value == 100
    assert (near.low, near.high) == (Fraction(0), Fraction(200)) or (near.low or 0) < 100 < (near.high or 0)
    assert near.to_json()["value"] == 100


REFUSED = {
    "an absent value": ("share", ("unknown", "b"), "has no value (refused)"),
    "a change from nothing": ("change", ("nothing", "some"), "a change from nothing has no percentage"),
    "a rate without its base": ("sum", ("share", "share"), "without its base"),
    "another unit": ("sum", ("b", "cases"), "one case may concern several persons"),
    "another measure": ("sum", ("b", "some"), "different measures"),
    "a whole and its part": ("sum", ("b", "girls"), "a whole and its part"),
    "no part": ("share", ("some", "b"), "nothing says that some is a part of b"),
    "another time": ("rate", ("some", "a"), "the base is of another time"),
    "one figure twice": ("change", ("a", "a"), "named twice"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_must_not_be_computed_is_refused_with_the_reason(name: str, figures: Book) -> None:
    kind, inputs, reason = REFUSED[name]
    value = one(figures, kind, *inputs)
    assert value.value is value.low is value.high is None
    assert reason in str(value.refused)
    record = value.to_json()
    assert set(record) >= {"kind", "inputs", "value", "low", "high", "unit", "formula", "refused"}


PAIRS: dict[str, tuple[str, Row, Row, str, bool]] = {  # kind, figures, reason, whether somebody can answer for it
    "overlap": ("sum", row("x", 3), row("y", 4, overlaps="x", source="IOM"), "may count the same persons", True),
    "two bodies": ("sum", row("x", 3), row("y", 4, source="IOM"), "nobody says that they do not", True),
    "two groups": ("sum", row("x", 3, population="foreign"), row("y", 4, population="minor"), "in whom they", True),
    "stock and flow": ("sum", row("x", 3), row("y", 4, measure="pending"), "stock", False),
    "calls and consultations": (
        "sum", row("x", 3, measure="calls", unit="call"), row("y", 4, measure="consultations", unit="call"),
        "most calls are no consultation", False,
    ),
    "attendances and persons": (
        "sum", row("x", 3, measure="trained"), row("y", 4, measure="trained", unit="attendance"),
        "one person may attend several times", False,
    ),
    "labels": ("sum", row("x", 3, unit="footnote"), row("y", 4, unit="footnote"), "a name and no quantity", False),
    "a new measure": ("change", row("x", 3), row("y", 4, measure="assisted", **year(2004)), "different measures", True),
    "a new definition": (
        "change", row("x", 3, definition="old"), row("y", 4, definition="new", **year(2004)), "definition old", True,
    ),
    "another source": ("change", row("x", 3), row("y", 4, source="IOM", **year(2004)), "two series", True),
    "a quarter": ("change", row("x", 3, **year(2002)), row("y", 4, period_end="2003-03-31"), "unequal", False),
    "no period": ("change", row("x", 3), row("y", 4, period_start="", period_end=""), "period is not stated", False),
    "another country": ("change", row("x", 3), row("y", 4, jurisdiction="XY"), "no change in time", False),
    "assisted in two countries": (
        "sum", row("x", 3, measure="assisted"), row("y", 4, measure="assisted", jurisdiction="XY"), "own", True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_some_reasons_stand_and_some_can_be_answered_for(name: str, tmp_path: Path) -> None:
    kind, first, second, reason, answerable = PAIRS[name]
    made = book(tmp_path, first, second)
    assert reason in str(one(made, kind, "x", "y").refused)
    answered = one(made, kind, "x", "y", by="A. Statistician")
    if answerable:
        assert answered.refused is None
        assert answered.value is not None
        assert reason in str(answered.warning)
        assert answered.acknowledged_by == "A. Statistician"
    else:
        assert reason in str(answered.refused)


def test_a_sum_that_somebody_answers_for_says_how_few_it_may_be(tmp_path: Path) -> None:
    made = book(tmp_path, row("x", 3), row("y", 4, overlaps="x"))
    value = one(made, "sum", "x", "y", by="A. Statistician")
    assert (value.low, value.value, value.high) == (4, 7, 7)


def test_without_instruction_shares_remainders_changes_and_rates_are_given(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        row("i02", 40, **year(2002)),
        row("i03", 50, **year(2003)),
        row("f03", 30, population="female", part_of="i03", breakdown="sex", **year(2003)),
        row("r03", 20, measure="returned", **year(2003)),
        row("c03", 25, measure="investigated", unit="case", **year(2003)),
        row("s", 12, measure="share", unit="percent", **year(2003)),
    )
    given = {(v.kind, *(c.id for c in v.inputs)): v.value for v in derive(made)}
    assert given == {
        ("share", "f03", "i03"): 60,
        ("share", "s"): None,
        ("difference", "i03", "f03"): 20,
        ("change", "i02", "i03"): 25,
        ("rate", "r03", "i03"): 40,
        ("ratio", "i03", "c03"): 2,
    }


def test_a_change_is_tagged_with_what_the_file_says_of_it(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        row("a", 1, **year(2001)),
        row("b", 2, note="new group: internal trafficking is counted from now on", **year(2002)),
        row("c", 3, **year(2003)),
        row("d", 3, definition="Palermo", **year(2004)),
    )
    assert [v.tag for v in derive(made, kind="change")] == ["new_group", "unexplained", "new_definition"]
    assert [bool(v.refused) for v in derive(made, kind="change")] == [False, False, False]


def test_an_id_that_is_not_there_or_twice_is_bad_input(tmp_path: Path) -> None:
    made = book(tmp_path, row("a", 1), row("b", 2), row("b", 3))
    for inputs in (("a", "z"), ("a", "b"), ("a",)):
        with pytest.raises(BadInput):
            derive(made, kind="sum", inputs=inputs)


numbers = st.fractions(min_value=0, max_value=50, max_denominator=6)


@st.composite
def bounds(draw: st.DrawFn) -> tuple[Bounds, Fraction]:
    """An interval and a number in it."""
    inside, below = draw(numbers), draw(numbers)
    above = draw(st.one_of(st.none(), numbers))
    return Bounds(max(inside - below, Fraction(0)), None if above is None else inside + above), inside


@given(bounds(), bounds())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_arithmetic_never_loses_a_possible_value(one: tuple[Bounds, Fraction], two: tuple[Bounds, Fraction]) -> None:
    (a, x), (b, y) = one, two

    def holds(result: Bounds, value: Fraction) -> bool:
        return result.low <= value and (result.high is None or value <= result.high)

    assert holds(a + b, x + y)
    if b.high is not None:
        assert holds(a - b, x - y)
    if y:
        assert holds(a.over(b), x / y)
    assert a.meets(b) or x != y


@given(st.integers(1, 10**7))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_about_allows_what_rounding_to_its_last_digit_took(number: int) -> None:
    digits = len(str(number))
    rounded = round(number, -(digits - 1))
    given = about(Decimal(rounded), percent=10, whole=True)
    assert given.low <= number <= (given.high or 0) or rounded == 0


def test_each_reason_is_told_once_in_a_sentence(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        row("flow", 9),
        row("stock", 7, measure="pending"),
        row("cases", 4, unit="case"),
        row("calls", 90, measure="calls", unit="call"),
        row("advice", 30, measure="consultations", unit="consultation"),
    )
    told = str(one(made, "sum", "flow", "stock").refused)
    assert "flow says what happened in a period (flow), stock what is so on a day (stock)" in told
    assert str(one(made, "sum", "flow", "cases").refused).count("counts person") == 1
    assert str(one(made, "sum", "calls", "advice").refused).count("calls counts calls") == 1


def test_what_lies_between_two_percentages_is_told_in_percentage_points(tmp_path: Path) -> None:
    cells = {"measure": "share", "unit": "percent", "population": "aware"}
    made = book(tmp_path, row("a", 92, **cells, **year(2002)), row("b", 97, **cells, **year(2003)))
    value = one(made, "difference", "b", "a")
    assert value.said() == "5 percentage points (4 to 6)"
    assert "5 percentage points" in str(values_table([value]).rows[0])
    record = value.to_json()
    assert (record["unit"], record["difference_in"]) == ("percent", "percentage points")


def test_what_is_left_over_is_refused_where_its_parts_may_not_be_taken_away(tmp_path: Path) -> None:
    part = {"part_of": "w", "population": "female"}
    made = book(
        tmp_path,
        row("w", 128, measure="trained"),
        row("jobs", 29, measure="other:employed", breakdown="outcome", **part),
        row("firms", 40, measure="trained", breakdown="outcome", **part),
        row("t", 300),
        row("met", 200, unit="encounter", part_of="t"),
        row("minor", 100, part_of="t", population="minor"),
        row("v", 100, **year(2004)),
        row("young", 60, part_of="v", population="minor", **year(2004)),
        row("women", 30, part_of="v", population="female", **year(2004)),
    )
    left = {value.inputs[0].id: str(value.refused) for value in derive(made, kind="difference")}
    assert "w counts trained and jobs other:employed: different measures" in left["w"]
    assert "one person may be met several times" in left["t"]
    assert "may be the same persons" in left["v"]
    assert "may be the same persons" in str(one(made, "sum", "young", "women").refused)
