"""Cells of linked tables: the same group of persons is the same cell, in whichever table it stands."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from fener.bad_input import BadInput
from fener.evidence.release.microdata import Microdata
from fener.evidence.release.spec import TOTAL, ColumnSpec, TableSpec

# Whom a cell counts: for each column that limits it, the codes that belong. A column with all its codes is left out,
# so that a total is the same cell in every table, and a group with one member is that member.
Cell = tuple[tuple[str, frozenset[str]], ...]

MOST_CELLS = 200_000  # of one table, totals included


@dataclass(frozen=True)
class Line:
    """A cell and the cells that add up to it."""

    whole: Cell
    parts: tuple[Cell, ...]
    column: str


@dataclass(frozen=True)
class Design:
    """What the tables of a release say by their design alone: the cells, and how they hang together.

    ``nested``: pairs (larger, smaller) whose difference no table shows, because a table is limited by ``where``.
    """

    columns: Mapping[str, ColumnSpec]
    cells: tuple[Cell, ...]
    lines: tuple[Line, ...]
    nested: tuple[tuple[Cell, Cell], ...]


@dataclass(frozen=True)
class Shape:
    """The tables of a release without their counts."""

    columns: Mapping[str, ColumnSpec]
    tables: tuple[TableSpec, ...]

    @cached_property
    def _sets(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        return {
            name: {node: frozenset(column.leaves(node)) for node in column.nodes}
            for name, column in self.columns.items()
        }

    def cell(self, nodes: Mapping[str, str]) -> Cell:
        """The cell that these nodes (column -> code, group or ``TOTAL``) name."""
        sets = self._sets
        limits = ((column, sets[column][node]) for column, node in sorted(nodes.items()))
        return tuple((column, codes) for column, codes in limits if codes != sets[column][TOTAL])

    @cached_property
    def design(self) -> Design:
        """All that an outsider knows of the tables before the first count."""
        return Design(self.columns, self.cells, self.lines, self.nested)

    def axes(self, table: TableSpec) -> list[tuple[str, ...]]:
        """The nodes along each column of the table, totals first."""
        axes = [self.columns[name].nodes for name in table.by]
        if prod(map(len, axes)) > MOST_CELLS:
            raise BadInput(f"table {table.name}: has more than {MOST_CELLS:,} cells; span it by fewer columns")
        return axes

    def rows(self, table: TableSpec) -> Iterator[tuple[tuple[str, ...], Cell]]:
        """Each printed row of the table: its nodes in the order of ``by``, and its cell."""
        for nodes in itertools.product(*self.axes(table)):
            yield nodes, self.cell({**table.where, **dict(zip(table.by, nodes, strict=True))})

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """All different cells, in the order of the tables."""
        return tuple(dict.fromkeys(cell for table in self.tables for _, cell in self.rows(table)))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every sum that holds inside a table, each once."""
        found: dict[tuple[Cell, tuple[Cell, ...]], Line] = {}
        for table in self.tables:
            for nodes in itertools.product(*self.axes(table)):
                named = {**table.where, **dict(zip(table.by, nodes, strict=True))}
                for column in table.by:
                    parts = self.columns[column].children.get(named[column], ())
                    line = Line(self.cell(named), tuple(self.cell({**named, column: p}) for p in parts), column)
                    if len(parts) > 1:
                        found.setdefault((line.whole, line.parts), line)
        return tuple(found.values())

    @cached_property
    def nested(self) -> tuple[tuple[Cell, Cell], ...]:
        """Pairs (larger, smaller) of cells whose difference no table shows."""
        known = set(self.cells)
        found: dict[tuple[Cell, Cell], None] = {}
        for table in self.tables:
            if not table.where:
                continue
            ways = [[(c, n) for n in self._above(c, node)] for c, node in sorted(table.where.items())]
            for nodes in itertools.product(*self.axes(table)):
                named = dict(zip(table.by, nodes, strict=True))
                smaller = self.cell({**table.where, **named})
                for chosen in itertools.product(*ways):
                    larger = self.cell({**dict(chosen), **named})
                    if larger != smaller and larger in known:
                        found[(larger, smaller)] = None
        return tuple(found)

    def _above(self, column: str, node: str) -> list[str]:
        """The node itself and every group that contains it."""
        inside = self._sets[column][node]
        return [other for other in self.columns[column].nodes if inside <= self._sets[column][other]]


def label(cell: Cell, shape: Shape | Design) -> str:
    """The cell in words for a message: ``age=0-17, sex=f``, or ``everybody``."""
    words = []
    for column, codes in cell:
        names = [n for n in shape.columns[column].nodes if frozenset(shape.columns[column].leaves(n)) == codes]
        words.append(f"{column}={names[0] if names else '+'.join(sorted(codes))}")
    return ", ".join(words) or "everybody"


def counts(shape: Shape, data: Microdata) -> dict[Cell, int]:
    """How many records each cell counts."""
    found: dict[Cell, int] = {}
    for table in shape.tables:
        values = _table(shape, table, data, np.ones(data.rows, dtype=bool))
        found.update(zip((cell for _, cell in shape.rows(table)), map(int, values), strict=True))
    return found


def largest_contributions(shape: Shape, data: Microdata) -> dict[Cell, int]:
    """How many records of each cell come from the one contributor that gave most of them."""
    if data.contributor is None:
        return {}
    found: dict[Cell, int] = {}
    for table in shape.tables:
        most: NDArray[np.int64] | None = None
        for giver in np.unique(data.contributor):
            values = _table(shape, table, data, data.contributor == giver)
            most = values if most is None else np.maximum(most, values)
        if most is not None:
            found.update(zip((cell for _, cell in shape.rows(table)), map(int, most), strict=True))
    return found


def _table(shape: Shape, table: TableSpec, data: Microdata, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """All counts of one table, flat, in the order of ``Shape.rows``."""
    for column, node in table.where.items():
        coded = data.columns[column]
        wanted = np.isin(np.arange(len(coded.labels)), _positions(coded.labels, shape.columns[column].leaves(node)))
        chosen = chosen & wanted[coded.codes]
    sizes = [len(data.columns[name].labels) for name in table.by]
    flat = np.zeros(int(chosen.sum()), dtype=np.int64)
    for name, size in zip(table.by, sizes, strict=True):
        flat = flat * size + data.columns[name].codes[chosen]
    values = np.bincount(flat, minlength=prod(sizes)).reshape(sizes)
    for axis, name in enumerate(table.by):
        values = np.moveaxis(np.tensordot(_sums(shape.columns[name]), values, axes=(1, axis)), 0, axis)
    return values.reshape(-1)


def _positions(labels: Sequence[str], wanted: Sequence[str]) -> list[int]:
    index = {label: number for number, label in enumerate(labels)}
    return [index[code] for code in wanted]


def _sums(column: ColumnSpec) -> NDArray[np.int64]:
    """Shape (nodes, codes): 1 where the node contains the code."""
    matrix = np.zeros((len(column.nodes), len(column.codes)), dtype=np.int64)
    for row, node in enumerate(column.nodes):
        matrix[row, _positions(column.codes, column.leaves(node))] = 1
    return matrix
