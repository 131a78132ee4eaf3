"""The header of a sheet: one row of names, one of labels, or both, anywhere in its first rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet

from fener.norms.htcds import Column, HtcdsMapping, htcds_mapping

EXTENSION = "Fener"  # the sheet that carries what the standard has no column for
DEPTH = 12
ENOUGH = 3  # fewer known words in a row may be chance
PREFIXED = re.compile(r"\s*[a-z]{3}_\w+\s*")
KEY_NAMES = {"row", "no", "no.", "nr", "nr.", "#"}


@dataclass(frozen=True)
class Header:
    """Where a sheet's columns stand. Column numbers count from 1."""

    rows: tuple[int, ...]
    columns: Mapping[int, Column]
    foreign: Mapping[int, str]
    twice: Mapping[int, tuple[Column, int]]  # a later column of the same name -> (what it is, where it stood first)
    disagreeing: Mapping[int, str]  # label under a name that says something else
    key: int | None  # the column with the numbers of the rows

    @property
    def first_row(self) -> int:
        """Where the header begins."""
        return self.rows[0]

    @property
    def last_row(self) -> int:
        """Data begin below."""
        return self.rows[-1]

    def names_column(self, column: int, text: str) -> bool:
        """Whether a text is a name or label of what stands in that column."""
        found = htcds_mapping().find(text)
        return found is not None and found.name == self.columns[column].name


def texts_of(cells: Iterable[SheetCell]) -> dict[int, str]:
    """Texts of a row by column; numbers and dates are no header."""
    return {
        cell.column: cell.value.strip()
        for cell in cells
        if isinstance(cell.value, str) and cell.data_type != "f" and cell.value.strip()
    }


def find_header(sheet: Worksheet) -> Header | None:
    """The header rows, or None where the first rows name no columns of the standard. A name wins over a label."""
    mapping = htcds_mapping()
    near: dict[int, list[SheetCell]] = {}
    for (row, _column), cell in sheet._cells.items():
        if row <= DEPTH and isinstance(cell, SheetCell):
            near.setdefault(row, []).append(cell)
    rows = {number: texts_of(near[number]) for number in sorted(near)}
    headers: dict[int, Mapping[int, str]] = {}
    for of_names in (True, False):  # the first row of each kind; a later one repeats it among the data
        for number, texts in rows.items():
            if _is_header(texts, mapping) and _of_names(texts) is of_names:
                headers[number] = texts
                break
    headers = dict(sorted(headers.items()))
    if not headers:
        return None
    return _header(headers, mapping)


def _is_header(texts: Mapping[int, str], mapping: HtcdsMapping) -> bool:
    return len({found.name for text in texts.values() if (found := mapping.find(text))}) >= ENOUGH


def _of_names(texts: Mapping[int, str]) -> bool:
    return sum(bool(PREFIXED.fullmatch(text)) for text in texts.values()) >= ENOUGH


def _header(headers: Mapping[int, Mapping[int, str]], mapping: HtcdsMapping) -> Header:
    names: dict[int, str] = {}
    labels: dict[int, str] = {}
    for texts in headers.values():
        for column, text in sorted(texts.items()):
            (names if PREFIXED.fullmatch(text) else labels).setdefault(column, text)
    columns: dict[int, Column] = {}
    where: dict[str, int] = {}
    twice: dict[int, tuple[Column, int]] = {}
    for source in (names, labels):
        for column, text in sorted(source.items()):
            found = mapping.find(text)
            if found is None or column in columns or (source is labels and mapping.find(names.get(column, ""))):
                continue
            if found.name in where:
                twice[column] = (found, where[found.name])
                continue
            columns[column] = found
            where[found.name] = column
    foreign = {
        column: text
        for column, text in sorted({**labels, **names}.items())
        if column not in columns and column not in twice
    }
    disagreeing = {
        column: text
        for column, text in labels.items()
        if column in columns and column in names and (says := mapping.find(text)) and says.name != columns[column].name
    }
    key = next((column for column, text in foreign.items() if text.casefold() in KEY_NAMES), None)
    if key is None and 1 not in columns and 1 not in foreign and 1 not in twice:
        key = 1
    if key is not None:
        foreign.pop(key, None)
    return Header(tuple(headers), columns, foreign, twice, disagreeing, key)
