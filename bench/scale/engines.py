"""Writing rows by the hundred thousand, on both engines; what slows that down is laid aside and put back afterwards."""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from fener.trust import triggers

CACHE_KIB = 3_000_000  # of the embedded engine while it loads
Row = Sequence[Any]


class Bulk(ABC):
    """One connection that only loads. Values are those of the database and not of Django.

    The triggers that let the audit grow by one entry at a time are off inside a loading transaction, and never outside.
    """

    def __init__(self) -> None:
        connection.ensure_connection()
        self.raw: Any = connection.connection

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """What the database itself holds."""
        with connection.cursor() as cursor:
            cursor.execute(sql, list(parameters))
            return list(cursor.fetchall())

    def highest(self, table: str, column: str) -> int:
        """The highest number given in that table so far."""
        return int(self.rows(f"SELECT coalesce(max({column}), 0) FROM {table}")[0][0])

    @abstractmethod
    def identity(self, value: uuid.UUID) -> Any:
        """A UUID as the database keeps it."""

    @abstractmethod
    def moment(self, value: datetime) -> Any:
        """A moment (UTC, with microseconds) as the database keeps it."""

    @abstractmethod
    def transaction(self, tables: Iterable[str]) -> Any:
        """A block that writes into these tables, all or nothing."""

    @abstractmethod
    def add(self, table: str, columns: Sequence[str], rows: list[Row]) -> None:
        """Rows, as they are."""

    @abstractmethod
    def laid_aside(self, tables: Sequence[str]) -> list[tuple[str, str]]:
        """What can be taken away while loading: (statement that takes it away, statement that puts it back)."""

    @abstractmethod
    def finish(self, tables: Sequence[str]) -> None:
        """After the last row: counters and statistics."""

    @staticmethod
    def listed(names: Iterable[str]) -> str:
        """Names of tables as SQL lists them; they come from Django's models."""
        return ", ".join(f"'{name}'" for name in names)

    def run(self, sql: str) -> None:
        """One statement by itself."""
        self.raw.execute(sql)


class Embedded(Bulk):
    """SQLCipher."""

    def __init__(self) -> None:
        super().__init__()
        for pragma in ("foreign_keys = OFF", "synchronous = OFF", f"cache_size = -{CACHE_KIB}"):
            self.raw.execute(f"PRAGMA {pragma}").fetchall()

    def identity(self, value: uuid.UUID) -> str:
        return value.hex

    def moment(self, value: datetime) -> str:
        return value.replace(tzinfo=None).isoformat(" ")

    @contextmanager
    def transaction(self, tables: Iterable[str]) -> Iterator[None]:
        self.raw.execute("BEGIN IMMEDIATE")
        try:
            triggers.remove(connection)
            yield
            triggers.install(connection)
        except BaseException:
            self.raw.execute("ROLLBACK")
            raise
        self.raw.execute("COMMIT")

    def add(self, table: str, columns: Sequence[str], rows: list[Row]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        self.raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})", rows)

    def laid_aside(self, tables: Sequence[str]) -> list[tuple[str, str]]:
        found = self.rows(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT LIKE 'CREATE UNIQUE%%'"
            f" AND tbl_name IN ({', '.join(['%s'] * len(tables))})",
            tables,
        )
        return [(f'DROP INDEX IF EXISTS "{name}"', text) for name, text in found]

    def finish(self, tables: Sequence[str]) -> None:
        for pragma in ("wal_checkpoint(TRUNCATE)", "optimize"):
            self.raw.execute(f"PRAGMA {pragma}").fetchall()


class Postgres(Bulk):
    """PostgreSQL. Row-level security refuses COPY even to the owner: it is off for the owner inside each transaction,
    and never outside one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.raw.execute("SET synchronous_commit = off")
        self.raw.execute("SET maintenance_work_mem = '512MB'")

    def identity(self, value: uuid.UUID) -> uuid.UUID:
        return value

    def moment(self, value: datetime) -> datetime:
        return value

    @contextmanager
    def transaction(self, tables: Iterable[str]) -> Iterator[None]:
        wanted = ", ".join(f"'{name}'" for name in tables)
        fenced = self.rows(f"SELECT relname FROM pg_class WHERE relname IN ({wanted}) AND relforcerowsecurity")
        with self.raw.transaction():
            for (name,) in fenced:
                self.raw.execute(f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY")
            triggers.remove(connection)
            yield
            triggers.install(connection)
            for (name,) in fenced:
                self.raw.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")

    def add(self, table: str, columns: Sequence[str], rows: list[Row]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        with self.raw.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def laid_aside(self, tables: Sequence[str]) -> list[tuple[str, str]]:
        wanted = ", ".join(f"'{name}'" for name in tables)
        found: list[tuple[str, str]] = []
        for table, name, text in self.rows(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            f" WHERE contype = 'f' AND conrelid::regclass::text IN ({wanted})"
        ):
            found.append(
                (f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{name}"',
                 f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {text}')
            )  # fmt: skip
        for name, text in self.rows(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            f" WHERE NOT indisunique AND indrelid::regclass::text IN ({wanted})"
        ):
            found.append((f"DROP INDEX IF EXISTS {name}", text))
        return found

    def finish(self, tables: Sequence[str]) -> None:
        for table, column in self.rows(
            "SELECT table_name, column_name FROM information_schema.columns WHERE is_identity = 'YES'"
            f" AND table_name IN ({', '.join(f'{chr(39)}{name}{chr(39)}' for name in tables)})"
        ):
            highest = self.highest(table, column)
            self.raw.execute(f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), {max(highest, 1)})")
        self.raw.execute("ANALYZE")


def bulk() -> Bulk:
    """For the engine of this node."""
    return Postgres() if connection.vendor == "postgresql" else Embedded()


def utc(seconds: float) -> datetime:
    """A moment from seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)
