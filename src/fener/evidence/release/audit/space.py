"""What an attacker does not know: how many persons stand in each finest group. Every published cell is a sum of these.

The finest groups are the combinations of all columns of all releases (the joint table): then nothing that the tables
say together is lost. Where the joint table would be too large, the cells themselves are the unknowns, tied by the sums
inside the tables; this is exact for one table and an outer bound for several.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fener.evidence.release.national.cells import Cell, Design
from fener.evidence.release.spec import Population

JOINT_LIMIT = 6_000  # unknowns of the joint table, times the parts of time


def parts_of_time(populations: Sequence[Population]) -> NDArray[np.bool_]:
    """Which parts of the records each release counted: shape (releases, parts), each part counted by at least one.

    A part is a span of time that no period cuts, together with the statement (``as_of``) in which its records first
    stood: a later statement on the same period holds what was known before and what was added since.
    """
    cuts = sorted({d for p in populations if p.start and p.end for d in (p.start, p.end + timedelta(days=1))})
    spans: list[tuple[date, date] | None] = [*itertools.pairwise(cuts)]
    if any(p.start is None for p in populations):
        spans.append(None)  # whatever lies outside all periods
    stages = sorted({_stage(p) for p in populations})
    columns: dict[tuple[bool, ...], None] = {}
    for span in spans:
        for stage in stages:
            seen = tuple(_covers(p, span) and _stage(p) >= stage for p in populations)
            if any(seen):
                columns[seen] = None
    return np.array(list(columns), dtype=bool).T


def _stage(population: Population) -> date:
    return population.as_of or date.min


def _covers(population: Population, span: tuple[date, date] | None) -> bool:
    if population.start is None or population.end is None:
        return True  # a release that does not state its period may be about any time
    if span is None:
        return False
    return population.start <= span[0] and span[1] <= population.end + timedelta(days=1)


@dataclass(frozen=True)
class Space:
    """The unknowns behind several releases. ``members[r]`` says which parts of time release ``r`` counted."""

    shapes: tuple[Design, ...]
    members: NDArray[np.bool_]
    limit: int = JOINT_LIMIT

    @cached_property
    def _cells(self) -> tuple[Cell, ...]:
        return tuple(dict.fromkeys(cell for shape in self.shapes for cell in shape.cells))

    @cached_property
    def _everything(self) -> dict[str, frozenset[str]]:
        """All codes of each column that limits some cell, over all releases."""
        used = {column for cell in self._cells for column, _ in cell}
        everything: dict[str, frozenset[str]] = {}
        for shape in self.shapes:
            for name, column in shape.columns.items():
                if name in used:
                    everything[name] = everything.get(name, frozenset()) | frozenset(column.codes)
        return everything

    @cached_property
    def _classes(self) -> dict[str, list[frozenset[str]]]:
        """For each column, the codes in classes that no cell tells apart."""
        classes: dict[str, list[frozenset[str]]] = {}
        for name, codes in sorted(self._everything.items()):
            sets = {limit for cell in self._cells for column, limit in cell if column == name}
            by_sets: dict[tuple[bool, ...], set[str]] = {}
            ordered = sorted(sets, key=sorted)
            for code in sorted(codes):
                by_sets.setdefault(tuple(code in s for s in ordered), set()).add(code)
            classes[name] = [frozenset(c) for c in by_sets.values()]
        return classes

    @cached_property
    def joint(self) -> bool:
        """Whether the unknowns are the joint table."""
        return prod(map(len, self._classes.values())) * int(self.members.shape[1]) <= self.limit

    @cached_property
    def _index(self) -> dict[Cell, int]:
        return {cell: number for number, cell in enumerate(self._cells)}

    @cached_property
    def _slack(self) -> list[tuple[Cell, list[Cell]]]:
        """Sums inside the tables, and cells with the one part that is known of them (the rest is not negative)."""
        sums = {(line.whole, line.parts) for shape in self.shapes for line in shape.lines}
        pairs = {(larger, (smaller,)) for shape in self.shapes for larger, smaller in shape.nested}
        ordered = sorted(sums | pairs, key=lambda s: (self._index[s[0]], [self._index[p] for p in s[1]]))
        return [(whole, list(parts)) for whole, parts in ordered]

    @property
    def unknowns(self) -> int:
        """How many unknowns there are, all non-negative whole numbers."""
        return self._base * int(self.members.shape[1])

    @cached_property
    def _base(self) -> int:
        if self.joint:
            return prod(map(len, self._classes.values()))
        return len(self._cells) + sum(len(parts) == 1 for _, parts in self._slack)

    @cached_property
    def equations(self) -> sparse.csr_matrix:
        """Shape (equations, unknowns): combinations of unknowns that are zero by the design of the tables."""
        if self.joint:
            return sparse.csr_matrix((0, self.unknowns))
        rows, columns, values, extra = [], [], [], len(self._cells)
        for number, (whole, parts) in enumerate(self._slack):
            terms = [(self._index[whole], 1.0), *((self._index[p], -1.0) for p in parts)]
            if len(parts) == 1:
                terms.append((extra, -1.0))
                extra += 1
            rows += [number] * len(terms)
            columns += [c for c, _ in terms]
            values += [v for _, v in terms]
        base = sparse.csr_matrix((values, (rows, columns)), shape=(len(self._slack), self._base))
        return sparse.csr_matrix(sparse.kron(base, sparse.identity(self.members.shape[1])))

    def rows(self, wanted: Iterable[tuple[Cell, NDArray[np.bool_]]]) -> sparse.csr_matrix:
        """Shape (wanted, unknowns): each cell, counted in the given parts of time, as a sum of unknowns."""
        pointers, columns = [0], []
        parts = self.members.shape[1]
        for cell, times in wanted:
            place = self._place(cell)
            columns.append((place[:, None] * parts + np.flatnonzero(times)[None, :]).reshape(-1))
            pointers.append(pointers[-1] + len(columns[-1]))
        indices = np.concatenate(columns) if columns else np.zeros(0, dtype=np.int64)
        return sparse.csr_matrix((np.ones(len(indices)), indices, pointers), shape=(len(pointers) - 1, self.unknowns))

    def _place(self, cell: Cell) -> NDArray[np.int64]:
        if not self.joint:
            return np.array([self._index[cell]], dtype=np.int64)
        limits = dict(cell)
        place = np.zeros(1, dtype=np.int64)
        for name, classes in self._classes.items():
            inside = [i for i, c in enumerate(classes) if name not in limits or c <= limits[name]]
            place = (place[:, None] * len(classes) + np.array(inside, dtype=np.int64)[None, :]).reshape(-1)
        return place
