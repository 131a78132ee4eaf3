"""``fener backup`` and ``fener restore``."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fener.trust.backup.errors import BackupError

if TYPE_CHECKING:
    from fener.trust.backup.making import Made
    from fener.trust.backup.reading import Seen
    from fener.trust.backup.restoring import Restored

FIRST_NEWS, BETWEEN_NEWS = 2.0, 5.0  # seconds; short work says nothing


class News:
    """Says on standard error how far long work has come."""

    def __init__(self) -> None:
        self._due = time.monotonic() + FIRST_NEWS

    def __call__(self, what: str, done: int, whole: int) -> None:
        now = time.monotonic()
        if now < self._due:
            return
        self._due = now + BETWEEN_NEWS
        far = f" {100 * done // whole} %" if whole else f" {done // 1024**2} MiB" if done else ""
        click.echo(f"{what} …{far}", err=True)


@click.command("backup")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--recipient", "named", multiple=True, help="A further custodian: age1…, or a file of such keys.")
@click.option("--keygen", type=click.Path(path_type=Path), help="Make a custodian's key pair in this file instead.")
def backup(file: Path | None, named: tuple[str, ...], keygen: Path | None) -> None:
    """Save this node to FILE (or to a new file in the folder FILE) while it runs, encrypted to its custodians.

    Holds the database, the attachments and the keys of the machine. Custodians are those of FENER_BACKUP_RECIPIENTS and
    those that are named besides. The file is looked through after writing; nothing is written over.

    Exit 0: it is there and holds; 2: it is not, with one line that says why.

    \b
    Example:
      fener backup --keygen custodian.key        (on the custodian's own machine)
      fener backup /media/stick/fener.age --recipient age1...
    """
    if (file is None) == (keygen is None):
        _refuse("name the file to write (or, to make a custodian's key: --keygen FILE)")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what is half-written is taken away
    try:
        if keygen is not None:
            _keygen(keygen)
        elif file is not None:
            _told(_backup(file, named))
    except BackupError as error:
        _refuse(str(error))


def _keygen(file: Path) -> None:
    from fener.trust.backup.custodians import make_identity

    public = make_identity(file)
    click.echo(f"The secret key is in {file}. Keep it where the node is not, and a copy of it elsewhere.")
    click.echo(f"The public key, for FENER_BACKUP_RECIPIENTS:\n\n    {public}\n")


def _backup(file: Path, named: tuple[str, ...]) -> Made:
    from fener.trust.cli import _django

    _django()
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from fener.trust.actor import SYSTEM
    from fener.trust.backup.custodians import read_recipients
    from fener.trust.backup.making import make_backup
    from fener.trust.installation import waiting_migrations

    try:
        waiting, in_use = waiting_migrations()
        if not in_use:
            raise BackupError(f"{settings.FENER_HOME} holds no data yet: there is nothing to save")
        if waiting:
            click.echo(f"{waiting} changes of the database wait: it is saved as it stands, without an entry.", err=True)
        recipients = read_recipients([*settings.FENER_BACKUP_RECIPIENTS, *named])
        return make_backup(actor=SYSTEM, file=file, recipients=recipients, progress=News(), recorded=not waiting)
    except (DatabaseError, ImproperlyConfigured) as error:
        raise BackupError(_one_line(error)) from None


def _told(made: Made) -> None:
    rows = sum(made.contents.counts.values())
    click.echo(f"Saved to {made.file}: {made.size / 1024**2:.1f} MiB, {rows} rows, {made.media_files} attachments.")
    click.echo(f"Encrypted to {made.recipients} custodian{'s' if made.recipients != 1 else ''}. SHA-256 {made.digest}")
    click.echo("The copy of the database is whole; the file was read again from the disk, decrypted and compared.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--identity", required=True, type=click.Path(path_type=Path), help="A custodian's secret key file.")
@click.option("--home", type=click.Path(path_type=Path), help="The folder to restore into; else FENER_HOME.")
@click.option("--check", "only_look", is_flag=True, help="Look through the backup and restore nothing.")
def restore(file: Path, identity: Path, home: Path | None, only_look: bool) -> None:
    """Make a node of the backup FILE, in a clean folder (and, for one of PostgreSQL, an empty database).

    First the whole file is looked through; only then anything is written. Afterwards the node itself is asked: rows,
    audit chains, triggers, migrations. Everybody signs in again.

    Exit 0: the node stands and is whole; 1: it stands, with findings; 2: nothing was restored, with one line that says
    why.

    \b
    Example:
      fener restore fener.age --identity custodian.key --home /srv/fener-restored
      fener restore fener.age --identity custodian.key --check
    """
    from fener.trust.backup.custodians import read_identities
    from fener.trust.backup.reading import look_through
    from fener.trust.backup.restoring import restore_backup

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    target = (home or Path(os.environ.get("FENER_HOME", "var"))).expanduser().resolve()
    try:
        identities = read_identities(identity)
        if only_look:
            _described(look_through(file, identities))
            return
        restored = restore_backup(
            file=file, identities=identities, home=target, url=os.environ.get("FENER_DATABASE_URL", "").strip()
        )
    except BackupError as error:
        _refuse(str(error))
    _described(restored.seen)
    raise SystemExit(_asked(restored))


def _described(seen: Seen) -> None:
    contents = seen.manifest.contents
    click.echo(f"Saved {seen.header.at} by Fener {seen.header.fener} ({seen.header.engine}).")
    click.echo(
        f"The file is whole: {len(seen.manifest.digests)} parts, {sum(contents.counts.values())} rows in "
        f"{len(contents.counts)} tables, {contents.chains} audit chains, {seen.media_files} attachments."
    )


def _asked(restored: Restored) -> int:
    """Ask the restored node, say what it answers; the exit code."""
    os.environ["FENER_HOME"] = str(restored.home)
    from fener.trust.cli import _django

    _django()
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from fener.trust.actor import SYSTEM
    from fener.trust.backup.checking import findings_of, record_restore

    try:
        findings = findings_of(restored)
        recorded = record_restore(actor=SYSTEM, restored=restored)
    except (DatabaseError, ImproperlyConfigured) as error:
        click.echo(f"fener: {restored.home}: restored, but it cannot be asked: {_one_line(error)}", err=True)
        return 1
    for finding in findings:
        click.echo(finding)
    if not findings:
        click.echo("All rows are there, and every audit chain holds.")
    click.echo(f"The node stands in {restored.home}. SHA-256 of the backup: {restored.digest}")
    if not recorded:
        click.echo("The program is newer than the backup; next: fener upgrade (with this FENER_HOME)")
    else:
        click.echo("Next, with this FENER_HOME: fener check, then fener serve. Everybody signs in again.")
    return 1 if findings else 0


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _refuse(reason: str) -> None:
    from fener.trust.cli import _refuse as refuse

    refuse(reason)
