"""Proof 4: a process that is killed in the middle of its writes loses nothing that it had acknowledged.

On the engine that the suite runs on. The long form (``FENER_PROOF=long``) goes on for 200 rounds, and further until
50,000 writes were acknowledged.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection

from fener.settings.environment import secret
from fener.trust.sqlcipher.base import Database, opened
from tests.proofs.figures import LONG, counted

pytestmark = pytest.mark.proof

ROUNDS = int(os.environ.get("FENER_PROOF_ROUNDS", "200" if LONG else "20"))
WRITES = 50_000 if LONG else 5 * ROUNDS
WRITER = Path(__file__).with_name("writer.py")
SET_UP = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "fener.settings.test"
django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from fener.trust import accounts, standing
from fener.trust.actor import SYSTEM
standing.take(standing.NODE)
user = accounts.create_user(actor=SYSTEM, username="mira", full_name="Mira", password="lantern-over-the-river").user
print(accounts.create_keeper(actor=SYSTEM, first_member=user).pk)
"""


def environment(home: Path) -> dict[str, str]:
    made = {**os.environ, "FENER_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    if connection.vendor == "postgresql":
        made["FENER_DATABASE_URL"] = url_of(home.name)
    return made


def url_of(database: str) -> str:
    """The address of another database on the suite's server."""
    address, _is, name = os.environ["FENER_DATABASE_URL"].partition("?")
    return f"{address.rpartition('/')[0]}/{database}?{name}"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A node of its own: a folder, and on PostgreSQL a database of the same name."""
    path = tmp_path / f"proof_{uuid4().hex[:12]}"
    if connection.vendor != "postgresql":
        yield path
        return
    with psycopg.connect(os.environ["FENER_DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE DATABASE {path.name}")
    try:
        yield path
    finally:
        with psycopg.connect(os.environ["FENER_DATABASE_URL"], autocommit=True) as server:
            server.execute(f"DROP DATABASE {path.name} WITH (FORCE)")


@contextmanager
def writers(home: Path, keeper_id: str) -> Iterator[subprocess.Popen[bytes]]:
    """What begins a process that writes, for each line that it is given."""
    ready = subprocess.Popen(
        [sys.executable, str(WRITER), keeper_id],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(home), bufsize=0,
    )  # fmt: skip
    with ready:
        try:
            yield ready
        finally:
            ready.kill()


def written_until_killed(ready: subprocess.Popen[bytes], *, at_least: int, and_seconds: float) -> list[str]:
    """Have a process write, kill -9 it so long after that many writes, and return the ids that it had acknowledged."""
    assert ready.stdin is not None
    assert ready.stdout is not None
    ready.stdin.write(b"\n")
    answers = iter(ready.stdout.readline, b"")
    writer = int(next(answers))
    written = [next(answers) for _write in range(at_least)]
    killing = threading.Timer(and_seconds, os.kill, (writer, signal.SIGKILL))
    killing.start()
    written += iter(lambda: next(answers), b"gone\n")  # read as it comes: a full pipe would hold the writer up
    killing.join()
    # A line counts only if the whole of it arrived.
    return [line.decode().strip() for line in written if line.endswith(b"\n")]


def what_is_there(home: Path) -> tuple[set[str], set[str], set[str]]:
    """Subjects that have an item, a grant for it, and an audit entry, after recovery."""
    if connection.vendor == "postgresql":
        with psycopg.connect(url_of(home.name)) as server:
            # One moment: the server may be committing yet what it was sent before the process died.
            server.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            server.execute("SELECT set_config('fener.node', 'on', false)")
            return _found_by(lambda sql: [tuple(map(_plain, row)) for row in server.execute(sql).fetchall()])
    key = secret("FENER_DATABASE_KEY", home / "database.key")
    recovering = Database.connect(str(home / "fener.db"))
    recovering.execute(f"PRAGMA key = \"x'{key}'\"")
    assert recovering.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    recovering.close()
    with opened(str(home / "fener.db"), key) as database:
        return _found_by(lambda sql: database.execute(sql).fetchall())


def _plain(value: object) -> object:
    return value.hex if isinstance(value, UUID) else value


def _found_by(ask: Callable[[str], list[Any]]) -> tuple[set[str], set[str], set[str]]:
    items = {str(s) for (s,) in ask("SELECT subject_id FROM trust_sealeditem")}
    granted = ask("SELECT i.subject_id FROM trust_sealeditem i JOIN trust_itemgrant g ON g.item_id = i.id")
    grants = {str(s) for (s,) in granted}
    audited = ask("SELECT subject_id FROM trust_auditentry WHERE act = 'narrative.seal'")
    entries = {str(s) for (s,) in audited}
    chains = ask("SELECT chain_id, length FROM trust_auditchain WHERE kind = 'case'")
    assert {str(chain) for chain, length in chains if length == 1} == entries
    return items, grants, entries


def test_twenty_kills_lose_no_acknowledged_write_and_leave_none_by_halves(home: Path) -> None:
    made = subprocess.run([sys.executable, "-c", SET_UP], env=environment(home), capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    keeper_id = str(UUID(made.stdout.strip()))
    acknowledged: set[str] = set()
    dice, rounds = random.Random(4), 0
    most = 2 * WRITES // ROUNDS
    with writers(home, keeper_id) as ready:
        while rounds < ROUNDS or len(acknowledged) < WRITES:
            written = written_until_killed(ready, at_least=dice.randint(1, most), and_seconds=dice.uniform(0.0, 0.2))
            rounds += 1
            acknowledged |= set(written)
            items, grants, entries = what_is_there(home)
            assert acknowledged - items == set()  # nothing acknowledged is lost
            assert items == grants == entries  # nothing is half-written
    counted("4 kill -9", rounds=rounds, acknowledged=len(acknowledged), written=len(items), lost=0, half_written=0)
