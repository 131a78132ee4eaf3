"""``fener upgrade``: a new version of the program on an old database. Saved first, then changed, then looked at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fener.trust.cli import _django, _refuse, print_findings

if TYPE_CHECKING:
    from fener.trust.backup.making import Made


@click.command("upgrade")
@click.option("--backup", "target", type=click.Path(path_type=Path), help="Where to; else a new file in HOME/backups.")
@click.option("--no-backup", is_flag=True, help="Change the database without saving it first.")
def upgrade(target: Path | None, no_backup: bool) -> None:
    """Bring this node's database up to the installed program: save it, make the changes that wait, check.

    Stop the server first. Every change is made whole or not at all; where one fails, the database stands at the last
    one that was made, and the backup holds what was before.

    Exit 0: done, and nothing is wrong; 1: done, with findings of the check; 2: not done, with one line that says why.

    \b
    Example:
      fener upgrade
      fener upgrade --backup /media/stick/before.age
    """
    _django()
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from fener.trust import installation
    from fener.trust.actor import SYSTEM
    from fener.trust.backup.making import record_backup

    try:
        waiting, in_use = installation.waiting_migrations()
    except (DatabaseError, ImproperlyConfigured) as error:
        _refuse(" ".join(str(error).split()))
    if not in_use:
        _refuse(f"{settings.FENER_HOME} holds no data yet; begin with: fener init")
    saved = _save(target) if waiting and not no_backup else None
    _change(waiting, saved)
    if saved is not None:
        record_backup(actor=SYSTEM, made=saved)
    found = installation.findings()
    print_findings(found)
    raise SystemExit(1 if found else 0)


def _save(target: Path | None) -> Made:
    from django.conf import settings

    from fener.trust.actor import SYSTEM
    from fener.trust.backup.cli import News
    from fener.trust.backup.custodians import read_recipients
    from fener.trust.backup.errors import BackupError
    from fener.trust.backup.making import make_backup

    if not settings.FENER_BACKUP_RECIPIENTS:
        _refuse("FENER_BACKUP_RECIPIENTS names nobody to save the database for; set it, or say --no-backup")
    if target is None:
        target = Path(settings.FENER_HOME) / "backups"
        target.mkdir(mode=0o700, exist_ok=True)
    try:
        recipients = read_recipients(settings.FENER_BACKUP_RECIPIENTS)
        made = make_backup(actor=SYSTEM, file=target, recipients=recipients, progress=News(), recorded=False)
    except BackupError as error:
        _refuse(f"nothing was changed, because the database could not be saved: {error}")
    click.echo(f"Saved to {made.file}, for {made.recipients} custodians. SHA-256 {made.digest}")
    return made


def _change(waiting: int, saved: Made | None) -> None:
    """Make the changes that wait. Also without any: what guards the audit is put back where it is missing."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import call_command
    from django.db import DatabaseError
    from django.db.migrations.exceptions import InconsistentMigrationHistory

    try:
        call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, InconsistentMigrationHistory, ImproperlyConfigured) as error:
        kept = f"; what was before is in {saved.file}" if saved else ""
        _refuse(f"a change of the database failed ({type(error).__name__}: {' '.join(str(error).split())}){kept}")
    click.echo(f"{waiting} changes were made." if waiting else "The database stands where the program is.")
