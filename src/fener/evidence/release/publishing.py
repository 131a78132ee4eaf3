"""Making a release: protect, attack, write, note in the history; then, and only then, the files get their name."""

from __future__ import annotations

import importlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import prod
from pathlib import Path

from fener.bad_input import BadInput
from fener.evidence.output.report import Report
from fener.evidence.output.write import page
from fener.evidence.release.audit.auditor import Audit, Finding, audit
from fener.evidence.release.audit.history import History, opened
from fener.evidence.release.audit.published import Published
from fener.evidence.release.exports.codes import check_names, write_ctdc
from fener.evidence.release.exports.tables import check_columns, printed_tables, write_tables
from fener.evidence.release.microdata import Microdata, read_microdata
from fener.evidence.release.national.cells import Shape
from fener.evidence.release.national.plan import Plan, Refused, plan
from fener.evidence.release.national.report import about, report
from fener.evidence.release.spec import Spec, read_spec

REPORT = "report.html"


@dataclass(frozen=True)
class Outcome:
    """``report`` None: nothing was published, and ``findings`` or ``refused`` say why. ``cells``: all; ``hidden``."""

    id: str
    family: str
    report: Report | None
    findings: tuple[Finding, ...] = ()
    refused: str = ""
    cells: int = 0
    hidden: int = 0
    attacked: int = 0
    gap: float = 0.0


def publish(file: Path | str, spec_file: Path | str, out: Path | str) -> Outcome:
    """Publish a file of records by a specification into a new folder ``out``.

    Nothing is left behind where it fails. Raises BadInput for what cannot be used; what would be unsafe is an Outcome
    without a report.
    """
    file, spec_file, folder = Path(file), Path(spec_file), Path(out)
    if folder.exists():
        raise BadInput(f"{folder}: exists already; a release goes into a new folder")
    spec = read_spec(spec_file)
    try:
        check_names(spec)
        check_columns(spec)
    except BadInput as error:
        raise BadInput(f"{spec_file}: {error.message}") from error
    data = read_microdata(file, spec)
    with opened(spec.history) as history, _beside(folder) as part:
        history.refuse_mixed(spec)
        if spec.family == "private":
            return _private(spec, data, history, part, folder)
        earlier = history.national()
        try:
            return _national(spec, data, history, earlier, part, folder)
        except BadInput as error:
            raise BadInput(f"{file}: {error.message}") from error
        except OSError as error:
            raise BadInput(f"{folder}: {error.strerror or 'cannot be written'}") from error


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A working folder beside the place of the release; it disappears unless it was given that name."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    except OSError as error:
        raise BadInput(f"{folder}: {error.strerror or 'cannot be written'}") from error
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _national(
    spec: Spec, data: Microdata, history: History, earlier: list[Published], part: Path, folder: Path
) -> Outcome:
    name = history.next_id
    try:
        planned = plan(spec, data, earlier, id=name)
    except Refused as error:
        return Outcome(name, spec.family, None, refused=str(error))
    checked = audit(planned.published, earlier)
    if checked.findings:
        return _outcome(name, spec, planned, checked, None)
    tables = printed_tables(Shape(spec.columns, spec.tables), planned.published.counts)
    said = report(spec, planned, checked, tables)
    write_tables(part, spec, tables, about(spec, planned))
    (part / REPORT).write_text(page(said), encoding="utf-8")
    history.record(spec, planned.published)
    _name(part, folder)
    return _outcome(name, spec, planned, checked, said)


def _outcome(name: str, spec: Spec, planned: Plan, checked: Audit, said: Report | None) -> Outcome:
    counts = planned.published.counts
    return Outcome(
        id=name,
        family=spec.family,
        report=said,
        findings=checked.findings,
        cells=len(counts),
        hidden=sum(count is None for count in counts.values()),
        attacked=checked.attacked,
        gap=planned.gap,
    )


def _private(spec: Spec, data: Microdata, history: History, part: Path, folder: Path) -> Outcome:
    private = importlib.import_module("fener.evidence.release.private")  # OpenDP is loaded only where it is needed
    name = history.next_id
    said: Report = private.publish(spec, data, part)
    invented = part / "invented-records.csv"
    if invented.exists() and any(column.ctdc for column in spec.columns.values()):
        write_ctdc(part, spec, read_microdata(invented, replace(spec, person="")))
    (part / REPORT).write_text(page(said), encoding="utf-8")
    history.record(spec, None)
    _name(part, folder)
    cells = sum(prod(len(spec.columns[column].codes) for column in table.by) for table in spec.tables)
    return Outcome(name, spec.family, said, cells=cells)


def _name(part: Path, folder: Path) -> None:
    part.chmod(0o755)
    os.replace(part, folder)
