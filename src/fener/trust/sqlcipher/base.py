"""The database wrapper: SQLCipher's DB-API module in the place of ``sqlite3``, the key first, one writer at a time.

The key is the raw 32 bytes in hex (``DATABASES[...]["KEY"]``): it is random, so no key derivation is needed or done.
Writes wait in line on one lock for each database file of the process: threads that queue fairly answer ten times sooner
at the 99th percentile than threads that poll a busy database.
"""

from __future__ import annotations

import datetime
import decimal
import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base as plain
from django.db.backends.sqlite3._functions import register as register_functions  # type: ignore[import-untyped]
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database

from fener.trust.sqlcipher.safety import wal_is_safe

KEY_FORM = re.compile(r"[0-9a-fA-F]{64}")


def _decoder(parse: Callable[[str], Any]) -> Callable[[bytes], Any]:
    return lambda raw: parse(raw.decode())


# The same converters and adapters that Django registers on ``sqlite3``; each DB-API module keeps its own table.
Database.register_converter("bool", b"1".__eq__)
Database.register_converter("date", _decoder(parse_date))
Database.register_converter("time", _decoder(parse_time))
Database.register_converter("datetime", _decoder(parse_datetime))
Database.register_converter("timestamp", _decoder(parse_datetime))
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(datetime.date, lambda value: value.isoformat())
Database.register_adapter(datetime.datetime, lambda value: value.isoformat(" "))

_writers: dict[str, threading.Lock] = {}
_writers_guard = threading.Lock()


def _writer_lock(name: str) -> threading.Lock:
    with _writers_guard:
        return _writers.setdefault(name, threading.Lock())


class CipherCursor(Database.Cursor):  # type: ignore[misc]
    """Django's cursor (``%s`` placeholders) over SQLCipher's cursor class."""

    def execute(self, query: str, params: Any = None) -> Any:
        if params is None:
            return super().execute(query)
        names = list(params) if isinstance(params, dict) else None
        return super().execute(self.convert_query(query, param_names=names), params)

    def executemany(self, query: str, param_list: Any) -> Any:
        rows = list(param_list)
        names = list(rows[0]) if rows and isinstance(rows[0], dict) else None
        return super().executemany(self.convert_query(query, param_names=names), rows)

    convert_query = plain.SQLiteCursorWrapper.convert_query


class DatabaseWrapper(plain.DatabaseWrapper):
    """SQLite through SQLCipher."""

    display_name = "SQLCipher"
    Database = Database

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.transaction_mode: str | None = None
        self._holds_writer_lock = False

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        # Statements outside a transaction wait here; transactions wait on the lock below.
        params.setdefault("timeout", 20)
        return params

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if not wal_is_safe(Database.sqlite_version_info):
            raise ImproperlyConfigured(
                f"The SQLite library {Database.sqlite_version} can lose acknowledged writes in WAL mode. "
                "Install sqlcipher3 with SQLite 3.51.3 or later."
            )
        if not self.is_in_memory_db():
            _make_for_owner_alone(str(self.settings_dict["NAME"]))
        connection = Database.connect(**conn_params)
        try:
            self._unlock(connection)
        except BaseException:
            connection.close()
            raise
        register_functions(connection)
        return connection

    def _unlock(self, connection: Any) -> None:
        in_memory = self.is_in_memory_db()
        if not in_memory:
            key = str(self.settings_dict.get("KEY") or "")
            if not KEY_FORM.fullmatch(key):
                raise ImproperlyConfigured("The database key must be 64 hexadecimal digits (32 random bytes).")
            connection.execute(f"PRAGMA key = \"x'{key}'\"")
        if not connection.execute("PRAGMA cipher_version").fetchone():
            raise ImproperlyConfigured("This SQLite library has no cipher: the database would be written in clear.")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except Database.DatabaseError as error:
            raise ImproperlyConfigured(
                f"The database {self.settings_dict['NAME']} does not open with this key: it is another node's, "
                "damaged, or not encrypted. Check FENER_DATABASE_KEY or database.key."
            ) from error
        for pragma in PRAGMAS if in_memory else (*PRAGMAS, "journal_mode = WAL"):
            connection.execute(f"PRAGMA {pragma}").fetchall()

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=CipherCursor)

    # One writer at a time -------------------------------------------------------------------------------------------

    def _start_transaction_under_autocommit(self) -> None:
        self._take_writer_lock()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_writer_lock()
            raise

    def _set_autocommit(self, autocommit: bool) -> None:
        try:
            super()._set_autocommit(autocommit)  # type: ignore[misc]
        finally:
            if autocommit:  # the transaction ended, one way or the other
                self._give_writer_lock()

    @async_unsafe
    def close(self) -> None:
        try:
            super().close()
        finally:
            # Inside a transaction Django keeps the closed connection until the block ends; its transaction is over.
            if self.connection is None or self.closed_in_transaction:
                self._give_writer_lock()

    def _take_writer_lock(self) -> None:
        if self._holds_writer_lock or self.transaction_mode != "IMMEDIATE":
            return
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 20))
        if not _writer_lock(str(self.settings_dict["NAME"])).acquire(timeout=patience):
            with self.wrap_database_errors:
                raise Database.OperationalError("database is locked: another write took too long")
        self._holds_writer_lock = True

    def _give_writer_lock(self) -> None:
        if self._holds_writer_lock:
            self._holds_writer_lock = False
            with suppress(RuntimeError):
                _writer_lock(str(self.settings_dict["NAME"])).release()


def _make_for_owner_alone(name: str) -> None:
    """A new file is readable by its owner alone; SQLite gives the same rights to the log and index beside it."""
    if not name.startswith("file:"):
        with suppress(FileExistsError):
            os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


PRAGMAS = (
    "foreign_keys = ON",
    "legacy_alter_table = OFF",
    "synchronous = FULL",
    "cache_size = -65536",  # KiB for each thread that serves: 4 threads, and the process stays under 512 MiB
    "mmap_size = 0",
    "temp_store = MEMORY",  # nothing of a query is written to a temporary file in clear
)


@contextmanager
def opened(path: str, key: str) -> Iterator[Any]:
    """A read-only look into an encrypted file, outside Django (for checks and proofs). A wrong key: DatabaseError."""
    connection = Database.connect(f"file:{path}?mode=ro", uri=True)
    try:
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield connection
    finally:
        connection.close()
