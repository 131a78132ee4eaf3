"""Rules that hold for whatever records there are (hypothesis), and the cheapest pattern against trying them all."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.evidence.release import audit, parse_spec, plan
from fener.evidence.release.audit.published import Published
from fener.evidence.release.audit.target import needed
from fener.evidence.release.microdata import Coded, Microdata
from fener.evidence.release.national.cells import Shape, counts
from fener.evidence.release.national.rounding import round_controlled
from fener.evidence.release.national.suppress import cost

CODES = {"a": ("a1", "a2", "a3"), "b": ("b1", "b2"), "c": ("c1", "c2")}
cells = st.lists(st.integers(0, 40), min_size=12, max_size=12)
tables = st.sampled_from([[["a", "b"]], [["a", "b", "c"]], [["a", "b"], ["b", "c"]], [["a"], ["b"], ["c"]]])


def made(numbers: list[int], by: list[list[str]], **national: Any) -> tuple[Any, Microdata]:
    raw = {
        "family": "national",
        "columns": {name: {"codes": list(codes)} for name, codes in CODES.items()},
        "tables": by,
        "history": "h",
        "national": national,
    }
    rows = [c for c, n in zip(itertools.product(range(3), range(2), range(2)), numbers, strict=True) for _ in range(n)]
    values = np.array(rows, dtype=np.int32).reshape(-1, 3)
    columns = {name: Coded(values[:, place], codes) for place, (name, codes) in enumerate(CODES.items())}
    return parse_spec(raw, Path("spec.yaml")), Microdata(columns)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(cells, tables)
def test_a_planned_release_withstands_the_auditor(numbers: list[int], by: list[list[str]]) -> None:
    spec, data = made(numbers, by)
    planned = plan(spec, data, [])
    assert audit(planned.published).findings == ()
    for cell, count in planned.published.counts.items():
        assert count in (None, planned.true[cell])
        assert count is None or not 0 < count < 11


@settings(max_examples=8, deadline=None, derandomize=True)
@given(cells)
def test_to_print_any_one_more_count_is_noticed(numbers: list[int]) -> None:
    """The pattern has nothing to spare: the auditor finds each count that is printed beyond it."""
    spec, data = made(numbers, [["a", "b"]])
    planned = plan(spec, data, [])
    for cell, count in planned.published.counts.items():
        if count is None:
            more = replace(planned.published, counts={**planned.published.counts, cell: planned.true[cell]})
            assert audit(more).findings, (cell, planned.true[cell])


def safe(published: Published, true: dict[Any, int], hidden: set[Any]) -> bool:
    shown = replace(published, counts={cell: None if cell in hidden else n for cell, n in true.items()})
    return not audit(shown).findings


@pytest.mark.parametrize(
    "numbers",
    [
        [20, 0, 3, 0, 30, 0, 25, 0, 40, 0, 18, 0],
        [12, 0, 15, 0, 7, 0, 8, 0, 100, 0, 60, 0],
    ],
)
def test_no_cheaper_pattern_withstands_the_auditor(numbers: list[int]) -> None:
    """Every cheaper set of cells of a table with 12 cells is tried."""
    spec, data = made(numbers, [["a", "b"]], groups="report")
    planned = plan(spec, data, [])
    true = dict(planned.true)
    assert planned.gap == 0
    hidden = {cell for cell, count in planned.published.counts.items() if count is None}
    least = sum(cost(true[cell]) for cell in hidden)
    must = {target.whole for target in planned.published.targets}
    others = [cell for cell in true if cell not in must]
    for size in range(len(others) + 1):
        for more in itertools.combinations(others, size):
            chosen = must.union(more)
            if sum(cost(true[cell]) for cell in chosen) < least - 1e-6:
                assert not _protects(planned.published, true, chosen)


def _protects(published: Published, true: dict[Any, int], hidden: set[Any]) -> bool:
    """As the plan asks: each small count could be anything from 0 to the width (the table is small: try all)."""
    if not safe(published, true, hidden):
        return False
    names = sorted(hidden, key=str)
    return all(_reaches(published, true, names, t.whole, needed(true[t.whole], t.width)) for t in published.targets)


def _reaches(published: Published, true: dict[Any, int], names: list[Any], cell: Any, ends: tuple[int, int]) -> bool:
    from fener.evidence.release.audit.attack import whole_interval
    from fener.evidence.release.audit.auditor import Scene

    shown = replace(published, counts={c: None if c in names else n for c, n in true.items()})
    scene = Scene([shown])
    low, high = whole_interval(scene.attack([shown]), scene.space.rows([(cell, scene.times(shown))]))
    return low <= ends[0] and high >= ends[1]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(cells, tables, st.sampled_from([3, 5]))
def test_rounded_counts_add_up_and_stay_near(numbers: list[int], by: list[list[str]], base: int) -> None:
    spec, data = made(numbers, by)
    shape = Shape(spec.columns, spec.tables)
    true = counts(shape, data)
    rounded = round_controlled(shape, true, base)
    for line in shape.lines:
        assert rounded[line.whole] == sum(rounded[part] for part in line.parts)
    for cell, count in true.items():
        assert rounded[cell] % base == 0
        assert abs(rounded[cell] - count) < 2 * base


@given(st.integers(0, 1000), st.integers(1, 50))
def test_what_must_stay_uncertain_holds_the_count_and_is_wide_enough(value: int, width: int) -> None:
    low, high = needed(value, width)
    assert low <= value < high
    assert high - low >= width
