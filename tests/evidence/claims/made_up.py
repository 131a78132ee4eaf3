"""Claims files for tests: rows by name, and random files that are consistent by construction."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from pathlib import Path

from fener.evidence.claims import Book, check, read_claims
from fener.evidence.claims.reading import COLUMNS

Row = dict[str, str]


def row(name: str, value: object, **cells: object) -> Row:
    """A figure of 2003 by the police in Ruritania: victims identified, unless ``cells`` say otherwise."""
    start: Row = {
        "id": name,
        "jurisdiction": "XX",
        "measure": "identified",
        "unit": "person",
        "period_start": "2003-01-01",
        "period_end": "2003-12-31",
        "qualifier": "=",
        "value": "" if value is None else str(value),
        "source": "Police",
        "source_type": "police",
    }
    return start | {key: str(cell) for key, cell in cells.items()}


def written(folder: Path, rows: Iterable[Row], columns: Iterable[str] = COLUMNS) -> Path:
    """The rows as a file."""
    file = folder / "claims.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(columns), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return file


def book(folder: Path, *rows: Row) -> Book:
    """The rows, read."""
    return read_claims(written(folder, rows))


def classes(folder: Path, *rows: Row) -> list[str]:
    """The classes of what is found in these rows."""
    return [found.kind for found in check(book(folder, *rows))]


def year(number: int) -> Row:
    """The cells of a calendar year."""
    return {"period_start": f"{number}-01-01", "period_end": f"{number}-12-31"}


def rounded(part: int, whole: int) -> int:
    """Percent, half up."""
    return (200 * part + whole) // (2 * whole)


def consistent(seed: int, years: int = 3) -> list[Row]:
    """A file of several sources and years without any contradiction: nested parts, shares, rates, bounds, series.

    Numbers of different meaning are kept apart (no two of 20 or more are equal), since equality is a question.
    """
    chance = random.Random(seed)
    free = list(range(20, 4000))
    chance.shuffle(free)
    rows: list[Row] = []
    for number in range(2001, 2001 + years):
        when, name = year(number), f"y{number}"
        female, male, foreign = free.pop(), free.pop(), chance.randint(0, 19)
        whole = female + male
        rows.append(row(name, whole, parts_complete="yes", **when))
        rows.append(
            row(f"{name}-f", female, population="female", part_of=name, breakdown="sex", parts_complete="yes", **when)
        )
        rows.append(row(f"{name}-m", male, population="male", part_of=name, breakdown="sex", **when))
        minor = chance.randint(0, min(female, 19))
        rows.append(row(f"{name}-fc", minor, population="female+minor", part_of=f"{name}-f", breakdown="age", **when))
        rows.append(
            row(f"{name}-fa", female - minor, population="female+adult", part_of=f"{name}-f", breakdown="age", **when)
        )
        rows.append(row(f"{name}-x", foreign, population="foreign", part_of=name, breakdown="nationality", **when))
        rows.append(
            row(
                f"{name}-fs",
                rounded(female, whole),
                measure="share",
                unit="percent",
                population="female",
                base=name,
                **when,
            )
        )
        rows.append(row(f"{name}-ret", chance.randint(0, 19), measure="returned", **when))
        rows.append(row(f"{name}-cases", chance.randint(1, 19), measure="investigated", unit="case", **when))
        rows.append(
            row(
                f"{name}-ngo", f"{chance.randint(0, 19)}", measure="assisted", source="Haven", source_type="ngo", **when
            )
        )
        rows.append(
            row(
                f"{name}-more",
                female,
                population="female",
                source="Ministry",
                source_type="ministry",
                qualifier="<=",
                **when,
            )
        )
        rows.append(row(f"{name}-gap", None, measure="deported", missing="refused", **when))
    return rows
