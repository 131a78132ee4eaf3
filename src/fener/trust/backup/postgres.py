"""The same for PostgreSQL, with its own tools: ``pg_dump`` and ``pg_restore``, fed through pipes.

The password travels in the environment of the child process, never on its command line, which others can see. Row-level
security lets the node's own standing see every row (``fener.node``); the tools take that standing, so that the node's
ordinary role is enough.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from django.db import connection, transaction

from fener.trust.backup.contents import LEFT_OUT, read_contents
from fener.trust.backup.errors import BackupError
from fener.trust.backup.snapshot import Progress, Snapshot
from fener.trust.standing import node_level

OPTIONS = "-c fener.node=on"
# Django's name of a connection's part -> libpq's environment variable.
VARIABLES = {
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "host": "PGHOST",
    "port": "PGPORT",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "connect_timeout": "PGCONNECT_TIMEOUT",
}


def _environment() -> dict[str, str]:
    given = connection.get_connection_params()
    known = {variable: str(given[name]) for name, variable in VARIABLES.items() if given.get(name)}
    options = " ".join(part for part in (str(given.get("options") or ""), OPTIONS) if part)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "FENER_"))}
    return kept | known | {"PGOPTIONS": options}


def require_tool(name: str) -> str:
    """The path of ``pg_dump`` or ``pg_restore``. Raises BackupError when it is missing or older than the server."""
    path = shutil.which(name)
    if path is None:
        raise BackupError(f"{name} is not installed; on Debian: apt-get install postgresql-client")
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.search(r"(\d+)(?:\.\d+)?", told)
    connection.ensure_connection()
    server = int(connection.pg_version) // 10_000  # type: ignore[attr-defined]
    if found is None or int(found[1]) < server:
        has = found[1] if found else "unknown"
        raise BackupError(f"{name} is of version {has}, the server of {server}; install postgresql-client-{server}")
    return path


@contextmanager
def dumped(*, progress: Progress) -> Iterator[Snapshot]:
    """A dump of one moment (custom format), streaming. Counts are taken in the same moment.

    Raises BackupError when the tool is missing, too old, or fails; then what was read of the stream is worth nothing.
    """
    tool = require_tool("pg_dump")
    left_out = [f"--exclude-table-data={name}" for name in LEFT_OUT]
    words = [tool, "--format=custom", "--no-owner", "--no-privileges", "--enable-row-security", "--no-password"]
    with node_level(reason="a backup holds everything"), connection.cursor() as cursor, _begun(cursor):
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        name = cursor.fetchone()[0]
        contents = read_contents(cursor, "postgresql")
        progress("reading the database", 0, 0)
        with tempfile.TemporaryFile() as said:  # what the tool complains of; names of tables, no rows
            child = subprocess.Popen(  # noqa: S603
                [*words, *left_out, f"--snapshot={name}"], env=_environment(), stdout=subprocess.PIPE, stderr=said
            )
            try:
                yield Snapshot("postgresql", contents, _Ending(child, said))
            finally:
                if child.poll() is None:
                    child.kill()
                child.wait()
                assert child.stdout is not None  # noqa: S101
                child.stdout.close()


@contextmanager
def _begun(cursor: Any) -> Iterator[None]:
    """A transaction whose first statement is the caller's: the connection hears before it for whom it asks now."""
    cursor.execute("SELECT 1")
    with transaction.atomic():
        yield


class _Ending:
    """The child's output; its end counts only when the child says that it ended well."""

    def __init__(self, child: subprocess.Popen[bytes], said: Any) -> None:
        self._child, self._said = child, said

    def read(self, size: int = -1, /) -> bytes:
        assert self._child.stdout is not None  # noqa: S101
        data = self._child.stdout.read(size)
        if not data and self._child.wait() != 0:
            raise BackupError(f"pg_dump failed: {_last_line(self._said)}")
        return data


def _last_line(said: Any) -> str:
    said.seek(0)
    lines = said.read(4096).decode("utf-8", "replace").strip().splitlines()
    return lines[0] if lines else "without a word"


def require_empty() -> None:
    """A restore goes into an empty database only. Raises BackupError."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
        if cursor.fetchone()[0]:
            where = connection.settings_dict["NAME"]
            raise BackupError(f"the database {where} holds tables already; a restore goes into an empty one")


@contextmanager
def restoring() -> Iterator[BinaryIO]:
    """Write the dump into this; all of it in one transaction, so that a failure leaves the database empty.

    Raises BackupError at the end when ``pg_restore`` failed.
    """
    tool = require_tool("pg_restore")
    words = [tool, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-password"]
    name = str(connection.settings_dict["NAME"])
    connection.close()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(  # noqa: S603
            [*words, f"--dbname={name}"], env=_environment(), stdin=subprocess.PIPE, stdout=said, stderr=said
        )
        assert child.stdin is not None  # noqa: S101
        try:
            yield child.stdin  # type: ignore[misc]
            child.stdin.close()
        except BrokenPipeError:
            pass  # it says itself why it stopped
        except BaseException:
            child.kill()
            raise
        finally:
            code = child.wait()
        if code != 0:
            raise BackupError(f"pg_restore failed: {_last_line(said)}")
