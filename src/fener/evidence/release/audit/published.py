"""A release as the public has it: its design, its counts, and (for the publisher alone) what must stay uncertain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fener.evidence.release.audit.target import Target
from fener.evidence.release.national.cells import Cell, Design, Line
from fener.evidence.release.spec import ColumnSpec, Population


@dataclass(frozen=True)
class Published:
    """``counts``: what stands in print, None where a cell is left out. ``base``: of rounding; 0 where counts are exact.

    ``minimum``: below it a count is sensitive. ``width``: persons over which a sensitive count must stay uncertain.
    """

    id: str
    title: str
    population: Population
    shape: Design
    counts: Mapping[Cell, int | None]
    targets: tuple[Target, ...]
    minimum: int
    width: int
    base: int = 0
    groups: str = "suppress"

    def bounds(self, cell: Cell) -> tuple[int, int] | None:
        """What print says of a cell: the least and the most it can be; None where it is left out."""
        count = self.counts.get(cell)
        if count is None:
            return None
        if not self.base:
            return count, count
        return max(0, count - self.base + 1), count + self.base - 1


def overlaps(one: Population, other: Population) -> bool:
    """Whether two releases may count the same persons: the same population, and periods that share a day."""
    if one.name != other.name:
        return False
    if not (one.start and one.end and other.start and other.end):
        return True
    return one.start <= other.end and other.start <= one.end


def on_common_codes(releases: Sequence[Published]) -> list[Published]:
    """The releases with code lists made comparable: what is a code in one and a group in another, becomes its parts."""
    finer: dict[str, dict[str, frozenset[str]]] = {}
    for release in releases:
        for name, column in release.shape.columns.items():
            for group in column.groups:
                finer.setdefault(name, {})[group] = frozenset(column.leaves(group))
    return [_refined(release, finer) for release in releases]


def _refined(release: Published, finer: Mapping[str, Mapping[str, frozenset[str]]]) -> Published:
    changed: dict[str, dict[str, frozenset[str]]] = {}
    for name, column in release.shape.columns.items():
        for code in column.codes:
            if code in finer.get(name, {}):
                changed.setdefault(name, {})[code] = finer[name][code]
    if not changed:
        return release

    def cell(old: Cell) -> Cell:
        return tuple(
            (name, frozenset(leaf for code in codes for leaf in changed.get(name, {}).get(code, {code})))
            for name, codes in old
        )

    columns = {n: _finer_column(c, changed.get(n, {})) for n, c in release.shape.columns.items()}
    return replace(
        release,
        shape=Design(
            columns,
            tuple(map(cell, release.shape.cells)),
            tuple(Line(cell(x.whole), tuple(map(cell, x.parts)), x.column) for x in release.shape.lines),
            tuple((cell(larger), cell(smaller)) for larger, smaller in release.shape.nested),
        ),
        counts={cell(old): count for old, count in release.counts.items()},
        targets=tuple(
            replace(t, whole=cell(t.whole), part=None if t.part is None else cell(t.part)) for t in release.targets
        ),
    )


def _finer_column(column: ColumnSpec, changed: Mapping[str, frozenset[str]]) -> ColumnSpec:
    codes = tuple(leaf for code in column.codes for leaf in sorted(changed.get(code, {code})))
    groups = {**column.groups, **{code: tuple(sorted(leaves)) for code, leaves in changed.items()}}
    return replace(column, codes=codes, groups=groups)
