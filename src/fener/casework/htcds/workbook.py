"""A filled workbook as rows of known columns. Whatever else it is (macros, formulas, a bomb) is refused in words."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fener.norms.htcds import Column, HtcdsMapping, htcds_mapping

# An honest workbook of 10,000 cases unpacks to about 30 MB.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
MOST_PARTS = 2000
MOST_ROWS = 20_000
HEADER_DEPTH = 12
ENOUGH_HEADERS = 3
EXTENSION = "Fener"  # the sheet that carries what the standard has no column for


class BadWorkbook(Exception):
    """A file that cannot be imported at all: one line that says what it is and what to do."""


@dataclass(frozen=True)
class Problem:
    """What is wrong at one place of the file, and what to do."""

    sheet: str
    row: int
    column: str  # the column's name and its letter, e.g. "prs_Birthdate (G)"
    message: str
    severity: str = "error"  # error: the row cannot be imported; warning: it can, and this should be looked at

    def to_json(self) -> dict[str, Any]:
        """One JSON line of the report."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "severity": self.severity,
            "message": self.message,
        }


@dataclass(frozen=True)
class Cell:
    """One value as it stands in the file, with its place."""

    value: Any
    ref: str


@dataclass
class Row:
    """One case: cells by the standard's column names, extension values by their own."""

    sheet: str
    number: int
    cells: dict[str, Cell] = field(default_factory=dict)
    extension: dict[str, str] = field(default_factory=dict)
    key: str = ""


