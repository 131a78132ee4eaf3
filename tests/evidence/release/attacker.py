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

    def bracket(self, row: np.ndarray) -> tuple[float, float]:
        ends = []
        for sign in (1, -1):
            size = len(self.joint)
            rules = [LinearConstraint(np.array(self.rows), self.counts, self.counts)] if self.rows else []
            found = milp(sign * row, integrality=np.ones(size), bounds=Bounds(0, 100_000), constraints=rules)
            assert found.status == 0, found.message
            ends.append(sign * found.fun)
        return round(ends[0]), round(ends[1])
