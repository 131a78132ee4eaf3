"""One moment of the running database, as a stream: from the embedded engine or from PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as Database

from fener.trust.backup.archive import Readable
from fener.trust.backup.contents import LEFT_OUT, read_contents
from fener.trust.backup.errors import BackupError
from fener.trust.backup.manifest import Contents

Progress = Callable[[str, int, int], None]
"""(what is being done, bytes done, bytes in all or 0 where that is not known)."""

STEPS_BETWEEN_NEWS = 200_000  # of SQLite's virtual machine


@dataclass(frozen=True)
class Snapshot:
    """``stream``: the bytes that bring the database back; read once. ``size`` in bytes, 0 where not known before."""

    engine: str
    contents: Contents
    stream: Readable
    size: int = 0


@contextmanager
def embedded(*, database: Path, key: str, folder: Path, progress: Progress) -> Iterator[Snapshot]:
    """A copy of the SQLCipher file, of one moment, while others write. The copy is encrypted with the same key.

    ``VACUUM INTO`` reads in one transaction, blocks no writer (the log keeps what they write), and takes no deleted
    page along: a key that was destroyed is not in it. Raises BackupError when the database does not open, when the
    copy does not hold, or when there is no room.
    """
    copy = folder / "fener.db"
    size = database.stat().st_size
    if shutil.disk_usage(folder).free < size:
        raise BackupError(f"{folder}: {size // 1024**2} MiB are needed here for a copy, and there is less room")
    source = _opened(database, key, "ro")
    try:
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        source.set_progress_handler(lambda: _tell(progress, copy, size), STEPS_BETWEEN_NEWS)
        source.execute("VACUUM INTO ?", (str(copy),))
    except Database.Error as error:
        raise BackupError(f"{database}: cannot be copied ({error})") from None
    finally:
        source.close()
    contents = _checked(copy, key)
    progress("copying the database", size, size)
    with copy.open("rb") as stream:
        yield Snapshot("sqlcipher", contents, stream, copy.stat().st_size)


def _tell(progress: Progress, copy: Path, size: int) -> int:
    progress("copying the database", min(copy.stat().st_size, size), size)
    return 0  # go on


def _opened(file: Path, key: str, mode: str) -> Any:
    connection = Database.connect(f"{file.resolve().as_uri()}?mode={mode}", uri=True)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # what is wrong is said below, once
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except Database.Error:
        connection.close()
        raise BackupError(f"{file}: does not open with its key, or is damaged") from None
    return connection


def _checked(copy: Path, key: str) -> Contents:
    """Take out what is left out, then ask the copy whether it holds."""
    connection = _opened(copy, key, "rw")
    try:
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA secure_delete = ON")
        cursor = connection.cursor()
        there = {name for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
        for table in sorted(there.intersection(LEFT_OUT)):
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 (names of our own)
        connection.commit()
        require_whole(connection, copy)
        return read_contents(cursor, "sqlcipher")
    except Database.Error as error:
        raise BackupError(f"{copy}: the copy does not hold ({error})") from None
    finally:
        connection.close()


def require_whole(connection: Any, file: Path) -> None:
    """Every page decrypts with its authentication code, and every index fits its table. Raises BackupError."""
    torn = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    said = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if torn or said != [("ok",)]:
        raise BackupError(f"{file}: the database is damaged ({(torn or said)[0][0]})")


def require_opens(file: Path, key: str) -> None:
    """A database file that was just unpacked opens with its key and is whole. Raises BackupError."""
    connection = _opened(file, key, "ro")
    try:
        require_whole(connection, file)
    except Database.Error as error:
        raise BackupError(f"{file}: the database is damaged ({error})") from None
    finally:
        connection.close()
