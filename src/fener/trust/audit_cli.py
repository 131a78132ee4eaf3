"""``fener audit``: verify the chain, of this database or of an export, and write an export.

Verifying an export imports neither Django nor the settings: it works on a machine that has nothing of the system.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NoReturn

import click

from fener.trust.chain import BadExport, Broken, verify_file


@click.group("audit")
def audit() -> None:
    """The audit chain: who did and read what.

    \b
    Example:
      fener audit export audit.jsonl
      fener audit verify audit.jsonl
    """


@audit.command("verify")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One finding a line, as JSON.")
def verify(file: Path | None, as_json: bool) -> None:
    """Verify the chain of this node's database, or of an exported FILE (offline).

    Names the first broken link of every chain that is broken. Exit 0: all hold; 1: findings; 2: bad input.

    \b
    Example:
      fener audit verify
      fener audit verify audit.jsonl --json
    """
    findings = _verify_database() if file is None else _verify_export(file)
    for found in findings:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False) if as_json else _in_words(found))
    if not findings and not as_json:
        click.echo("Every chain holds.")
    raise SystemExit(1 if findings else 0)


@audit.command("export")
@click.argument("file", type=click.Path(path_type=Path))
def export(file: Path) -> None:
    """Write all chains to FILE as JSON Lines, for ``fener audit verify FILE`` on any machine.

    \b
    Example:
      fener audit export audit.jsonl
    """
    if not file.parent.is_dir():
        _bad_input(f"{file}: the folder {file.parent} does not exist")
    if file.is_dir():
        _bad_input(f"{file}: is a folder")
    _set_up()
    from fener.trust.audit import export as write

    try:
        count = write(file)
    except OSError as error:
        _bad_input(f"{file}: {error.strerror or error}")
    click.echo(f"{count} entries written to {file}")


def _verify_export(file: Path) -> list[Broken]:
    try:
        return verify_file(file)
    except BadExport as error:
        _bad_input(f"{file}: {error}")
    except OSError as error:
        _bad_input(f"{file}: {error.strerror or error}")


def _verify_database() -> list[Broken]:
    _set_up()
    from django.db import DatabaseError, connection

    from fener.trust import triggers
    from fener.trust.audit import verify_database

    try:
        findings = verify_database()
        lost = triggers.missing(connection)
    except DatabaseError as error:
        _bad_input(f"the database cannot be read: {error}")
    if lost:
        findings.append(
            Broken("", None, "triggers", f"the database no longer refuses changes: {', '.join(sorted(lost))}")
        )
    return findings


def _set_up() -> None:
    import os

    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fener.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        _bad_input(str(error))


def _in_words(found: Broken) -> str:
    place = [found.chain or "export"]
    if found.seq is not None:
        place.append(f"entry {found.seq}")
    if found.line is not None:
        place.append(f"line {found.line}")
    return f"{', '.join(place)}: {found.what}: {found.message}"


def _bad_input(reason: str) -> NoReturn:
    click.echo(f"Error: {reason}", err=True)
    raise SystemExit(2)
