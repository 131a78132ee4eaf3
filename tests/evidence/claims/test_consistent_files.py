"""A consistent file yields nothing; one defect in it yields its own class and no other."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.claims.made_up import Row, book, classes, consistent, rounded, row, year

Y = year(2002)


def at(rows: list[Row], name: str) -> Row:
    return next(one for one in rows if one["id"] == name)


def change(name: str, by: int) -> Callable[[list[Row]], None]:
    def apply(rows: list[Row]) -> None:
        figure = at(rows, name)
        figure["value"] = str(int(figure["value"]) + by)

    return apply


def put(name: str, **cells: str) -> Callable[[list[Row]], None]:
    def apply(rows: list[Row]) -> None:
        at(rows, name).update(cells)

    return apply


def add(*extra: Row) -> Callable[[list[Row]], None]:
    return lambda rows: rows.extend(extra)


def share_no_number_gives(rows: list[Row]) -> None:
    """7 % of 9: 0 is 0 %, 1 is 11 %."""
    rows.append(row("nine", 9, measure="encountered"))
    rows.append(row("nine-share", 7, measure="share", unit="percent", population="men of 30", base="nine"))


def share_against_its_count(rows: list[Row]) -> None:
    whole, part = int(at(rows, "y2002")["value"]), int(at(rows, "y2002-f")["value"])
    wrong = rounded(part, whole) + 2
    at(rows, "y2002-fs")["value"] = str(wrong if wrong <= 100 else wrong - 4)


def more_returned(rows: list[Row]) -> None:
    at(rows, "y2002-ret")["value"] = str(int(at(rows, "y2002")["value"]) + 1)


def another_source(rows: list[Row]) -> None:
    extra = dict(at(rows, "y2002"), id="other", source="Ministry", source_type="ministry", parts_complete="")
    extra["value"] = str(int(extra["value"]) + 7)
    rows.append(extra)


def two_definitions(rows: list[Row]) -> None:
    put("y2002", definition="Palermo")(rows)
    put("y2002-m", definition="NGO")(rows)


def equal_numbers(rows: list[Row]) -> None:
    extra = row("equal", at(rows, "y2002")["value"], measure="encountered", source="Haven", source_type="ngo", **Y)
    if int(extra["value"]) % 100 == 0 or int(extra["value"]) < 100:  # round and small numbers are equal by chance
        for one in (at(rows, "y2002-m"), at(rows, "y2002"), extra):
            one["value"] = str(int(one["value"]) + 101)
        whole, part = int(at(rows, "y2002")["value"]), int(at(rows, "y2002-f")["value"])
        at(rows, "y2002-fs")["value"] = str(rounded(part, whole))
    rows.append(extra)


DEFECTS: dict[str, tuple[str, Callable[[list[Row]], None]]] = {
    "a part too many": ("sum", change("y2002-m", 3)),
    "a part too few": ("sum", change("y2002-m", -3)),
    "a part of a part": ("sum", change("y2002-fa", 1)),
    "another source": ("conflict", another_source),
    "one source twice": ("conflict", add(row("again", 3, measure="assisted", source="Haven", source_type="ngo", **Y),
                                         row("and", 90, measure="assisted", source="Haven", source_type="ngo", **Y))),
    "only periods overlap": ("conflict", add(
        row("mid", 12, measure="raids", unit="raid"),
        row("fiscal", 90, measure="raids", unit="raid", source="Ministry",
            period_start="2003-07-01", period_end="2004-06-30"),
    )),
    "no whole number": ("denominator", share_no_number_gives),
    "not its count": ("denominator", share_against_its_count),
    "unit in a sum": ("unit", put("y2002-m", unit="case")),
    "measure in a sum": ("unit", put("y2002-m", measure="assisted")),
    "definition in a sum": ("unit", two_definitions),
    "definition in a series": ("unit", add(*(
        row(f"d{n}", n - 2000, measure="arrested", definition=d, **year(n)) for n, d in ((2001, "a"), (2002, "b"))
    ))),
    "unit in a series": ("unit", add(*(
        row(f"u{n}", n - 2000, measure="prosecuted", unit=u, **year(n)) for n, u in ((2001, "person"), (2002, "case"))
    ))),
    "equal numbers": ("coincidence", equal_numbers),
    "more returned": ("logic", more_returned),
    "a willing child": ("logic", add(row("w", 3, measure="other:voluntary prostitutes", population="minor", **Y))),
    "more out than in": ("logic", add(*(
        row(f"b{w}", v, measure=f"other:border {w}", unit="passage", **Y) for w, v in (("entries", 10), ("exits", 17))
    ))),
    "two plans": ("logic", add(row("p1", 1, measure="other:plan", unit="plan", **Y),
                               row("p2", 1, measure="other:plan", unit="plan", **Y, note="another"))),
    "an id twice": ("identity", add(row("y2002-ret", 1, measure="trained", **Y))),
    "a footnote twice": ("identity", add(row("n1", 216, measure="other:note", unit="footnote", place="p. 1"),
                                         row("n2", 216, measure="other:note", unit="footnote", place="p. 2"))),
    "two spellings": ("identity", add(row("s1", 1, measure="trained", source="La Strada", **Y),
                                      row("s2", 1, measure="calls", unit="call", source="LaStrada", **Y))),
    "a list that is longer": ("count", add(
        row("l", 2, measure="other:countries", unit="country"),
        *(row(f"l{c}", 1, measure="other:countries", unit="country", population=c, part_of="l")
          for c in ("IT", "ES", "FR")),
    )),
    "no period": ("period", put("y2002-cases", period_start="", period_end="")),
    "an end before the start": ("period", put("y2002-cases", period_start="2002-12-31", period_end="2002-01-01")),
    "stated before it was over": ("period", put("y2002-cases", as_of="2002-10-01")),
    "another time than its whole": ("period", put("y2002-x", **year(2009))),
    "no value": ("missing", put("y2002-gap", missing="")),
    "no base": ("missing", add(row("sh", 12, measure="share", unit="percent", population="left-handed", **Y))),
}  # fmt: skip


@given(st.integers(0, 10**6))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_nothing_is_found_in_a_consistent_file(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert classes(Path(folder), *consistent(seed)) == []


@pytest.mark.parametrize("name", DEFECTS)
@given(st.integers(0, 10**6))
@settings(max_examples=6, deadline=None, derandomize=True)
def test_one_defect_is_found_and_only_it(name: str, seed: int) -> None:
    kind, inject = DEFECTS[name]
    rows = consistent(seed)
    inject(rows)
    with tempfile.TemporaryDirectory() as folder:
        found = classes(Path(folder), *rows)
    assert set(found) == {kind}


@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_the_order_of_the_rows_changes_no_finding(seed: int, chance: object) -> None:
    rows = consistent(seed, years=2)
    for _, inject in list(DEFECTS.values())[:3]:
        inject(rows)
    moved = list(rows)
    chance.shuffle(moved)  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        assert sorted(classes(Path(folder), *rows)) == sorted(classes(Path(folder), *moved))


def test_the_classes_are_all_injected() -> None:
    from fener.evidence.claims.findings import CLASSES

    assert {kind for kind, _ in DEFECTS.values()} == set(CLASSES)


def test_the_random_file_is_no_empty_one(tmp_path: Path) -> None:
    made = book(tmp_path, *consistent(1))
    assert len(made.claims) == 36
    assert len(made.parts) == 6
