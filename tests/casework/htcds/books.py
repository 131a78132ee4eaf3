"""Workbooks as people send them, and short ways to read and to import them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from fener.casework.htcds import drafts, exporter, importer
from fener.casework.htcds.drafts import Draft, Report, Terms
from fener.casework.models import Case
from fener.norms.htcds import htcds_mapping
from fener.trust.actor import Actor

IOM_FORM = Path(__file__).parents[2] / "data" / "htcds" / "htcds-workbook-2.0.xlsx"
TODAY = date(2026, 3, 2)
TERMS = Terms(keep_until=date(2027, 3, 1), language="sr")
# Whoever is added to this can be imported.
PERSON: dict[str, Any] = {"prs_FirstName": "Ana", "prs_SecondName": "Petrović", "con_Consent": True}


def label(name: str) -> str:
    """The label of a column."""
    return next(column.label for column in htcds_mapping().columns if column.name == name)


def book(path: Path, *rows: Mapping[str, Any], names: bool = True, labels: bool = True, **more: Any) -> Path:
    """A workbook with these rows. ``columns``: their order; ``title``: the sheet's; ``above``: rows over the header."""
    columns: Sequence[str] = more.get("columns") or list(dict.fromkeys(name for row in rows for name in row))
    file = Workbook()
    sheet = file.active
    assert sheet is not None
    sheet.title = more.get("title", "Sheet1")
    for line in more.get("above", ()):
        sheet.append(line)
    if names:
        sheet.append(list(columns))
    if labels:
        sheet.append([label(name) if "_" in name else name for name in columns])
    for row in rows:
        sheet.append([row.get(name) for name in columns])
    file.save(path)
    return path


def filled_form(path: Path, *rows: Mapping[str, Any]) -> Path:
    """IOM's own workbook, filled in by hand."""
    file = load_workbook(IOM_FORM)
    sheet = file.active
    assert sheet is not None
    places = {cell.value: cell.column for cell in sheet[1] if cell.value}
    places["cas_ReasonForOutgoingReferral"] = 36  # its name is empty in that form
    places["vic_TraffickingStatusDecisionMakingOrg"] = places["vic_TraffickinStatusDecisionMakingOrg"]
    for number, row in enumerate(rows, start=3):
        for name, value in row.items():
            sheet.cell(number, places[name]).value = value
    file.save(path)
    return path


def examined(path: Path, terms: Terms = TERMS) -> Report:
    """The report of a dry run."""
    return drafts.examine(path, terms=terms, today=TODAY)


def only(path: Path, terms: Terms = TERMS) -> Draft:
    """The draft of the one row of a workbook without errors."""
    report = examined(path, terms)
    assert not report.errors, [problem.to_json() for problem in report.errors]
    (draft,) = report.drafts
    return draft


def messages(report: Report, severity: str = "error") -> list[tuple[int, str, str]]:
    """(row, column's name, message) of each problem of that severity."""
    return [(p.row, p.column.split(" ")[0], p.message) for p in report.problems if p.severity == severity]


def imported(path: Path, actor: Actor, terms: Terms = TERMS) -> list[Case]:
    """The cases that a workbook became."""
    report = importer.run(examined(path, terms), actor=actor, terms=terms)
    cases = Case.objects.unscoped(reason="test").filter(code__in=report.codes)
    return sorted(cases, key=lambda case: report.codes.index(case.code))


def exported(path: Path, actor: Actor) -> Path:
    """The workbook of the actor's organisation."""
    exporter.export(path, actor=actor)
    return path


def sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that stands in a workbook."""
    file = load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in file.worksheets}


def main_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of an exported main sheet by the names of their columns."""
    names, labels, *rows = sheets(path)["Sheet1"]
    keys = [name or text or "" for name, text in zip(names, labels, strict=True)]
    return [{key: value for key, value in zip(keys, row, strict=True) if value is not None} for row in rows]


def second_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of the second sheet by the names of their columns."""
    names, *rows = sheets(path)["Fener"]
    return [{k: v for k, v in zip(names, row, strict=True) if v is not None} for row in rows]


def everything_written() -> dict[str, int]:
    """How many rows each table has that an import writes to."""
    from django.apps import apps

    labels: Iterable[str] = ("casework", "trust")
    return {
        model._meta.label: model._base_manager.count()
        for room in labels
        for model in apps.get_app_config(room).get_models()
        if hasattr(model._base_manager, "count")
    }