@dataclass
class Workbook:
    """What was read: rows, and what was noticed about the file itself."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(path: Path) -> Workbook:
    """Read a workbook. Raises BadWorkbook; problems of single cells are listed in the result."""
    _check_container(path)
    try:
        book = load_workbook(path, read_only=False, data_only=False, keep_links=False)
    except Exception as error:
        # openpyxl raises whatever its XML parser, its zip reader or its own checks raise; all mean the same to a reader.
        raise BadWorkbook("cannot be read as a workbook; open it in a spreadsheet program and save it as .xlsx") from error
    mapping = htcds_mapping()
    result = Workbook()
    found = False
    for sheet in book.worksheets:
        if sheet.title == EXTENSION:
            continue
        header = _header(sheet, mapping)
        if header is None:
            continue
        found = True
        _read_sheet(sheet, header, mapping, result)
    if not found:
        raise BadWorkbook(
            "no sheet has the columns of HTCDS 2.0 in its first rows (names like prs_FirstName or labels like First Name)"
        )
    if EXTENSION in book.sheetnames:
        _read_extension(book[EXTENSION], result)
    return result


# -- the container ----------------------------------------------------------------------------------------------------


def _check_container(path: Path) -> None:
    if not path.is_file():
        raise BadWorkbook("there is no such file")
    if not zipfile.is_zipfile(path):
        raise BadWorkbook("is not an .xlsx workbook; open it in a spreadsheet program and save it as .xlsx")
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        unpacked = sum(part.file_size for part in parts)
        packed = max(1, sum(part.compress_size for part in parts))
        if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or (unpacked > 2**20 and unpacked / packed > MOST_RATIO):
            raise BadWorkbook("unpacks to far more than a workbook of cases; it was not opened")
        if any(name.lower().endswith(("vbaproject.bin", ".bin")) and "vba" in name.lower() for name in names):
            raise BadWorkbook("contains macros; save it as .xlsx without macros and try again")
        if "xl/workbook.xml" not in names:
            raise BadWorkbook("is a zip archive but no .xlsx workbook")
        if b"macroEnabled" in archive.read("[Content_Types].xml"):
            raise BadWorkbook("contains macros; save it as .xlsx without macros and try again")
        for part in parts:
            if part.filename.endswith(".xml"):
                with archive.open(part) as stream:
                    if b"<!DOCTYPE" in stream.read(2048):
                        raise BadWorkbook("contains XML that no spreadsheet program writes; it was not opened")


# -- the sheets -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Header:
    last_row: int
    columns: Mapping[int, Column]  # by column number, from 1
    foreign: Mapping[int, str]


def _texts(sheet: Worksheet, number: int) -> dict[int, str]:
    return {
        cell.column: str(cell.value).strip()
        for cell in sheet[number]
        if cell.value is not None and str(cell.value).strip()
    }


def _header(sheet: Worksheet, mapping: HtcdsMapping) -> _Header | None:
    """The header rows: one of names, one of labels, or both, anywhere in the first rows. A name wins over a label."""
    best: dict[int, Column] = {}
    foreign: dict[int, str] = {}
    last = 0
    for number in range(1, min(sheet.max_row or 1, HEADER_DEPTH) + 1):
        texts = _texts(sheet, number)
        known = {column: found for column, text in texts.items() if (found := mapping.find(text))}
        if len(known) < ENOUGH_HEADERS or len(known) * 2 < len(texts):
            if last:
                break
            continue
        last = number
        for column, found in known.items():
            if column not in best and found.name not in {other.name for other in best.values()}:
                best[column] = found
        foreign.update({column: text for column, text in texts.items() if column not in known})
    if not last:
        return None
    return _Header(last, best, {c: t for c, t in foreign.items() if c not in best})


def _read_sheet(sheet: Worksheet, header: _Header, mapping: HtcdsMapping, result: Workbook) -> None:
    for column, text in header.foreign.items():
        reason = mapping.not_stored.get(text)
        message = (
            f"This column is not stored: {reason}"
            if reason
            else f"“{text}” is no column of HTCDS 2.0; its values are not imported."
        )
        result.problems.append(
            Problem(sheet.title, header.last_row, f"{text} ({get_column_letter(column)})", message, "warning")
        )
    if (sheet.max_row or 0) - header.last_row > MOST_ROWS:
        raise BadWorkbook(f"sheet {sheet.title} has more than {MOST_ROWS} rows; divide it")
    for cells in sheet.iter_rows(min_row=header.last_row + 1):
        row = Row(sheet.title, cells[0].row)
        for cell in cells:
            column = header.columns.get(cell.column)
            if column is None or cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()):
                continue
            place = f"{column.name} ({get_column_letter(cell.column)})"
            if cell.data_type == "f":
                result.problems.append(
                    Problem(sheet.title, cell.row, place, "This is a formula. Replace it by its value (copy, paste values).")
                )
                continue
            if cell.data_type == "e":
                result.problems.append(Problem(sheet.title, cell.row, place, f"This cell holds the error {cell.value}."))
                continue
            row.cells[column.name] = Cell(cell.value, place)
        if row.cells:
            first = cells[0].value
            row.key = str(first).strip() if first is not None and 1 not in header.columns else ""
            result.rows.append(row)


def _read_extension(sheet: Worksheet, result: Workbook) -> None:
    """What the standard has no column for, by the number in column A of the main sheet."""
    names = {cell.column: str(cell.value).strip() for cell in sheet[1] if cell.value is not None}
    by_key = {row.key: row for row in result.rows if row.key}
    for cells in sheet.iter_rows(min_row=2):
        values = {names[cell.column]: cell.value for cell in cells if cell.column in names and cell.value is not None}
        row = by_key.get(str(values.pop("row", "")).strip())
        if row is None:
            if values:
                result.problems.append(
                    Problem(EXTENSION, cells[0].row, "row (A)", "No row of the main sheet has this number.", "warning")
                )
            continue
        row.extension = {
            name: str(value)
            for name, value in values.items()
            if not (isinstance(value, str) and re.match(r"^=", value)) or name.startswith("fener_sealed_")
        }


def places(rows: list[Row]) -> Iterator[str]:
    """Sheet and number of each row, for messages."""
    for row in rows:
        yield f"{row.sheet}:{row.number}"
