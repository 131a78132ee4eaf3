"""``fener export hsds`` and ``fener import hsds``: the service directory as a file of HSDS 3.0."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click

MOST_LINES = 40  # of what is not kept; the number is always said


@click.command("hsds")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def export_hsds(file: Path, force: bool) -> None:
    """Write the service directory to a JSON file of the Human Services Data Specification 3.0.

    The file is checked with the standard's own schema before it is written. The place of a concealed service is not in
    it: it is not in the directory either.

    Exit 0: written; 2: not written, with one line that says why.

    \b
    Example:
      fener export hsds directory.json
    """
    if file.is_dir() or not file.absolute().parent.is_dir():
        _refuse(f"{file}: name a file in a folder that is there")
    if file.exists() and not force:
        _refuse(f"{file}: is there already; choose another name, or --force to write over it")
    _set_up()
    from fener.network.hsds import exchange
    from fener.network.hsds.standard import BadFile
    from fener.trust.actor import SYSTEM

    try:
        count = exchange.export(actor=SYSTEM, file=file.absolute())
    except BadFile as bad:
        _problems(file, bad.problems)
    except OSError as error:
        _refuse(f"{file}: {error.strerror or error}")
    click.echo(f"{count} services written to {file}")


@click.command("hsds")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what the file would change.")
def import_hsds(file: Path, dry_run: bool) -> None:
    """Bring services in from a JSON file of the Human Services Data Specification 3.0: all of it or nothing.

    Services are known by their id: new ones are added to bodies of this node, known ones changed, none taken away.
    What the directory has no place for is not kept, and named. A place for a concealed service is refused.

    Exit 0: brought in (or could be); 2: nothing was changed, one line for each thing that is wrong.

    \b
    Examples:
      fener import hsds directory.json --dry-run
      fener import hsds directory.json
    """
    _set_up()
    from fener.network.hsds import exchange
    from fener.network.hsds.standard import BadFile, read_services
    from fener.trust.actor import SYSTEM

    try:
        report = exchange.bring_in(actor=SYSTEM, services=read_services(file), dry_run=dry_run)
    except BadFile as bad:
        _problems(file, bad.problems)
    would = "would be " if dry_run else ""
    for name in report.new:
        click.echo(f"{would}new: {name}")
    for name, parts in report.changed:
        click.echo(f"{would}changed: {name}: {', '.join(parts)}")
    for place in report.not_kept[:MOST_LINES]:
        click.echo(f"not kept: {place}", err=True)
    if len(report.not_kept) > MOST_LINES:
        click.echo(f"not kept: {len(report.not_kept) - MOST_LINES} more", err=True)
    counts = f"{len(report.new)} new, {len(report.changed)} changed, {report.same} as they were"
    click.echo(f"{counts}; nothing was changed yet" if dry_run else counts)


def _set_up() -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fener.settings")
    django.setup()


def _problems(file: Path, problems: Iterable[object]) -> NoReturn:
    for problem in problems:
        click.echo(f"{file}: {problem}", err=True)
    sys.exit(2)


def _refuse(text: str) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(2)
