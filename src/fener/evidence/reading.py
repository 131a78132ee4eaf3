"""CSV in: every file of ``evidence`` is read here, and what is wrong with one is said in one line.

Rows are numbered as a spreadsheet shows them: the header is row 1, the first data row is row 2; empty rows count but
are passed over. Files are UTF-8 (with or without byte order mark), separated by commas, quoted as RFC 4180 has it.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from fener.bad_input import BadInput
from fener.evidence.numerals import NUMBER, WHOLE

LONGEST_FIELD = 1_000_000  # characters; a longer one means a quote that was never closed


class Row:
    """One data row. ``row["count"]`` is the trimmed text of that column, "" where the file has no such column."""

    __slots__ = ("_cells", "_columns", "_file", "number")

    def __init__(self, file: str, number: int, columns: dict[str, int], cells: list[str]) -> None:
        self._file, self.number, self._columns, self._cells = file, number, columns, cells

    def __getitem__(self, column: str) -> str:
        at = self._columns.get(column)
        return "" if at is None else self._cells[at].strip()

    def texts(self, columns: Sequence[str]) -> list[str]:
        """The trimmed texts of many columns at once, which is several times faster than one by one."""
        cells, at = self._cells, self._columns.get
        return [cells[place].strip() if (place := at(column)) is not None else "" for column in columns]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names in the header, from left to right."""
        return tuple(self._columns)

    def fail(self, column: str, reason: str) -> NoReturn:
        """Raise BadInput: "file: row 7, column count: reason"."""
        raise BadInput(f"{self._file}: row {self.number}, column {column}: {reason}")

    def whole(self, column: str) -> int:
        """A whole number of 0 or more; anything else, also nothing at all, is bad input."""
        text = self[column]
        if not text:
            self.fail(column, "is empty; a whole number belongs here")
        if WHOLE.fullmatch(text):
            return int(text)
        number = self.number_or_none(column)
        if number is not None and number < 0:
            self.fail(column, f"{shown(text)} is negative; a count is 0 or more")
        if number is not None and number == number.to_integral_value():
            return int(number)
        self.fail(column, f"{shown(text)} is not a whole number")

    def number_or_none(self, column: str) -> Decimal | None:
        """The exact number as printed ("5415", "-3.5"; no thousands mark), or None where the cell is empty."""
        text = self[column]
        if not text:
            return None
        if not NUMBER.fullmatch(text):
            self.fail(column, f"{shown(text)} is not a number (digits with a point, no thousands mark)")
        return Decimal(text)

    def date_or_none(self, column: str) -> date | None:
        """The date (``YYYY-MM-DD``), or None where the cell is empty."""
        text = self[column]
        if not text:
            return None
        try:
            if len(text) != 10:  # fromisoformat also takes weeks and the short form
                raise ValueError
            return date.fromisoformat(text)
        except ValueError:
            self.fail(column, f"{shown(text)} is not a date (YYYY-MM-DD)")

    def one_of(self, column: str, allowed: Sequence[str]) -> str:
        """The cell, which is empty or one of ``allowed``."""
        text = self[column]
        if text and text not in allowed:
            self.fail(column, f"{shown(text)} is none of {', '.join(allowed)}")
        return text


def shown(text: str) -> str:
    """A cell's text in a message: quoted, short, without characters that do not print."""
    plain = "".join(c if c.isprintable() else "�" for c in text)
    return f'"{plain[:40]}…"' if len(plain) > 41 else f'"{plain}"'


def read_rows(path: str | Path, *, required: Sequence[str] = (), known: Sequence[str] | None = None) -> list[Row]:
    """All data rows of a CSV file.

    ``required`` columns must stand in the header; with ``known``, no other column may. Raises BadInput, naming file,
    row and column, for a file that is absent, empty, not UTF-8, ragged or has NUL in it, for a header that has a
    name twice, none or one that is unknown, and for a file without any data row.
    """
    rows = list(iter_rows(path, required=required, known=known))
    if not rows:
        raise BadInput(f"{path}: row 2: the file has a header but no data")
    return rows


def iter_rows(path: str | Path, *, required: Sequence[str] = (), known: Sequence[str] | None = None) -> Iterator[Row]:
    """The same, row by row, for files that are large; a file without data gives nothing."""
    file = str(path)
    csv.field_size_limit(min(LONGEST_FIELD, sys.maxsize))
    try:
        with Path(path).open("rb") as raw:
            yield from _rows(file, raw, required, known)
    except UnicodeDecodeError:
        raise BadInput(_where_not_utf8(file)) from None
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror or 'cannot be read'}") from error


def _rows(file: str, raw: io.BufferedReader, required: Sequence[str], known: Sequence[str] | None) -> Iterator[Row]:
    if raw.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise BadInput(f"{file}: row 1: is UTF-16; save it as UTF-8")
    counter = [0]
    text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
    reader = csv.reader(_without_nul(file, text, lambda: counter[0] + 1), strict=True)
    try:
        header = next(reader, None)
        if header is None:
            raise BadInput(f"{file}: row 1: the file is empty")
        counter[0] = 1
        columns = _columns(file, header, required, known)
        width = len(header)
        for cells in reader:
            counter[0] += 1
            if len(cells) != width:
                if not any(cell.strip() for cell in cells):
                    continue
                _ragged(file, counter[0], cells, header)
            yield Row(file, counter[0], columns, cells)
    except csv.Error as error:
        raise BadInput(f"{file}: row {counter[0] + 1}: {_plain(error)}") from None


def _without_nul(file: str, lines: io.TextIOWrapper, row: Callable[[], int]) -> Iterator[str]:
    for line in lines:
        if "\0" in line:
            raise BadInput(f"{file}: row {row()}, column {line[: line.index(chr(0))].count(',') + 1}: contains NUL")
        yield line


def _columns(file: str, header: list[str], required: Sequence[str], known: Sequence[str] | None) -> dict[str, int]:
    names = [name.strip() for name in header]
    if len(names) == 1 and ";" in names[0]:
        raise BadInput(f"{file}: row 1: columns are separated by semicolons; save it with commas")
    for at, name in enumerate(names, start=1):
        if not name:
            raise BadInput(f"{file}: row 1, column {at}: has no name")
        if names.index(name) != at - 1:
            raise BadInput(f"{file}: row 1, column {shown(name)[1:-1]}: stands in the header twice")
        if known is not None and name not in known:
            raise BadInput(f"{file}: row 1, column {shown(name)[1:-1]}: is not known ({', '.join(known)})")
    for name in required:
        if name not in names:
            raise BadInput(f"{file}: row 1, column {name}: is missing")
    return {name: at for at, name in enumerate(names)}


def _ragged(file: str, number: int, cells: list[str], header: list[str]) -> NoReturn:
    column = header[len(cells)].strip() if len(cells) < len(header) else str(len(header) + 1)
    raise BadInput(
        f"{file}: row {number}, column {column}: the row has {len(cells)} cells where the header has {len(header)}"
    )


def _plain(error: csv.Error) -> str:
    text = str(error)
    if "unexpected end of data" in text or "field larger" in text:
        return "a quotation mark is opened and never closed"
    if "expected after" in text:
        return "text follows a closing quotation mark; double the marks inside a quoted cell"
    return text


def _where_not_utf8(file: str) -> str:
    with Path(file).open("rb") as raw:
        for number, line in enumerate(raw, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                at = line[: error.start].count(b",") + 1
                return f"{file}: row {number}, column {at}: is not UTF-8 (mixed or other encoding); save it as UTF-8"
    return f"{file}: is not UTF-8"
