"""An attacker who shares no code with the product: reads the published CSV files and brackets each empty cell.

The unknowns are the joint table of all columns, in whole numbers; the bounds are found by integer programming.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Cell = tuple[tuple[str, str], ...]
Groups = Mapping[str, Mapping[str, Sequence[str]]]  # column -> group -> its codes


class Attacker:
    """Knows the code lists, the groups and every printed count (of as many releases as are read)."""

    def __init__(self, codes: Mapping[str, Sequence[str]], groups: Groups) -> None:
        self.codes, self.groups = codes, groups
        self.joint = list(itertools.product(*codes.values()))
        self.rows: list[np.ndarray] = []
        self.counts: list[int] = []
        self.empty: dict[Cell, np.ndarray] = {}
        self.tables: list[np.ndarray] = []

    def row(self, nodes: Mapping[str, str]) -> np.ndarray:
        inside = np.ones(len(self.joint))
        for place, column in enumerate(self.codes):
            node = nodes.get(column, "Total")
            if node != "Total":
                codes = self.groups.get(column, {}).get(node, [node])
                inside *= [combination[place] in codes for combination in self.joint]
        return inside

    def read(self, folder: Path, where: Mapping[str, Mapping[str, str]] | None = None) -> None:
        for file in sorted((folder / "tables").glob("*.csv")):
            with file.open(newline="") as stream:
                for line in csv.DictReader(stream):
                    nodes = {k: v for k, v in line.items() if k not in ("count", "status")}
                    nodes |= (where or {}).get(file.stem, {})
                    if line["count"]:
                        self.rows.append(self.row(nodes))
                        self.counts.append(int(line["count"]))
                    else:
                        self.empty[tuple(sorted(nodes.items()))] = self.row(nodes)

    def ends(self, row: np.ndarray, enough: float) -> tuple[float, float]:
        """Two values that the count can have, at least ``enough`` apart if it can; else the exact bracket.

        Tables found for one cell are tried on the next before anything is solved.
        """
        values = [round(float(row @ table)) for table in self.tables]
        if values and max(values) - min(values) >= enough:
            return min(values), max(values)
        low, high = self.bracket(row)
        return low, high

    def bracket(self, row: np.ndarray) -> tuple[float, float]:
        ends = []
        for sign in (1, -1):
            size = len(self.joint)
            rules = [LinearConstraint(np.array(self.rows), self.counts, self.counts)] if self.rows else []
            found = milp(sign * row, integrality=np.ones(size), bounds=Bounds(0, 100_000), constraints=rules)
            assert found.status == 0, found.message
            self.tables.append(np.round(found.x))
            ends.append(sign * found.fun)
        return round(ends[0]), round(ends[1])
