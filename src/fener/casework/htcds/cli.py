"""``fener import htcds`` and ``fener export htcds``: cases in from, and out to, workbooks of the case data standard."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from fener.casework.htcds.container import BadWorkbook
from fener.network.hsds.cli import export_hsds, import_hsds

if TYPE_CHECKING:
    from fener.casework.htcds.drafts import Report, Terms
    from fener.trust.actor import Actor

STOPPED = 130  # what a shell says of a program that was stopped by Ctrl+C
HIDDEN_FILES = 0o077


@click.group("import", epilog="Example: fener import htcds filled.xlsx --dry-run")
def import_group() -> None:
    """Bring cases, or the service directory, in from a file."""


@click.group("export", epilog="Example: fener export htcds cases.xlsx --user mira")
def export_group() -> None:
    """Take cases, or the service directory, out to a file."""


import_group.add_command(import_hsds)
export_group.add_command(export_hsds)


@import_group.command("htcds")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only read and report. Needs no account and no database.")
@click.option("--user", help="User name of the case manager who imports (or FENER_USER).")
@click.option("--language", help="Language in which the consents were explained, e.g. sr. [default: each person's own]")
@click.option("--keep-until", metavar="DATE", help="Last day of the agreements to keep. [default: in a year]")
@click.option("--guardian-agreed", metavar="ROWS", help="Rows of children whose guardian agreed: 5,9-12.")
@click.option("--json", "as_json", is_flag=True, help="One finding or case a line, as JSON.")
def import_htcds(
    file: Path,
    dry_run: bool,
    user: str | None,
    language: str | None,
    keep_until: str | None,
    guardian_agreed: str | None,
    as_json: bool,
) -> None:
    """Open a case for each row of an HTCDS 2.0 workbook: all rows or none.

    Every row is checked first, and what is wrong is listed by row and column. Names, contacts and texts go into
    compartments that are sealed for the organisation of whoever imports. The password is asked for (or taken from
    FENER_PASSWORD), never an argument; so is a code of the second step.

    Exit 0: imported, or nothing wrong; 1: the file has errors, nothing was imported; 2: no workbook, no access.

    \b
    Examples:
      fener import htcds filled.xlsx --dry-run
      fener import htcds filled.xlsx --user mira --language sr --guardian-agreed 5,9-12
    """
    from fener.casework.htcds import drafts

    today = datetime.now().astimezone().date()
    terms = _terms(file, today, language, keep_until, guardian_agreed)
    with _stoppable("nothing was imported"):
        try:
            report = drafts.examine(file, terms=terms, today=today)
        except BadWorkbook as error:
            _refuse(f"{file}: {error}")
        if not dry_run and not report.errors and report.drafts:
            _run(report, terms, user, file)
    _show(report, file, dry_run=dry_run, as_json=as_json)
    raise SystemExit(1 if report.errors else 0)


@export_group.command("htcds")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--user", help="User name of the case manager who exports (or FENER_USER).")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--json", "as_json", is_flag=True, help="The result as one line of JSON.")
def export_htcds(file: Path, user: str | None, force: bool, as_json: bool) -> None:
    """Write the cases of your organisation to an HTCDS 2.0 workbook.

    The file holds names in the clear; only you can read it on this machine. Health is never in it. The password is
    asked for (or taken from FENER_PASSWORD), never an argument; so is a code of the second step.

    \b
    Example:
      fener export htcds cases.xlsx --user mira
    """
    if file.is_dir():
        _refuse(f"{file}: is a folder; name a file in it")
    if not file.absolute().parent.is_dir():
        _refuse(f"{file}: the folder {file.parent} does not exist")
    if file.exists() and not force:
        _refuse(f"{file}: is there already; choose another name, or --force to write over it")
    with _stoppable("nothing was written"):
        actor = _sign_in(user)
        from fener.casework.htcds import exporter
        from fener.trust.errors import DomainError

        try:
            with _progress("Writing") as progress:
                count = exporter.export(file.absolute(), actor=actor, progress=progress)
        except DomainError as error:
            _refuse(f"{file}: {error}")
        except OSError as error:
            _refuse(f"{file}: {error.strerror or error}")
    click.echo(f"{file} holds names in the clear. Keep it encrypted, and delete it when it has served.", err=True)
    click.echo(json.dumps({"file": str(file), "cases": count}) if as_json else f"{count} cases written to {file}")


# -- what the file does not say ---------------------------------------------------------------------------------------


def _terms(file: Path, today: date, language: str | None, keep_until: str | None, rows: str | None) -> Terms:
    from fener.casework.htcds import drafts
    from fener.norms.vocab import vocabulary

    code = ""
    if language:
        try:
            code = vocabulary("languages").from_htcds(language)
        except ValueError:
            _refuse(f"--language: {language!r} is not in the list of languages; use a code such as sr or sq")
    try:
        until = date.fromisoformat(keep_until) if keep_until else drafts.default_until(today)
    except ValueError:
        _refuse(f"--keep-until: {keep_until!r} is no date; write year-month-day")
    if until <= today:
        _refuse("--keep-until: choose a date in the future")
    return drafts.Terms(keep_until=until, language=code, guardian_rows=frozenset(_rows(rows or "")))


def _rows(text: str) -> Iterator[int]:
    for part in filter(None, (part.strip() for part in text.split(","))):
        first, _, last = part.partition("-")
        if not first.isdecimal() or (last and not last.isdecimal()):
            _refuse(f"--guardian-agreed: {part!r} names no rows; write them as 5,9-12")
        numbers = range(int(first), int(last or first) + 1)
        if len(numbers) > 20_000:
            _refuse(f"--guardian-agreed: {part!r} names more rows than a file may have")
        yield from numbers


# -- running ----------------------------------------------------------------------------------------------------------


def _run(report: Report, terms: Terms, user: str | None, file: Path) -> None:
    actor = _sign_in(user)
    from fener.casework.htcds import importer
    from fener.trust.errors import DomainError

    try:
        with _progress("Importing") as progress:
            importer.run(report, actor=actor, terms=terms, progress=progress)
    except importer.NotImported:
        return  # the report says where
    except DomainError as error:
        _refuse(f"{file}: {error}")


def _sign_in(user: str | None) -> Actor:
    """Whoever runs the command, by password and second step. Exit 2 when one of them is wrong, or has to wait."""
    os.umask(HIDDEN_FILES)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fener.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    try:
        django.setup()
        return _unlock(user)
    except (ImproperlyConfigured, DatabaseError) as error:
        _refuse(f"the database cannot be read: {error}")


def _unlock(user: str | None) -> Actor:
    from django.utils import timezone

    from fener.network import selectors
    from fener.trust.signing_in import attempts, terminal

    name = user or os.environ.get("FENER_USER") or click.prompt("User name", err=True)
    password = os.environ.get("FENER_PASSWORD") or click.prompt("Password", hide_input=True, err=True)
    try:
        account, keyring, untold = terminal.sign_in(name=name, password=password, ask_code=_ask_code)
    except terminal.NotSignedIn as error:
        _refuse(str(error))
    if untold:
        click.echo(attempts.told(untold), err=True)
    return selectors.actor_for(user=account, keyring=keyring, on=timezone.localdate())


def _ask_code() -> str:
    return str(click.prompt("Code of the second step, or a recovery code", err=True)).strip()


@contextmanager
def _progress(word: str) -> Iterator[Callable[[int, int], None]]:
    """A line on stderr that counts, where somebody looks at it."""
    shown = sys.stderr.isatty()

    def tell(done: int, of: int) -> None:
        if shown and (done % 10 == 0 or done == of):
            click.echo(f"\r{word}: {done} of {of}", nl=False, err=True)

    try:
        yield tell
    finally:
        if shown:
            click.echo("", err=True)


@contextmanager
def _stoppable(outcome: str) -> Iterator[None]:
    try:
        yield
    except (KeyboardInterrupt, click.Abort):
        click.echo(f"\nfener: stopped; {outcome}", err=True)
        raise SystemExit(STOPPED) from None


# -- the report -------------------------------------------------------------------------------------------------------


def _show(report: Report, file: Path, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        for problem in report.problems:
            _line(problem.to_json())
        for draft, code in zip(report.drafts, report.codes, strict=False):
            _line({"sheet": draft.row.sheet, "row": draft.row.number, "case": code})
        return
    rows = [("sheet", "row", "column", "", "what to do")]
    rows += [(p.sheet, str(p.row) if p.row else "", p.column, p.severity, p.message) for p in report.problems]
    if len(rows) > 1:
        widths = [max(len(row[place]) for row in rows) for place in range(4)]
        for row in rows:
            cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
            click.echo("  ".join([*cells, row[4]]).rstrip())
        click.echo()
    for draft, code in zip(report.drafts, report.codes, strict=False):
        click.echo(f"{draft.row.sheet} row {draft.row.number}: case {code}")
    click.echo(_summary(report, file, dry_run=dry_run))


def _line(record: dict[str, Any]) -> None:
    click.echo(json.dumps(record, ensure_ascii=False))


def _summary(report: Report, file: Path, *, dry_run: bool) -> str:
    count, errors = len(report.drafts), len(report.errors)
    warnings = len(report.problems) - errors
    found = f"{file}: {_many(count, 'row')} read, {_many(errors, 'error')}, {_many(warnings, 'warning')}."
    if errors:
        return f"{found} Nothing was imported: correct the file and try again."
    if dry_run:
        return f"{found} Nothing was written: this was a dry run."
    return f"{found} {_many(len(report.codes), 'case')} opened."


def _many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _refuse(reason: str) -> NoReturn:
    click.echo(f"fener: {' '.join(reason.split())}", err=True)
    raise SystemExit(2)
