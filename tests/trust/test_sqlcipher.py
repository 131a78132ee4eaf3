"""The encrypted database behaves like Django's SQLite, and a key is all that opens it."""

from __future__ import annotations

import datetime
import decimal
import secrets
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.db.models.functions import MD5, TruncMonth
from django.utils import timezone

from fener.trust.models import AuditChain, User
from fener.trust.sqlcipher.base import Database, DatabaseWrapper, opened
from fener.trust.sqlcipher.safety import wal_is_safe
from tests.trust.people import Person

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the embedded engine's wrapper; this run is on another"),
]


def wrapper(path: Path | str, key: str | None, **options: Any) -> DatabaseWrapper:
    settings = {**connection.settings_dict, "NAME": str(path), "KEY": key}
    settings["OPTIONS"] = {**settings["OPTIONS"], **options}
    return DatabaseWrapper(settings, alias="other")


@pytest.fixture
def key() -> str:
    return secrets.token_hex(32)


def test_the_file_shows_nothing_of_what_was_written(tmp_path: Path, key: str) -> None:
    db = wrapper(tmp_path / "a.db", key)
    with db.cursor() as cursor:
        cursor.execute("CREATE TABLE person (name text)")
        cursor.execute("INSERT INTO person VALUES (%s)", ["Ђорђевић Planted"])
    raw = b"".join(f.read_bytes() for f in tmp_path.iterdir())
    db.close()
    assert b"Planted" not in raw
    assert b"person" not in raw
    assert not raw.startswith(b"SQLite format 3")


def test_it_opens_with_its_key_and_with_no_other(tmp_path: Path, key: str) -> None:
    db = wrapper(tmp_path / "a.db", key)
    with db.cursor() as cursor:
        cursor.execute("CREATE TABLE t (x text)")
    db.close()
    with opened(str(tmp_path / "a.db"), key) as again:
        assert again.execute("SELECT count(*) FROM t").fetchone() == (0,)
    with pytest.raises(ImproperlyConfigured, match="does not open with this key"):
        wrapper(tmp_path / "a.db", secrets.token_hex(32)).connect()


@pytest.mark.parametrize("bad", [None, "", "secret", "ab" * 31, "zz" * 32, "' OR 1=1 --"])
def test_it_refuses_a_key_that_is_not_32_bytes_in_hex(tmp_path: Path, bad: str | None) -> None:
    with pytest.raises(ImproperlyConfigured, match="64 hexadecimal digits"):
        wrapper(tmp_path / "a.db", bad).connect()
    assert not (tmp_path / "a.db").exists() or (tmp_path / "a.db").stat().st_size == 0


def test_it_refuses_a_database_that_somebody_left_unencrypted(tmp_path: Path, key: str) -> None:
    plain = Database.connect(str(tmp_path / "plain.db"))
    plain.execute("CREATE TABLE t (x text)")
    plain.commit()
    plain.close()
    with pytest.raises(ImproperlyConfigured, match="not encrypted"):
        wrapper(tmp_path / "plain.db", key).connect()


def test_it_refuses_a_library_without_a_cipher(tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    import fener.trust.sqlcipher.base as base

    monkeypatch.setattr(base.Database, "connect", sqlite3.connect)
    with pytest.raises(ImproperlyConfigured, match="no cipher"):
        wrapper(tmp_path / "a.db", key).connect()


def test_it_refuses_a_library_that_can_lose_writes(tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import fener.trust.sqlcipher.base as base

    monkeypatch.setattr(base.Database, "sqlite_version_info", (3, 40, 1))
    with pytest.raises(ImproperlyConfigured, match="lose acknowledged writes"):
        wrapper(tmp_path / "a.db", key).connect()


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_which_libraries_are_safe(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_writes_are_durable_and_pages_stay_out_of_mapped_memory_and_temporary_files() -> None:
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "cache_size", "foreign_keys", "temp_store")
        }
        mapped = cursor.execute("PRAGMA mmap_size").fetchone()
        version = cursor.execute("PRAGMA cipher_version").fetchone()
    assert found == {"journal_mode": "wal", "synchronous": 2, "cache_size": -65536, "foreign_keys": 1, "temp_store": 2}
    assert mapped in {None, (0,)}
    assert version[0]


def test_dates_decimals_regular_expressions_and_functions_of_django_work(mira: Person) -> None:
    user = User.objects.get(username__regex=r"^m.ra$")
    assert isinstance(user.created_at, datetime.datetime)
    assert user.created_at.tzinfo is not None
    assert User.objects.annotate(m=TruncMonth("created_at")).get().m.day == 1
    assert len(User.objects.annotate(h=MD5("username")).get().h) == 32
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s, %s, %s", [decimal.Decimal("1.50"), timezone.localdate(), "100%"])
        assert cursor.fetchone() == ("1.50", timezone.localdate().isoformat(), "100%")
    chain = AuditChain.objects.create(kind="case", chain_id=mira.user.pk)
    AuditChain.objects.filter(pk=chain.pk).update(length=F("length") + 1)
    assert AuditChain.objects.get(pk=chain.pk).length == 1


def test_two_writers_wait_for_each_other_and_both_are_kept(tmp_path: Path, key: str) -> None:
    first = wrapper(tmp_path / "a.db", key)
    with first.cursor() as cursor:
        cursor.execute("CREATE TABLE t (x integer)")
        cursor.execute("INSERT INTO t VALUES (0)")
    seen: list[str] = []

    def count_up(name: str) -> None:
        db = wrapper(tmp_path / "a.db", key)
        for _round in range(20):
            db.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
            with db.cursor() as cursor:
                value = cursor.execute("SELECT x FROM t").fetchone()[0]
                time.sleep(0.001)
                cursor.execute("UPDATE t SET x = %s", [value + 1])
            db.commit()
            db.set_autocommit(True)
        seen.append(name)
        db.close()

    threads = [threading.Thread(target=count_up, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with first.cursor() as cursor:
        assert cursor.execute("SELECT x FROM t").fetchone() == (80,)
    first.close()
    assert sorted(seen) == ["a", "b", "c", "d"]


def test_a_writer_that_takes_too_long_is_told_and_the_lock_is_free_again(tmp_path: Path, key: str) -> None:
    slow, second = wrapper(tmp_path / "a.db", key), wrapper(tmp_path / "a.db", key, timeout=0.05)
    slow.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with pytest.raises(OperationalError, match="locked"):
        second.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    slow.close()  # a connection that breaks in the middle gives the lock back too
    second.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    second.rollback()
    second.set_autocommit(True)
    second.close()


def test_a_connection_that_is_closed_inside_its_transaction_gives_the_lock_back(tmp_path: Path, key: str) -> None:
    first, second = wrapper(tmp_path / "a.db", key), wrapper(tmp_path / "a.db", key, timeout=0.05)
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    first.in_atomic_block = True
    first.close()
    second.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    second.rollback()
    second.set_autocommit(True)
    second.close()


def test_nested_transactions_roll_back_alone() -> None:
    with transaction.atomic():
        AuditChain.objects.create(kind="case", chain_id="00000000-0000-0000-0000-000000000001")
        try:
            with transaction.atomic():
                AuditChain.objects.create(kind="case", chain_id="00000000-0000-0000-0000-000000000002")
                raise ValueError
        except ValueError:
            pass
    assert AuditChain.objects.count() == 1
