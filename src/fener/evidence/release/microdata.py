"""Records about persons, as small whole numbers: every column coded by the public code list of the specification."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fener.bad_input import BadInput

if TYPE_CHECKING:
    from fener.evidence.release.spec import ColumnSpec, Spec

CHUNK = 50_000  # rows that stand in memory as text at one time
SHOWN = 40  # characters of a wrong value that a message repeats


@dataclass(frozen=True)
class Coded:
    """One column. ``codes``: int32, shape (rows,), positions in ``labels``.

    ``labels`` is the public code list, in its order, with the codes that nobody has: what is absent is published too.
    """

    codes: NDArray[np.int32]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Microdata:
    """The records of one file. All arrays have one entry a row, in the order of the file.

    ``person``: int64, the same number for rows about the same person; None where a row is a person.
    ``contributor``: int64, who contributed the record (an organisation); None where nobody asked for it.
    """

    columns: Mapping[str, Coded]
    person: NDArray[np.int64] | None = None
    contributor: NDArray[np.int64] | None = None

    @property
    def rows(self) -> int:
        """How many records there are."""
        return next((len(column.codes) for column in self.columns.values()), 0)

    def chosen(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Microdata:
        """Only these rows: a mask, shape (rows,), or positions."""
        return Microdata(
            {name: Coded(column.codes[rows], column.labels) for name, column in self.columns.items()},
            None if self.person is None else self.person[rows],
            None if self.contributor is None else self.contributor[rows],
        )


def read_microdata(path: Path | str, spec: Spec) -> Microdata:
    """Read the columns that the specification names from a CSV file (UTF-8, header row). Other columns are not kept.

    Raises BadInput, with file, row (the header is row 1) and column, for whatever is not in a code list, an empty value
    in a column without a code for missing, an empty person, a ragged row, a header that misses or doubles a column, a
    file without records, and what is not UTF-8.
    """
    file = Path(path)
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            return _read(file, csv.reader(stream, strict=True), spec)
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror or 'cannot be read'}") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{file}: row {_row_not_utf8(file)}: is not UTF-8; save the file as UTF-8") from error


def _read(file: Path, reader: Iterator[list[str]], spec: Spec) -> Microdata:
    header = _next(file, reader, 1)
    if not header:
        raise BadInput(f"{file}: is empty; a header row and at least one record are needed")
    place = _places(file, header, spec)
    coders = {name: _coder(file, column) for name, column in spec.columns.items()}
    people, givers = _Numbers(file, spec.person), _Numbers(file, spec.contributor)
    parts: dict[str, list[NDArray[np.int32]]] = {name: [] for name in coders}
    first = 2
    for rows in _chunks(file, reader, len(header)):
        values = list(zip(*rows, strict=True))
        for name, coder in coders.items():
            parts[name].append(coder(values[place[name]], first))
        for numbers in (people, givers):
            if numbers.column:
                numbers.take(values[place[numbers.column]], first)
        first += len(rows)
    if first == 2:
        raise BadInput(f"{file}: has a header but no records")
    columns = {name: Coded(np.concatenate(parts[name]), spec.columns[name].codes) for name in coders}
    return Microdata(columns, people.array(), givers.array())


def _next(file: Path, reader: Iterator[list[str]], row: int) -> list[str]:
    try:
        return next(reader, [])
    except csv.Error as error:
        raise BadInput(f"{file}: row {row}: {error}") from error


def _places(file: Path, header: Sequence[str], spec: Spec) -> dict[str, int]:
    names = [name.strip() for name in header]
    for name in names:
        if name and names.count(name) > 1:
            raise BadInput(f"{file}: row 1, column {name}: the header names this column twice")
    needed = [*spec.columns, *(name for name in (spec.person, spec.contributor) if name)]
    for name in needed:
        if name not in names:
            raise BadInput(f"{file}: row 1, column {name}: the column is missing (there are: {', '.join(names)[:200]})")
    return {name: names.index(name) for name in needed}


def _chunks(file: Path, reader: Iterator[list[str]], width: int) -> Iterator[list[list[str]]]:
    """Lists of whole rows; blank lines are forgiven at the end of the file only."""
    first, blank_at = 2, 0
    while True:
        rows: list[list[str]] = []
        try:
            rows.extend(itertools.islice(reader, CHUNK))
        except csv.Error as error:
            raise BadInput(f"{file}: row {first + len(rows)} or after: {error}") from error
        if not rows:
            return
        if blank_at and any(rows):
            raise BadInput(f"{file}: row {blank_at}: is blank")
        if set(map(len, rows)) != {width}:
            while rows and not rows[-1]:
                rows.pop()
                blank_at = first + len(rows)
            for number, row in enumerate(rows, first):
                if len(row) != width:
                    raise BadInput(f"{file}: row {number}: has {len(row)} values, the header has {width}")
        if rows:
            yield rows
        first += len(rows)


def _coder(file: Path, column: ColumnSpec) -> Callable[[Sequence[str], int], NDArray[np.int32]]:
    index = {code: number for number, code in enumerate(column.codes)}
    if column.missing:
        index[""] = index[column.missing]

    def code(values: Sequence[str], first: int) -> NDArray[np.int32]:
        found = np.fromiter((index.get(value, -1) for value in values), np.int32, len(values))
        if len(wrong := np.flatnonzero(found < 0)):
            value = values[int(wrong[0])]
            place = f"{file}: row {first + int(wrong[0])}, column {column.name}"
            if not value:
                raise BadInput(f"{place}: is empty, and the specification has no 'missing' code for this column")
            raise BadInput(f"{place}: {value[:SHOWN]!r} is not in the specification's code list")
        return found

    return code


class _Numbers:
    """Text keys (persons, organisations) as numbers in order of appearance; the text is not kept."""

    def __init__(self, file: Path, column: str) -> None:
        self.file, self.column = file, column
        self._index: dict[str, int] = {}
        self._parts: list[NDArray[np.int64]] = []

    def take(self, values: Sequence[str], first: int) -> None:
        index = self._index
        found = np.fromiter((index.setdefault(value, len(index)) for value in values), np.int64, len(values))
        if (empty := index.get("")) is not None:
            row = first + int(np.flatnonzero(found == empty)[0])
            raise BadInput(f"{self.file}: row {row}, column {self.column}: is empty; each record needs one")
        self._parts.append(found)

    def array(self) -> NDArray[np.int64] | None:
        return np.concatenate(self._parts) if self._parts else None


def _row_not_utf8(file: Path) -> int:
    with file.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 1
