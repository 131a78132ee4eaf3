"""What is wrong with this installation: questions whose answer an operator can act on. Each finding says what to do."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from fener.trust.models import AuditEntry, User
from fener.trust.sqlcipher.safety import wal_is_safe

LEAST_FREE_BYTES = 1024**3
# No clock that is right shows an earlier day: the program is younger.
NOT_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
# What a demonstration keeps beside its database. A real node has no such file.
DEMONSTRATION = "demonstration-accounts.json"
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})


NO_DEMONSTRATION = "FENER_DEMO=1 takes the second factor and TLS away, and this node is no demonstration."


@dataclass(frozen=True)
class Finding:
    """``check`` names the question, ``message`` what was found, ``remedy`` what to do."""

    check: str
    message: str
    remedy: str

    def to_json(self) -> dict[str, str]:
        return {"check": self.check, "message": self.message, "remedy": self.remedy}


def findings() -> list[Finding]:
    """Everything that is wrong, in the order in which it should be put right. Empty: nothing was found."""
    found: list[Finding] = []
    for question in QUESTIONS:
        found.extend(question())
    if not found or all(f.check != "database" for f in found):
        for question in DATABASE_QUESTIONS:
            found.extend(question())
    return found


def library() -> Iterator[Finding]:
    """The SQLite that is linked in: has a cipher, keeps acknowledged writes."""
    from sqlcipher3 import dbapi2

    if not wal_is_safe(dbapi2.sqlite_version_info):
        yield Finding(
            "library",
            f"SQLite {dbapi2.sqlite_version} can lose acknowledged writes (the WAL-reset race).",
            "Install sqlcipher3 0.6 or later: make setup.",
        )
    probe = dbapi2.connect(":memory:")
    if not probe.execute("PRAGMA cipher_version").fetchone():
        yield Finding("library", "SQLite has no cipher.", "Install sqlcipher3: make setup.")
    probe.close()


def permissions() -> Iterator[Finding]:
    """Home, keys and database are for their owner alone."""
    home = Path(settings.FENER_HOME)
    for path in [home, *sorted(home.glob("*.key")), *sorted(home.glob("*.db*"))]:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            wanted = "700" if path.is_dir() else "600"
            yield Finding(
                "permissions",
                f"{path} can be read by other users of this machine ({mode:o}).",
                f"chmod {wanted} {path}",
            )


def clock() -> Iterator[Finding]:
    """Every deadline counts from this clock."""
    if timezone.now() < NOT_BEFORE:
        yield Finding(
            "clock", f"The clock says {timezone.now():%Y-%m-%d}.", "Set the clock, and let it follow a time server."
        )


def disk() -> Iterator[Finding]:
    """Room for the database to grow and for a backup beside it."""
    home = Path(settings.FENER_HOME)
    size = sum(path.stat().st_size for path in home.glob("*.db*"))
    free = shutil.disk_usage(home).free
    if free < max(LEAST_FREE_BYTES, 2 * size):
        yield Finding("disk", f"Only {free // 1024**2} MiB are free at {home}.", "Make room before writes fail.")


def exposure() -> Iterator[Finding]:
    """Settings that are meant for one's own machine, on a node that others reach."""
    reachable = not set(settings.ALLOWED_HOSTS) <= LOCAL_HOSTS
    if settings.DEBUG:
        yield Finding("exposure", "Error pages show the program's inside.", "Unset FENER_DEBUG.")
    if reachable and not settings.SESSION_COOKIE_SECURE:
        yield Finding("exposure", "Cookies travel without TLS.", "Serve over TLS and unset FENER_TLS=0.")
    demonstration = (Path(settings.FENER_HOME) / DEMONSTRATION).exists()
    if (reachable and settings.FENER_DEMO) or (demonstration and not settings.FENER_DEMO):
        yield Finding("exposure", "The demonstration's passwords are public.", "Unset FENER_DEMO, take a new home.")
    if settings.FENER_DEMO and not demonstration:
        yield Finding("exposure", NO_DEMONSTRATION, "Unset FENER_DEMO.")
    if not settings.FENER_DEMO and not settings.FENER_REQUIRE_MFA:
        yield Finding("exposure", "A stolen password is enough to sign in.", "Unset FENER_REQUIRE_MFA=0.")


def database() -> Iterator[Finding]:
    """It opens with its key, and stands where the program is."""
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, ImproperlyConfigured) as error:
        yield Finding("database", str(error), "See the message; a lost key cannot be made again.")
        return
    if waiting and not executor.loader.applied_migrations:
        yield Finding(
            "database",
            f"{settings.FENER_HOME} holds no data yet.",
            "fener init --username NAME --organisation NAME; or, to try it: FENER_DEMO=1 fener demo",
        )
    elif waiting:
        yield Finding("database", f"{len(waiting)} changes of the database wait.", "Back up, then: fener serve.")


def accounts() -> Iterator[Finding]:
    """Somebody can sign in."""
    if not User.objects.filter(is_active=True).exists():
        yield Finding("accounts", "There is no account.", "fener init --username NAME --organisation NAME")


def time_went_back() -> Iterator[Finding]:
    """The last thing that happened did not happen in the future."""
    newest = AuditEntry.objects.order_by("-at").values_list("at", flat=True).first()
    if newest and newest > timezone.now():
        yield Finding("clock", f"The last act is dated {newest:%Y-%m-%d %H:%M}: the clock went back.", "Set the clock.")


Question = Callable[[], Iterator[Finding]]
QUESTIONS: tuple[Question, ...] = (library, permissions, clock, disk, exposure, database)
DATABASE_QUESTIONS: tuple[Question, ...] = (accounts, time_went_back)
