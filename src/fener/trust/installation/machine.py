"""Questions about the machine: libraries, rights of files, clock, disk."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils import timezone

from fener.trust.installation.finding import Finding, Severity
from fener.trust.sqlcipher.safety import wal_is_safe

LEAST_FREE_BYTES = 1024**3
# No clock that is right shows an earlier day: the program is younger. None shows a much later one either.
NOT_BEFORE, NOT_AFTER = datetime(2026, 1, 1, tzinfo=UTC), datetime(2076, 1, 1, tzinfo=UTC)
# What the program was tried with; an older one lacks something that it relies on.
LEAST_VERSIONS = {
    "cryptography": ((48,), "it has no HPKE with ML-KEM, which seals every key"),
    "argon2-cffi": ((25, 1), "the keys of people are wrapped by it"),
    "pyrage": ((1, 2), "backups are encrypted by it"),
    "django": ((5, 2), "security updates for older ones have ended"),
}
LEAST_SQLCIPHER = (4, 6)


def numbers(text: str) -> tuple[int, ...]:
    """``4.6.1 community`` → (4, 6, 1)."""
    return tuple(int(part) for part in text.partition(" ")[0].split(".") if part.isdecimal())


def library() -> Iterator[Finding]:
    """What is linked in: a SQLite that has a cipher and keeps acknowledged writes; cryptography that is new enough."""
    if settings.DATABASES["default"]["ENGINE"] == "fener.trust.sqlcipher":
        yield from _embedded_library()
    yield from packages()


def _embedded_library() -> Iterator[Finding]:
    from sqlcipher3 import dbapi2

    where, remedy = f"sqlcipher3 in {Path(dbapi2.__file__).parent}", "Install sqlcipher3 0.6 or later: make setup."
    if not wal_is_safe(dbapi2.sqlite_version_info):
        said = f"SQLite {dbapi2.sqlite_version} can lose acknowledged writes (the WAL-reset race)."
        yield Finding("library", said, remedy, where)
    probe = dbapi2.connect(":memory:")
    cipher = probe.execute("PRAGMA cipher_version").fetchone()
    probe.close()
    if not cipher:
        yield Finding("library", "SQLite has no cipher.", remedy, where)
    elif numbers(cipher[0]) < LEAST_SQLCIPHER:
        said = f"SQLCipher {cipher[0]} is older than the one that this program was tried with."
        yield Finding("library", said, remedy, where, Severity.WARNING)


def packages() -> Iterator[Finding]:
    """The packages that everything secret rests on."""
    for name, (least, why) in LEAST_VERSIONS.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            yield Finding("packages", f"{name} is not installed: {why}.", "Install what is locked: make setup.", name)
            continue
        if numbers(found) < least:
            wanted = ".".join(map(str, least))
            said = f"{name} {found} is older than {wanted}: {why}."
            yield Finding("packages", said, "Install what is locked: make setup.", name)


def permissions() -> Iterator[Finding]:
    """Home, keys, database, attachments and backups are for their owner alone."""
    home = Path(settings.FENER_HOME)
    folders = [path for path in (home / "media", home / "backups") if path.exists()]
    files = [*sorted(home.glob("*.key")), *sorted(home.glob("*.db*")), *sorted(home.glob("*.json"))]
    for path in [home, *files, *folders]:
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
        except FileNotFoundError:  # the log beside the database comes and goes
            continue
        if mode & 0o077:
            wanted = "700" if path.is_dir() else "600"
            said = f"{path} can be read by other users of this machine ({mode:o})."
            yield Finding("permissions", said, f"chmod {wanted} {path}", str(path))


def clock() -> Iterator[Finding]:
    """Every deadline counts from this clock, and every day begins at midnight of this zone."""
    now = timezone.now()
    if not NOT_BEFORE <= now < NOT_AFTER:
        yield Finding("clock", f"The clock says {now:%Y-%m-%d}.", "Set the clock, and let it follow a time server.")
    try:
        ZoneInfo(settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        said = f"The time zone {settings.TIME_ZONE} is not known on this machine."
        yield Finding("clock", said, "Correct FENER_TIME_ZONE, or install tzdata.", "FENER_TIME_ZONE")


def disk() -> Iterator[Finding]:
    """Room for the database to grow and for a backup beside it."""
    home = Path(settings.FENER_HOME)
    size = sum(path.stat().st_size for path in home.glob("*.db*"))
    free = shutil.disk_usage(home).free
    if free < max(LEAST_FREE_BYTES, 2 * size):
        said = f"Only {free // 1024**2} MiB are free at {home}."
        yield Finding("disk", said, "Make room before writes fail.", str(home))
