"""Overlap files in: one column a list with 0 and 1, ``count``, and any columns that divide the cases into groups.

One row a capture history that was observed; absent histories count as 0. A file with groups (``sex``, ``age``,
``nationality``, ``form``) has one row a history and combination of groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fener.bad_input import BadInput
from fener.evidence.prevalence.model import MAX_LISTS
from fener.evidence.reading import Row, iter_rows, shown

GROUPS = ("sex", "age", "nationality", "form")  # columns that are never lists
COUNT = "count"
MOST_CASES = 10**9


@dataclass(frozen=True)
class Table:
    """Counts by capture history: bit ``j`` of the index is list ``j``; entry 0 (on no list) is 0. Shape (2^lists,)."""

    lists: tuple[str, ...]
    counts: NDArray[np.int64]

    @property
    def observed(self) -> int:
        """Cases on at least one list."""
        return int(self.counts.sum())

    def on(self, lists: int) -> int:
        """Cases that stand on all of a set of lists, whatever else they stand on."""
        history = np.arange(len(self.counts))
        return int(self.counts[(history & lists) == lists].sum())


@dataclass(frozen=True)
class Overlap:
    """A file: the table of all cases, and one for each value of each group column, empty lists left out."""

    file: str
    total: Table
    groups: dict[str, dict[str, Table]] = field(default_factory=dict)


def read_overlap(path: str | Path, groups: Sequence[str] = ()) -> Overlap:
    """Read an overlap file; ``groups`` names further columns that are groups and not lists.

    Raises BadInput (file, row, column, reason) for anything but 0 and 1 on a list, a count that is negative or not
    whole, a history that stands twice, a case on no list, a list that nobody is on, fewer than two lists.
    """
    asked = (*GROUPS, *groups)
    file, lists, by = str(path), (), ()  # type: str, tuple[str, ...], tuple[str, ...]
    cells: dict[tuple[int, tuple[str, ...]], int] = {}
    for row in iter_rows(path, required=(COUNT,)):
        if not lists:
            names = row.columns
            by = tuple(n for n in names if n in asked)
            lists = tuple(n for n in names if n != COUNT and n not in by)
            _check_lists(file, lists)
        key = (_history(row, lists), tuple(_value(row, group) for group in by))
        if key in cells:
            again = ", ".join(f"{name} {row[name]}" for name in (*lists, *by))
            row.fail(lists[0], f"this capture history stood in an earlier row already ({again})")
        count = row.whole(COUNT)
        if key[0] == 0 and count:
            row.fail(COUNT, f"{count} cases on no list: nobody has seen them, and they are what is to be estimated")
        if count > MOST_CASES:
            row.fail(COUNT, f"{count} is more than {MOST_CASES} cases")
        cells[key] = count
    if not lists:
        raise BadInput(f"{file}: row 2: the file has a header but no data")
    return _assembled(file, lists, by, cells)


def _check_lists(file: str, lists: tuple[str, ...]) -> None:
    if len(lists) < 2:
        raise BadInput(f"{file}: row 1: {len(lists)} list{'' if len(lists) == 1 else 's'}; at least two are needed")
    if len(lists) > MAX_LISTS:
        raise BadInput(f"{file}: row 1: {len(lists)} lists; at most {MAX_LISTS} can be worked with")
    for name in lists:
        if any(c in name for c in "[],"):
            raise BadInput(f"{file}: row 1, column {shown(name)[1:-1]}: a list's name holds none of [ ] and comma")


def _history(row: Row, lists: tuple[str, ...]) -> int:
    history = 0
    for j, name in enumerate(lists):
        text = row[name]
        if text == "1":
            history |= 1 << j
        elif text != "0":
            row.fail(name, f"{shown(text)} is neither 0 nor 1" if text else "is empty; 0 or 1 belongs here")
    return history


def _value(row: Row, group: str) -> str:
    return row[group] or "not stated"


def _assembled(
    file: str, lists: tuple[str, ...], by: tuple[str, ...], cells: dict[tuple[int, tuple[str, ...]], int]
) -> Overlap:
    total = np.zeros(1 << len(lists), dtype=np.int64)
    tables: dict[str, dict[str, NDArray[np.int64]]] = {group: defaultdict(lambda: np.zeros_like(total)) for group in by}
    for (history, values), count in cells.items():
        total[history] += count
        for group, value in zip(by, values, strict=True):
            tables[group][value][history] += count
    whole = Table(lists, total)
    if not whole.observed:
        raise BadInput(f"{file}: row 2, column {COUNT}: there is not a single case in the file")
    for j, name in enumerate(lists):
        if not whole.on(1 << j):
            raise BadInput(f"{file}: row 1, column {name}: nobody is on this list; leave it out")
    groups = {
        group: {value: without_empty(Table(lists, counts)) for value, counts in sorted(found.items()) if counts.sum()}
        for group, found in tables.items()
    }
    return Overlap(file, whole, groups)


def without_empty(table: Table) -> Table:
    """The table without lists that nobody is on."""
    keep = [j for j in range(len(table.lists)) if table.on(1 << j)]
    return table if len(keep) == len(table.lists) else chosen(table, keep)


def chosen(table: Table, keep: Sequence[int]) -> Table:
    """The table of some of the lists; cases on none of them are no longer seen."""
    history = np.arange(len(table.counts))
    smaller = sum((((history >> j) & 1) << i for i, j in enumerate(keep)), start=np.zeros_like(history))
    counts = np.bincount(smaller, weights=table.counts, minlength=1 << len(keep)).astype(np.int64)
    counts[0] = 0
    return Table(tuple(table.lists[j] for j in keep), counts)


def merged(table: Table, first: int, second: int) -> Table:
    """The table in which lists ``first`` and ``second`` are one list."""
    history = np.arange(len(table.counts))
    keep = [j for j in range(len(table.lists)) if j not in (first, second)]
    either = ((history >> first) | (history >> second)) & 1
    smaller = either + sum((((history >> j) & 1) << (i + 1) for i, j in enumerate(keep)), start=np.zeros_like(history))
    counts = np.bincount(smaller, weights=table.counts, minlength=1 << (len(keep) + 1)).astype(np.int64)
    names = (f"{table.lists[first]}+{table.lists[second]}", *(table.lists[j] for j in keep))
    return Table(names, counts)
