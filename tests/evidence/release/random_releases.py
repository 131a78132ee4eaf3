"""Random records and specifications: two to four columns, one to three linked tables of one to three columns."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import yaml

SIZES = {"sex": 2, "age": 3, "form": 4, "region": 4}
GROUPS = {"region": {"North": ["region0", "region1"], "South": ["region2", "region3"]}}


def random_release(seed: int, folder: Path, *, most: int = 3) -> tuple[Path, Path, dict[str, Any]]:
    """Writes records and a specification; gives their paths and the specification."""
    chance = np.random.default_rng(seed)
    names = list(SIZES)[: int(chance.integers(2, 5))]
    columns: dict[str, Any] = {}
    for name in names:
        columns[name] = {"codes": [f"{name}{i}" for i in range(SIZES[name])]}
        if name in GROUPS and chance.random() < 0.5:
            columns[name]["hierarchy"] = GROUPS[name]
    tables: dict[tuple[str, ...], None] = {}
    for _ in range(int(chance.integers(1, 4))):
        width = int(chance.integers(1, min(most, len(names)) + 1))
        tables[tuple(sorted(map(str, chance.choice(names, width, replace=False))))] = None
    raw: dict[str, Any] = {
        "family": "national",
        "columns": columns,
        "tables": [list(table) for table in tables],
        "history": "history",
        "national": {"groups": str(chance.choice(["suppress", "report"]))},
    }
    persons = int(chance.integers(20, 400))
    values = {
        name: np.minimum(chance.geometric(chance.uniform(0.25, 0.7), persons) - 1, SIZES[name] - 1) for name in names
    }
    data, spec = folder / "data.csv", folder / "spec.yaml"
    with data.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(names)
        writer.writerows([[f"{n}{values[n][i]}" for n in names] for i in range(persons)])
    spec.write_text(yaml.safe_dump(raw, sort_keys=False))
    return data, spec, raw
