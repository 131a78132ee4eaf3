"""Small files of records and specifications for the tests of releases."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

Counts = Mapping[tuple[str, ...], int]

COLUMNS: dict[str, Any] = {
    "sex": {"codes": ["f", "m"]},
    "form": {"codes": ["labour", "sexual", "begging"]},
}


def records(path: Path, names: tuple[str, ...], counts: Counts) -> Path:
    """A CSV file with so many rows of each combination."""
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(names)
        for values, count in counts.items():
            writer.writerows([values] * count)
    return path


def spec(path: Path, **changes: Any) -> Path:
    """A specification of the national family; ``changes`` replace keys."""
    raw: dict[str, Any] = {
        "family": "national",
        "columns": COLUMNS,
        "tables": [["sex", "form"]],
        "history": "history",
        "national": {},
    }
    path.write_text(yaml.safe_dump(raw | changes, sort_keys=False))
    return path


def table(folder: Path, name: str) -> dict[tuple[str, ...], int | None]:
    """A published table, re-read."""
    with (folder / "tables" / f"{name}.csv").open(newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    return {tuple(row[:-2]): int(row[-2]) if row[-2] else None for row in rows}
