"""Every release that was made, kept for the attacks on the next: a folder with a manifest and what was printed.

The folder is the publisher's own: it never holds a count that was left out, but it says which cells were sensitive.
"""

from __future__ import annotations

import csv
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fener.bad_input import BadInput
from fener.evidence.output.write import atomic
from fener.evidence.release.audit.published import Published, overlaps
from fener.evidence.release.audit.target import Target
from fener.evidence.release.national.cells import Cell, Shape
from fener.evidence.release.spec import ColumnSpec, Population, Spec, TableSpec

MANIFEST = "manifest.json"
FORMAT = 1


@dataclass
class History:
    """The releases recorded in ``folder``, oldest first. Use ``opened``: it holds a lock until the release is made."""

    folder: Path
    entries: list[dict[str, Any]]

    @property
    def next_id(self) -> str:
        """The id of the release that comes next."""
        return f"release-{len(self.entries) + 1:04d}"

    def refuse_mixed(self, spec: Spec) -> None:
        """Raises BadInput where the other family printed tables about the same persons.

        Exact counts void what differential privacy promises, and noisy ones narrow what suppression hides; no common
        account of the two exists, so they are never mixed.
        """
        for entry in self.entries:
            if entry["family"] != spec.family and overlaps(_population(entry), spec.population):
                raise BadInput(
                    f"{self.folder / MANIFEST}: {entry['id']}: the {entry['family']} family published tables about the"
                    f" same persons; a release of the {spec.family} family cannot be accounted for together with it"
                )

    def national(self) -> list[Published]:
        """All earlier releases of the national family, re-read from what was printed."""
        return [self._read(entry) for entry in self.entries if entry["family"] == "national"]

    def record(self, spec: Spec, published: Published | None) -> None:
        """Add a release. Done before its files get their name: a release nobody saw is safer than one nobody noted."""
        entry: dict[str, Any] = {
            "id": self.next_id,
            "family": spec.family,
            "title": spec.title,
            "population": _population_json(spec.population),
        }
        if published is not None:
            file = self.folder / f"{entry['id']}.csv"
            with atomic(file) as part:
                _write_counts(part, published.counts)
            entry |= _design(spec, published) | {"counts": file.name, "sha256": _digest(file)}
        self.entries.append(entry)
        with atomic(self.folder / MANIFEST) as part:
            text = json.dumps({"format": FORMAT, "releases": self.entries}, ensure_ascii=False, indent=1)
            part.write_text(text + "\n", encoding="utf-8")

    def _read(self, entry: Mapping[str, Any]) -> Published:
        file = self.folder / str(entry["counts"])
        try:
            if _digest(file) != entry["sha256"]:
                raise BadInput(f"{file}: is not what {entry['id']} printed; restore it from a copy")
            counts = _read_counts(file)
        except OSError as error:
            raise BadInput(f"{file}: {error.strerror or 'cannot be read'}") from error
        columns = {name: _column(name, raw) for name, raw in entry["columns"].items()}
        tables = tuple(TableSpec(t["name"], tuple(t["by"]), t["where"]) for t in entry["tables"])
        return Published(
            id=entry["id"],
            title=entry["title"],
            population=_population(entry),
            shape=Shape(columns, tables).design,
            counts=counts,
            targets=tuple(
                Target(t["why"], _cell(t["whole"]), t["width"], None if t["part"] is None else _cell(t["part"]))
                for t in entry["targets"]
            ),
            minimum=entry["minimum"],
            width=entry["width"],
            base=entry["base"],
            groups=entry["groups"],
        )


@contextmanager
def opened(folder: Path) -> Iterator[History]:
    """The history of a folder, which is made if it is new. One release at a time: others wait for the lock."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise BadInput(f"{folder}: {error.strerror or 'cannot be written'}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield History(folder, _entries(folder / MANIFEST))
    finally:
        os.close(lock)


def _entries(file: Path) -> list[dict[str, Any]]:
    if not file.exists():
        return []
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        if raw["format"] != FORMAT:
            raise BadInput(f"{file}: is of another version ({raw['format']}) of this program")
        entries: list[dict[str, Any]] = raw["releases"]
        for number, entry in enumerate(entries, 1):
            if entry["id"] != f"release-{number:04d}":
                raise BadInput(f"{file}: release-{number:04d} is missing; restore the folder from a copy")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{file}: is no manifest of releases, or damaged; restore it from a copy") from error
    return entries


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _json(cell: Cell) -> dict[str, list[str]]:
    return {column: sorted(codes) for column, codes in cell}


def _cell(raw: Mapping[str, list[str]]) -> Cell:
    return tuple((column, frozenset(codes)) for column, codes in sorted(raw.items()))


def _write_counts(file: Path, counts: Mapping[Cell, int | None]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["cell", "count"])
        for cell, count in counts.items():
            writer.writerow([json.dumps(_json(cell), ensure_ascii=False), "" if count is None else count])


def _read_counts(file: Path) -> dict[Cell, int | None]:
    with file.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        return {_cell(json.loads(cell)): int(count) if count else None for cell, count in rows}


def _design(spec: Spec, published: Published) -> dict[str, Any]:
    used = {name for table in spec.tables for name in (*table.by, *table.where)}
    return {
        "minimum": published.minimum,
        "width": published.width,
        "base": published.base,
        "groups": published.groups,
        "columns": {
            name: {"codes": list(c.codes), "groups": {g: list(m) for g, m in c.groups.items()}, "missing": c.missing}
            for name, c in spec.columns.items()
            if name in used
        },
        "tables": [{"name": t.name, "by": list(t.by), "where": dict(t.where)} for t in spec.tables],
        "targets": [
            {"why": t.why, "whole": _json(t.whole), "part": None if t.part is None else _json(t.part), "width": t.width}
            for t in published.targets
            if t.earlier is None  # what lies between two releases, the auditor finds from what they printed
        ],
    }


def _column(name: str, raw: Mapping[str, Any]) -> ColumnSpec:
    groups = {group: tuple(members) for group, members in raw["groups"].items()}
    return ColumnSpec(name, tuple(raw["codes"]), title=name, missing=raw["missing"], groups=groups)


def _population_json(population: Population) -> dict[str, str | None]:
    days = (population.start, population.end, population.as_of)
    start, end, as_of = (None if day is None else day.isoformat() for day in days)
    return {"name": population.name, "start": start, "end": end, "as_of": as_of}


def _population(entry: Mapping[str, Any]) -> Population:
    raw = entry["population"]
    start, end, as_of = (None if raw[k] is None else date.fromisoformat(raw[k]) for k in ("start", "end", "as_of"))
    return Population(raw["name"], start, end, as_of)
