"""A filled workbook as rows of known columns: IOM's own form and its relatives. Only reads; knows no database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.worksheet.worksheet import Worksheet

from fener.casework.htcds import container
from fener.casework.htcds.container import BadWorkbook
from fener.casework.htcds.header import EXTENSION, Header, find_header, texts_of
from fener.norms.htcds import htcds_mapping

MOST_ROWS = 20_000
REPEATED_HEADER = 3
MAC_DAYS = 1462  # between the two ways in which workbooks count days
# Spreadsheets write what XML cannot hold as _xHHHH_; the library that reads leaves it so.
ESCAPED = re.compile("_x(000[Dd]|[Ff]{3}[EeFf])_")


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
    """One case: cells by the standard's column names, extension values by their own. ``known``: the sheet's columns."""

    sheet: str
    number: int
    cells: dict[str, Cell] = field(default_factory=dict)
    extension: dict[str, str] = field(default_factory=dict)
    key: str = ""
    known: frozenset[str] = frozenset()


@dataclass
class Workbook:
    """What was read: rows, and what was noticed about the file itself."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(path: Path) -> Workbook:
    """Read a workbook. Raises BadWorkbook; problems of single cells are listed in the result."""
    container.check(path)
    result = Workbook()
    try:
        with path.open("rb") as file:  # opened here: the library judges by the name's ending
            book = load_workbook(file, read_only=False, data_only=False, keep_links=False)
    except Exception as error:
        # openpyxl raises whatever its XML parser, its zip reader or its own checks raise; all mean the same to a
        # reader.
        raise BadWorkbook(
            "cannot be read as a workbook; open it in a spreadsheet program and save it as .xlsx"
        ) from error
    found = False
    for sheet in book.worksheets:
        if sheet.title == EXTENSION:
            continue
        header = find_header(sheet)
        if header is None:
            continue
        if sheet.sheet_state != "visible":
            text = "This sheet is hidden and was not read. Show it in the spreadsheet program if it belongs here."
            result.problems.append(Problem(sheet.title, header.last_row, "", text, "warning"))
            continue
        found = True
        _Reader(sheet, header, result, mac=book.epoch == MAC_EPOCH).read()
    if not found:
        raise BadWorkbook(
            "no visible sheet has the columns of HTCDS 2.0 in its first rows (names like prs_FirstName or labels like "
            "First Name)"
        )
    if EXTENSION in book.sheetnames and isinstance(book[EXTENSION], Worksheet):
        _read_extension(book[EXTENSION], result)
    return result


def _rows_of(sheet: Worksheet) -> dict[int, list[SheetCell]]:
    """The cells that stand in the file, by row. (Asking the sheet for ranges would make cells for every gap.)"""
    rows: dict[int, list[SheetCell]] = {}
    for (row, _column), cell in sorted(sheet._cells.items()):
        if isinstance(cell, SheetCell) and not _blank(cell.value):
            rows.setdefault(row, []).append(cell)
    return rows


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), value)
    return value


