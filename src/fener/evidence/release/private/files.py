"""A private release as files: CSV with its schema, Parquet, XLSX, JSON. An interval stands beside every count."""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from fener.evidence.release.private.making import PrivateRelease, PrivateTable
from fener.evidence.release.spec import Spec, TableSpec

NUMBERS = ("count", "low", "high", "measured")
MEANING = {
    "count": "Persons, with noise; never negative, whole, and the same wherever tables overlap",
    "low": "Lower end of the interval",
    "high": "Upper end of the interval",
    "measured": "Count with noise before anything was made non-negative; unbiased, for calculations",
}
MOST_SHEETS, MOST_LINES = 250, 200_000  # of a workbook; what is larger is for CSV and Parquet
INVENTED = "invented-records"


def write_files(folder: Path, spec: Spec, release: PrivateRelease, about: Mapping[str, Any], rows: bool) -> list[str]:
    """Write every form into ``folder``; ``rows``: the invented records too. Gives remarks (what was left out, why)."""
    inside = folder / "tables"
    inside.mkdir()
    remarks = []
    pairs = list(zip(spec.tables, release.tables, strict=True))
    for named, table in pairs:
        lines = list(_lines(spec, table))
        _write_csv(inside / f"{named.name}.csv", [*table.by, *NUMBERS], lines)
        _write_parquet(inside / f"{named.name}.parquet", table.by, lines)
    if len(pairs) <= MOST_SHEETS and sum(table.count.size for _, table in pairs) <= MOST_LINES:
        _write_workbook(folder / "tables.xlsx", spec, pairs, about)
    else:
        remarks.append(
            "There is no XLSX: the tables are too many or too long for a workbook; CSV and Parquet have all."
        )
    resources = [_resource(spec, named) for named, _ in pairs]
    if rows and release.invented is not None:
        _write_rows(folder, spec, release.invented)
        resources.append(_rows_resource(spec, release.invented))
    tables = [_as_json(spec, named, table) for named, table in pairs]
    _write_json(folder / "tables.json", {"title": spec.title, "protection": dict(about), "tables": tables})
    name = "".join(c if c.isalnum() else "-" for c in spec.title.lower()).strip("-") or "release"
    package = {
        "profile": "tabular-data-package",
        "name": name,
        "title": spec.title,
        "protection": dict(about),
        "resources": resources,
    }
    _write_json(folder / "datapackage.json", package)
    return remarks


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _lines(spec: Spec, table: PrivateTable) -> Iterator[list[Any]]:
    codes = itertools.product(*(spec.columns[name].codes for name in table.by))
    columns = (table.count, table.low, table.high)
    numbers = zip(*(column.ravel().tolist() for column in columns), table.measured.ravel().tolist(), strict=True)
    for labels, (count, low, high, measured) in zip(codes, numbers, strict=True):
        yield [*labels, count, low, high, round(measured, 1)]


def _write_csv(path: Path, head: list[str], lines: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(lines)


def _write_parquet(path: Path, by: tuple[str, ...], lines: list[list[Any]]) -> None:
    columns: dict[str, Any] = {}
    values = list(zip(*lines, strict=True))
    for name, column in zip((*by, *NUMBERS), values, strict=True):
        kind = pa.string() if name not in NUMBERS else pa.float64() if name == "measured" else pa.int64()
        columns[name] = pa.array(column, kind)
    pq.write_table(pa.table(columns), path)


def _write_workbook(
    path: Path, spec: Spec, pairs: list[tuple[TableSpec, PrivateTable]], about: Mapping[str, Any]
) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": spec.title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001 (the same each time)
        bold = book.add_format({"bold": True})
        cover = book.add_worksheet("About")
        cover.set_column(0, 0, 28)
        cover.write_string(0, 0, spec.title, bold)
        for line, (key, value) in enumerate((*about.items(), *MEANING.items()), 2):
            cover.write_string(line, 0, key)
            cover.write_string(line, 1, str(value))
        for number, (named, table) in enumerate(pairs, 1):
            sheet = book.add_worksheet(f"Table {number}")
            sheet.write_string(0, 0, named.name, bold)
            titles = [spec.columns[name].title for name in table.by]
            for place, title in enumerate([*titles, *NUMBERS]):
                sheet.write_string(2, place, title, bold)
            for line, values in enumerate(_lines(spec, table), 3):
                for place, value in enumerate(values):
                    if place < len(titles):
                        sheet.write_string(line, place, value)  # as text, so that "=..." calculates nothing
                    else:
                        sheet.write_number(line, place, value)
            sheet.freeze_panes(3, 0)


def _as_json(spec: Spec, named: TableSpec, table: PrivateTable) -> dict[str, Any]:
    head = (*table.by, *NUMBERS)
    rows = [dict(zip(head, line, strict=True)) for line in _lines(spec, table)]
    return {"name": named.name, "by": list(table.by), "expected_error": round(table.error, 2), "rows": rows}


def _field(spec: Spec, name: str) -> dict[str, Any]:
    column = spec.columns[name]
    return {
        "name": name,
        "title": column.title,
        "type": "string",
        "constraints": {"required": True, "enum": list(column.codes)},
    }


def _resource(spec: Spec, named: TableSpec) -> dict[str, Any]:
    fields: list[dict[str, Any]] = [_field(spec, name) for name in named.by]
    for key in NUMBERS:
        kind = {"type": "number"} if key == "measured" else {"type": "integer", "constraints": {"minimum": 0}}
        fields.append({"name": key, "title": MEANING[key], **kind})
    return {
        "name": named.name.lower().replace(" ", "-"),
        "path": f"tables/{named.name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": list(named.by), "missingValues": [""]},
    }


def _write_rows(folder: Path, spec: Spec, invented: Mapping[str, Any]) -> None:
    names = [name for name in spec.columns if name in invented]
    columns = {name: [spec.columns[name].codes[code] for code in invented[name].tolist()] for name in names}
    _write_csv(folder / f"{INVENTED}.csv", names, [list(row) for row in zip(*columns.values(), strict=True)])
    pq.write_table(pa.table({k: pa.array(v, pa.string()) for k, v in columns.items()}), folder / f"{INVENTED}.parquet")


def _rows_resource(spec: Spec, invented: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": INVENTED,
        "path": f"{INVENTED}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": "Invented: no row is a person. The tables of one and two columns are those of the release.",
        "schema": {"fields": [_field(spec, name) for name in spec.columns if name in invented], "missingValues": [""]},
    }
