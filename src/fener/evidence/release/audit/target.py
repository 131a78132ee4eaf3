"""What must stay uncertain: a cell, or the difference of two cells, and by how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fener.evidence.release.national.cells import Cell, Design, Shape, label

# Why something is sensitive.
SMALL, DOMINANCE, GROUP, DIFFERENCE = "small", "dominance", "group", "difference"


@dataclass(frozen=True)
class Target:
    """``whole`` minus ``part`` (or ``whole`` alone) must be uncertain over ``width`` persons.

    ``earlier``: number of an earlier release; then the part is that release's count of the same cell.
    """

    why: str
    whole: Cell
    width: int
    part: Cell | None = None
    earlier: int | None = None

    def words(self, shape: Design) -> str:
        """The target for a message."""
        whole = label(self.whole, shape)
        return whole if self.part is None else f"{whole} without those of {label(self.part, shape)}"


def needed(value: int, width: int) -> tuple[int, int]:
    """The interval that an attacker must not be able to narrow, for a true count: (low, high), ``width`` apart.

    It begins ``width`` below the count, or at zero: for a small count an attacker cannot even tell whether there is
    anybody.
    """
    low = max(0, value - width)
    return low, max(low + width, value + 1)


def sensitive_cells(
    shape: Shape,
    counts: Mapping[Cell, int],
    *,
    minimum: int,
    width: int,
    dominance: int | None = None,
    largest: Mapping[Cell, int] | None = None,
) -> list[Target]:
    """Cells that must not be printed: fewer than ``minimum`` persons, or one contributor gave over ``dominance`` %."""
    found = []
    for cell in shape.cells:
        count = counts[cell]
        if 0 < count < minimum:
            found.append(Target(SMALL, cell, width))
        elif count and dominance is not None and 100 * (largest or {}).get(cell, 0) > dominance * count:
            found.append(Target(DOMINANCE, cell, width))
    return found


def shared_attributes(shape: Shape, counts: Mapping[Cell, int], *, width: int) -> list[Target]:
    """Group disclosure: everybody of a group that is defined by an attribute has the same other attribute.

    That the others are zero is then as telling as a small count, however small the group: its own count is left out,
    but whoever knows one of its members learns the attribute from the zeros. A shared 'missing' says nothing about
    anybody.
    """
    found = []
    for line in shape.lines:
        if not line.whole:
            continue
        holders = [part for part in line.parts if counts[part]]
        missing = shape.columns[line.column].missing
        if len(holders) == 1 and holders[0] != line.whole:
            if missing and dict(holders[0]).get(line.column) == frozenset([missing]):
                continue
            found.append(Target(GROUP, line.whole, width, holders[0]))
    return found


def hidden_differences(shape: Shape, counts: Mapping[Cell, int], *, minimum: int, width: int) -> list[Target]:
    """Differences that no table prints but two printed cells give: small, so as sensitive as a small cell."""
    return [
        Target(DIFFERENCE, larger, width, smaller)
        for larger, smaller in shape.nested
        if 0 < counts[larger] - counts[smaller] < minimum
    ]