class _Reader:
    """Reads one sheet into the result."""

    def __init__(self, sheet: Worksheet, header: Header, result: Workbook, *, mac: bool) -> None:
        self.sheet, self.header, self.result, self.mac = sheet, header, result, mac
        self.known = frozenset(column.name for column in header.columns.values())
        self.nameless: dict[int, int] = {}

    def read(self) -> None:
        rows = _rows_of(self.sheet)
        self._tell_of_header(rows)
        self._tell_of_merged()
        for number, cells in rows.items():
            if number > self.header.last_row:
                self._read_row(number, cells)
                if len(self.result.rows) > MOST_ROWS:
                    place = f"sheet {self.sheet.title}, row {number}"
                    raise BadWorkbook(f"{place}: there are more than {MOST_ROWS} cases; divide the file")
        for column, number in self.nameless.items():
            text = "This column has no name in the header; its values are not imported."
            self._tell(number, get_column_letter(column), text, "warning")

    def _tell(self, row: int, place: str, message: str, severity: str = "error") -> None:
        self.result.problems.append(Problem(self.sheet.title, row, place, message, severity))

    def _tell_of_header(self, rows: Mapping[int, list[SheetCell]]) -> None:
        mapping, last = htcds_mapping(), self.header.last_row
        filled = {cell.column for number, cells in rows.items() if number > last for cell in cells}
        for number in rows:
            if self.header.first_row < number < last and number not in self.header.rows:
                self._tell(number, "", f"This row stands above the header in row {last} and is not read.", "warning")
        for column, text in self.header.foreign.items():
            reason = mapping.not_stored.get(text)
            message = (
                f"This column is not stored: {reason}"
                if reason
                else f"“{text}” is no column of HTCDS 2.0; its values are not imported."
            )
            self._tell(last, f"{text} ({get_column_letter(column)})", message, "warning")
        for column, (kept, other) in self.header.twice.items():
            if column in filled:
                self._tell(
                    last,
                    f"{kept.name} ({get_column_letter(column)})",
                    f"Column {get_column_letter(other)} has the same name. Delete or rename one of them.",
                )
        for column, label in self.header.disagreeing.items():
            if column in filled:
                name = self.header.columns[column].name
                self._tell(
                    last,
                    f"{name} ({get_column_letter(column)})",
                    f"The label says “{label}”. The values were read as {name}; check that they are.",
                    "warning",
                )

    def _tell_of_merged(self) -> None:
        for area in self.sheet.merged_cells.ranges:
            known = [c for c in range(area.min_col, area.max_col + 1) if c in self.header.columns]
            if area.max_row > self.header.last_row and known:
                column = self.header.columns[known[0]]
                self._tell(
                    max(area.min_row, self.header.last_row + 1),
                    f"{column.name} ({get_column_letter(known[0])})",
                    f"The cells {area.coord} are merged, so that rows cannot be told apart. Separate them.",
                )

    def _read_row(self, number: int, cells: list[SheetCell]) -> None:
        if self._is_header_again(cells):
            self._tell(number, "", "The header stands here again; the row is not read.", "warning")
            return
        row = Row(self.sheet.title, number, known=self.known)
        troubled = False
        for cell in cells:
            column = self.header.columns.get(cell.column)
            if column is None:
                if cell.column == self.header.key:
                    row.key = "" if cell.data_type == "f" else key_of(cell.value)
                elif cell.column not in self.header.foreign and cell.column not in self.header.twice:
                    self.nameless.setdefault(cell.column, number)
                continue
            place = f"{column.name} ({get_column_letter(cell.column)})"
            if cell.data_type in ("f", "e"):
                troubled = True
                self._tell(
                    number,
                    place,
                    "This is a formula. Replace it by its value (copy, paste values)."
                    if cell.data_type == "f"
                    else f"This cell holds the error {cell.value}. Write the value, or leave it empty.",
                )
                continue
            value = _plain(cell.value)
            if self.mac and column.type == "date" and isinstance(value, int | float) and not isinstance(value, bool):
                value += MAC_DAYS
            row.cells[column.name] = Cell(value, place)
        if row.cells or troubled:
            self.result.rows.append(row)

    def _is_header_again(self, cells: list[SheetCell]) -> bool:
        texts = texts_of(cells)
        same = [c for c, text in texts.items() if c in self.header.columns and self.header.names_column(c, text)]
        return len(same) >= REPEATED_HEADER and len(same) * 2 >= len(texts)


def key_of(value: Any) -> str:
    """A row's number in column A as text: 3, 3.0 and "3" are one."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _read_extension(sheet: Worksheet, result: Workbook) -> None:
    """What the standard has no column for, by the number in column A of the main sheet."""
    rows = _rows_of(sheet)
    if not rows:
        return
    first = min(rows)
    names = texts_of(rows[first])
    by_key: dict[str, Row] = {}
    for row in result.rows:
        if row.key in by_key:
            text = f"The number {row.key} stands in two rows, so that sheet {EXTENSION} cannot be joined. Number anew."
            result.problems.append(Problem(row.sheet, row.number, "A", text))
        if row.key:
            by_key[row.key] = row
    for number, cells in rows.items():
        if number == first:
            continue
        values: dict[str, str] = {}
        key = ""
        for cell in cells:
            name = names.get(cell.column, "")
            if cell.data_type in ("f", "e"):
                text = "This is a formula or an error. Replace it by its value."
                result.problems.append(Problem(EXTENSION, number, name, text))
            elif name == "row":
                key = key_of(cell.value)
            elif name:
                values[name] = str(_plain(cell.value))
        if values:
            _join(by_key.get(key), values, number, result)


def _join(row: Row | None, values: dict[str, str], number: int, result: Workbook) -> None:
    if row is None:
        text = "No row of the main sheet has this number; what stands here is not imported."
        result.problems.append(Problem(EXTENSION, number, "row (A)", text, "warning"))
    elif row.extension:
        text = f"Row {row.number} of the main sheet has a row here already. Delete one of them."
        result.problems.append(Problem(EXTENSION, number, "row (A)", text))
    else:
        row.extension = values
