"""One world for all roles of a file: what takes a second to make is made once, and each test finds it as it was made.

The world stands in a transaction that the file opens and takes back; each test is a savepoint in it, rolled back when
the test ends. What Python itself keeps of the world (a body that a test named first, its desks) is put back too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction

from tests.access.world import Things, things
from tests.conftest import NOW
from tests.factories.network import Body, Mechanism


@dataclass(frozen=True)
class Worlds:
    """A mechanism, and two of its bodies with one of everything each: ``own`` and ``foreign`` are the asker's view."""

    mechanism: Mechanism
    own: Things
    foreign: Things


def everything() -> str:
    """A digest of every row of the database."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sorted(
                repr([bytes(value) if isinstance(value, memoryview) else value for value in row])
                for row in cursor.fetchall()
            )
            digest.update(repr((table, rows)).encode())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def made_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Worlds, str]]:
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOW, tick=False):
            mechanism = Mechanism(since=date(2020, 1, 1))
            own, foreign = things(mechanism, mechanism.ngo), things(mechanism, mechanism.other_ngo)
            assert mechanism.co_ordination
        yield Worlds(mechanism, own, foreign), everything()
        transaction.set_rollback(True)


@pytest.fixture
def worlds(made_once: tuple[Worlds, str], db: None, today: date) -> Iterator[Worlds]:
    """The file's world on the tests' day; the test may change what it likes."""
    made, as_made = made_once
    assert everything() == as_made, "a test before this one left something"
    mechanism = made.mechanism
    bodies = dict(vars(mechanism))
    desks = [(body, dict(body._desks)) for body in bodies.values() if isinstance(body, Body)]
    yield replace(
        made, own=replace(made.own, pks=dict(made.own.pks)), foreign=replace(made.foreign, pks=dict(made.foreign.pks))
    )
    vars(mechanism).clear()
    vars(mechanism).update(bodies)
    for body, kept in desks:
        body._desks.clear()
        body._desks.update(kept)
