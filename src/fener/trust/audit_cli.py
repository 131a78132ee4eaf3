"""``fener audit``: verify the chain, of this database or of an export, and write an export.

Verifying an export imports neither Django nor the settings: it works on a machine that has nothing of the system.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from uuid import UUID

import click

from fener.trust.anchoring.offline import verify_export
from fener.trust.anchoring.statement import read_published
from fener.trust.chain import BadExport, Broken, canonical

_T = TypeVar("_T")


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
@click.option("--roots", type=click.Path(path_type=Path), help="Published roots, one a line; each must be there.")
@click.option("--key", default="", help="The node's public key, in hex, from where it was published.")
@click.option("--json", "as_json", is_flag=True, help="One finding a line, as JSON.")
def verify(file: Path | None, roots: Path | None, key: str, as_json: bool) -> None:
    """Verify the chains and the daily roots of this node's database, or of an exported FILE (offline).

    Names the first broken link of every chain that is broken. Exit 0: all hold; 1: findings; 2: bad input.

    \b
    Example:
      fener audit verify
      fener audit verify audit.jsonl --roots published.jsonl --json
    """
    published = _published(roots) if roots else []
    if file is None:
        findings = _verify_database(key, published)
    else:
        findings = _read(file, lambda: verify_export(file, key=key, published=published))
    for found in findings:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False) if as_json else _in_words(found))
    if not findings and not as_json:
        click.echo("Every chain holds.")
    raise SystemExit(1 if findings else 0)


@audit.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--chain", help="One chain alone, as case:<id>: it verifies without telling of any other.")
def export(file: Path, chain: str | None) -> None:
    """Write all chains with the daily roots to FILE as JSON Lines, for ``fener audit verify FILE`` on any machine.

    \b
    Example:
      fener audit export audit.jsonl
    """
    only = _chain(chain) if chain else None
    _require_place(file)
    _set_up()
    from fener.trust.anchoring.export import NoSuchChain
    from fener.trust.anchoring.export import export as write

    try:
        count = write(file, only=only)
    except NoSuchChain as error:
        _bad_input(f"there is no chain {error} in this database")
    except OSError as error:
        _bad_input(f"{file}: {error.strerror or error}")
    click.echo(f"{count} entries written to {file}")


@audit.command("roots")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="The first day, as 2026-03-01.")
def roots(file: Path | None, since: datetime | None) -> None:
    """The signed daily roots, one JSON object a line, to publish: on a website, in a gazette, at a notary.

    They name no case and no number of cases. Whoever has them can see later whether the audit was written anew.

    \b
    Example:
      fener audit roots published.jsonl
    """
    if file:
        _require_place(file)
    _set_up()
    from fener.trust.anchoring.roots import published

    lines = [canonical(said).decode() for said in published(since=since.date() if since else None)]
    if file is None:
        for line in lines:
            click.echo(line)
        return
    try:
        with file.open("x", encoding="utf-8") as out:
            out.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        _bad_input(f"{file}: {error.strerror or error}")
    click.echo(f"{len(lines)} roots written to {file}")


def _require_place(file: Path) -> None:
    if not file.parent.is_dir():
        _bad_input(f"{file}: the folder {file.parent} does not exist")
    if file.is_dir():
        _bad_input(f"{file}: is a folder")


def _chain(name: str) -> tuple[str, UUID]:
    kind, _colon, raw = name.partition(":")
    try:
        return kind, UUID(raw)
    except ValueError:
        _bad_input(f"{name!r} names no chain; write it as case:<id>")


def _published(file: Path) -> list[dict[str, Any]]:
    return _read(file, lambda: read_published(file))


def _read(file: Path, act: Callable[[], _T]) -> _T:
    try:
        return act()
    except BadExport as error:
        _bad_input(f"{file}: {error}")
    except OSError as error:
        _bad_input(f"{file}: {error.strerror or error}")


def _verify_database(key: str, published: list[dict[str, Any]]) -> list[Broken]:
    _set_up()
    from django.db import DatabaseError, connection

    from fener.trust import triggers
    from fener.trust.anchoring.roots import verify_everything

    try:
        findings = verify_everything(key=key, published=published)
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
