"""The world as it was made, once more: making it takes seconds, putting its rows back into an empty database does not.

Each test begins with the very rows that were there when the world had been made, whatever the tests before it did: the
database is emptied after each of them.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, models, transaction

from fener.trust import triggers
from tests.e2e.world import World

# What Django itself puts into an empty database.
ALWAYS = {"django_migrations", "django_content_type", "auth_permission"}
Rows = list[tuple[str, list[tuple[Any, ...]]]]


@dataclass(frozen=True)
class Kept:
    """A world, and every row that belongs to it."""

    world: World
    rows: Rows


_kept: list[Kept] = []


def world_again(make: Callable[[], World]) -> World:
    """What ``make`` makes: made by the first test of the process that asks, put back for the others."""
    with transaction.atomic():
        if _kept:
            _put_back(_kept[0].rows)
        else:
            made = make()
            _kept.append(Kept(made, _rows()))
    kept = _kept[0].world
    # A test that changes an object that it holds changes its own.
    at = {name: copy.copy(one) if isinstance(one, models.Model) else one for name, one in kept.at.items()}
    return replace(kept, accounts=dict(kept.accounts), at=at)


def _rows() -> Rows:
    found: Rows = []
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - ALWAYS):
            columns = [each.name for each in connection.introspection.get_table_description(cursor, table)]
            # The plus keeps the driver from making anything of a value: it goes back as it lay there.
            cursor.execute(f"SELECT {', '.join(f'+{_named(each)}' for each in columns)} FROM {_named(table)}")
            if rows := cursor.fetchall():
                into = f"{_named(table)} ({', '.join(map(_named, columns))})"
                found.append((f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(columns))})", rows))
    return found


def _put_back(rows: Rows) -> None:
    triggers.remove(connection)  # the audit only grows, one entry after the other
    try:
        with connection.cursor() as cursor:
            for statement, values in rows:
                cursor.executemany(statement, values)
    finally:
        triggers.install(connection)


def _named(name: str) -> str:
    return connection.ops.quote_name(name)
