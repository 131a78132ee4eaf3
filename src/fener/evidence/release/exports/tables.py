"""Protected tables as files. A cell that is left out is empty and says so; nothing tells why it was left out."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from fener.bad_input import BadInput
from fener.evidence.release.exports.codes import htcds_codes
from fener.evidence.release.national.cells import Cell, Shape
from fener.evidence.release.spec import Spec, TableSpec

COUNT, STATUS = "count", "status"
LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Printed:
    """One table: its specification and its rows (the nodes in the order of ``by``, the count or None)."""

    table: TableSpec
    rows: tuple[tuple[tuple[str, ...], int | None], ...]


def printed_tables(shape: Shape, counts: Mapping[Cell, int | None]) -> list[Printed]:
    """The tables of a release with their published counts."""
    return [Printed(t, tuple((nodes, counts[cell]) for nodes, cell in shape.rows(t))) for t in shape.tables]


def check_columns(spec: Spec) -> None:
    """Raises BadInput where a column of the file would take the name of a column of every table."""
    for name in spec.columns:
        if name in (COUNT, STATUS):
            raise BadInput(f"columns/{name}: this name is taken by the tables; name the column otherwise")


def write_tables(folder: Path, spec: Spec, tables: Sequence[Printed], about: Mapping[str, Any]) -> None:
    """Write every form into the folder: ``tables/NAME.csv`` and ``.parquet``, ``tables.xlsx``, ``tables.json`` and
    ``datapackage.json`` (Frictionless, with the schema of each CSV). ``about``: how the tables were protected."""
    inside = folder / "tables"
    inside.mkdir()
    for printed in tables:
        _write_csv(inside / f"{printed.table.name}.csv", printed)
        _write_parquet(inside / f"{printed.table.name}.parquet", printed)
    _write_workbook(folder / "tables.xlsx", spec, tables, about)
    whole = {"title": spec.title, "protection": dict(about), "tables": [_as_json(printed) for printed in tables]}
    _write_json(folder / "tables.json", whole)
    _write_json(folder / "datapackage.json", _package(spec, tables, about))


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _lines(printed: Printed) -> Iterator[list[Any]]:
    for nodes, count in printed.rows:
        yield [*nodes, "" if count is None else count, LEFT_OUT if count is None else ""]


def _write_csv(path: Path, printed: Printed) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*printed.table.by, COUNT, STATUS])
        writer.writerows(_lines(printed))


def _write_parquet(path: Path, printed: Printed) -> None:
    columns: dict[str, Any] = {
        name: pa.array([nodes[place] for nodes, _ in printed.rows], pa.string())
        for place, name in enumerate(printed.table.by)
    }
    columns[COUNT] = pa.array([count for _, count in printed.rows], pa.int64())
    columns[STATUS] = pa.array([LEFT_OUT if count is None else None for _, count in printed.rows], pa.string())
    pq.write_table(pa.table(columns), path)


def _write_workbook(path: Path, spec: Spec, tables: Sequence[Printed], about: Mapping[str, Any]) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": spec.title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001 (the same each time)
        bold, right = book.add_format({"bold": True}), book.add_format({"align": "right"})
        cover = book.add_worksheet("About")
        cover.set_column(0, 0, 28)
        cover.write_string(0, 0, spec.title, bold)
        for line, (key, value) in enumerate(about.items(), 2):
            cover.write_string(line, 0, key)
            cover.write_string(line, 1, str(value))
        for number, printed in enumerate(tables, 1):
            sheet = book.add_worksheet(f"Table {number}")
            limits = "".join(f"; {column} = {node}" for column, node in printed.table.where.items())
            sheet.write_string(0, 0, printed.table.name + limits, bold)
            for place, name in enumerate([*printed.table.by, COUNT]):
                sheet.write_string(2, place, spec.columns[name].title if name in spec.columns else name, bold)
            for line, (nodes, count) in enumerate(printed.rows, 3):
                for place, node in enumerate(nodes):
                    sheet.write_string(line, place, node)  # as text, so that "=..." calculates nothing
                if count is None:
                    sheet.write_string(line, len(nodes), "left out", right)
                else:
                    sheet.write_number(line, len(nodes), count)
            sheet.freeze_panes(3, 0)


def _as_json(printed: Printed) -> dict[str, Any]:
    by = printed.table.by
    rows = [{**dict(zip(by, nodes, strict=True)), COUNT: count} for nodes, count in printed.rows]
    return {"name": printed.table.name, "by": list(by), "where": dict(printed.table.where), "rows": rows}


def _package(spec: Spec, tables: Sequence[Printed], about: Mapping[str, Any]) -> dict[str, Any]:
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "".join(c if c.isalnum() else "-" for c in spec.title.lower()).strip("-") or "release",
        "title": spec.title,
        "protection": dict(about),
        "resources": [_resource(spec, printed) for printed in tables],
    }
    if spec.publisher:
        package["contributors"] = [{"title": spec.publisher, "role": "publisher"}]
    return package


def _resource(spec: Spec, printed: Printed) -> dict[str, Any]:
    fields: list[dict[str, Any]] = [_field(spec, name) for name in printed.table.by]
    fields.append({"name": COUNT, "type": "integer", "title": "Persons", "constraints": {"minimum": 0}})
    fields.append({"name": STATUS, "type": "string", "constraints": {"enum": [LEFT_OUT]}})
    return {
        "name": printed.table.name.lower().replace(" ", "-"),
        "path": f"tables/{printed.table.name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "where": dict(printed.table.where),
        "schema": {"fields": fields, "primaryKey": list(printed.table.by), "missingValues": [""]},
    }


def _field(spec: Spec, name: str) -> dict[str, Any]:
    column = spec.columns[name]
    field: dict[str, Any] = {
        "name": name,
        "title": column.title,
        "type": "string",
        "constraints": {"required": True, "enum": list(column.nodes)},
    }
    if column.htcds:
        field["htcds"] = {"field": column.htcds, "codes": htcds_codes(column)}
    if column.ctdc:
        field["ctdc"] = column.ctdc
    return field
