"""Questions about the database and about what has to happen again and again: migrations, triggers, backup, tick."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from fener.trust import runs, triggers
from fener.trust.installation.finding import Finding, Severity
from fener.trust.models import AuditEntry, User

TICK_AT_LEAST = timedelta(hours=2)  # it is meant to run every ten minutes
A_WHILE = timedelta(minutes=5)  # clocks of two machines differ a little


def waiting_migrations() -> tuple[int, bool]:
    """How many changes of the database wait, and whether it holds anything at all. Raises DatabaseError."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return len(waiting), bool(executor.loader.applied_migrations)


def database() -> Iterator[Finding]:
    """It opens with its key, and stands where the program is."""
    where = str(connection.settings_dict["NAME"])
    try:
        connection.ensure_connection()
        waiting, in_use = waiting_migrations()
    except (DatabaseError, ImproperlyConfigured) as error:
        yield Finding("database", str(error).strip(), "See the message; a lost key cannot be made again.", where)
        return
    if waiting and not in_use:
        said = f"{settings.FENER_HOME} holds no data yet."
        remedy = "fener init --username NAME --organisation NAME; or, to try it: FENER_DEMO=1 fener demo"
        yield Finding("database", said, remedy, where)
    elif waiting:
        yield Finding("database", f"{waiting} changes of the database wait.", "fener upgrade", where)


def audit_triggers() -> Iterator[Finding]:
    """The database itself refuses to change the audit."""
    if lost := triggers.missing(connection):
        said = f"The database no longer refuses changes of the audit: {', '.join(sorted(lost))}."
        remedy = "Find out who removed them (fener audit verify), then put them back: fener upgrade"
        yield Finding("triggers", said, remedy, str(connection.settings_dict["NAME"]))


def accounts() -> Iterator[Finding]:
    """Somebody can sign in."""
    if not User.objects.filter(is_active=True).exists():
        yield Finding("accounts", "There is no account.", "fener init --username NAME --organisation NAME")


def time_went_back() -> Iterator[Finding]:
    """The last thing that happened did not happen in the future."""
    newest = AuditEntry.objects.order_by("-pk").values_list("at", flat=True).first()
    if newest and newest > timezone.now() + A_WHILE:
        said = f"The last act is dated {newest:%Y-%m-%d %H:%M} UTC: the clock went back."
        yield Finding("clock", said, "Set the clock, and let it follow a time server.")


def backup() -> Iterator[Finding]:
    """Somebody holds a key to the backups, and the last one is not too old. A demonstration needs none."""
    if settings.FENER_DEMO:
        return
    longest = timedelta(hours=settings.FENER_BACKUP_MAX_HOURS)
    if not _is_older_than(longest):
        return
    if not settings.FENER_BACKUP_RECIPIENTS:
        said = "No custodian is named: nobody could open a backup of this node."
        remedy = "Each custodian makes a key (fener backup --keygen FILE); name the public ones in this setting."
        yield Finding("custodians", said, remedy, "FENER_BACKUP_RECIPIENTS", Severity.WARNING)
    last = runs.last_run(runs.BACKUP)
    remedy = "fener backup FILE, and let a timer do it: see docs/operate.md"
    if last is None:
        yield Finding("backup", "No backup was ever made of this node.", remedy)
    elif timezone.now() - last.at > longest:
        hours = settings.FENER_BACKUP_MAX_HOURS
        said = f"The last backup is of {last.at:%Y-%m-%d %H:%M} UTC, more than {hours} hours ago."
        yield Finding("backup", said, remedy)


def tick() -> Iterator[Finding]:
    """Referrals that nobody answers go on, and rights end on their day, also while nobody works."""
    if settings.FENER_DEMO or not _is_older_than(TICK_AT_LEAST):
        return
    last = runs.last_run(runs.TICK)
    if last is None or timezone.now() - last.at > TICK_AT_LEAST:
        when = f"did not run since {last.at:%Y-%m-%d %H:%M} UTC" if last else "never ran"
        said = f"The work that is due {when}: unanswered referrals wait until somebody opens the program."
        remedy = "Let a timer run it every ten minutes: fener tick (deploy/fener-tick.timer)"
        yield Finding("tick", said, remedy, severity=Severity.WARNING)


def _is_older_than(age: timedelta) -> bool:
    """Whether this node has been in use for that long: a new one has nothing overdue."""
    first: datetime | None = User.objects.order_by("created_at").values_list("created_at", flat=True).first()
    return first is not None and timezone.now() - first > age
