"""Proof 4: a process that is killed in the middle of its writes loses nothing that it had acknowledged."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from fener.settings.environment import secret
from fener.trust.sqlcipher.base import Database, opened

pytestmark = pytest.mark.proof

ROUNDS = 20
WRITER = Path(__file__).with_name("writer.py")
SET_UP = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "fener.settings.test"
django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from fener.trust import accounts
from fener.trust.actor import SYSTEM
user = accounts.create_user(actor=SYSTEM, username="mira", full_name="Mira", password="lantern-over-the-river").user
print(accounts.create_keeper(actor=SYSTEM, first_member=user).pk)
"""


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "FENER_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}


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


def written_until_killed(ready: subprocess.Popen[bytes], *, for_seconds: float) -> list[str]:
    """Have a process write, kill -9 it after its first write, and return the ids that it had acknowledged by then."""
    assert ready.stdin is not None
    assert ready.stdout is not None
    ready.stdin.write(b"\n")
    answers = iter(ready.stdout.readline, b"")
    writer, first = int(next(answers)), next(answers)
    killing = threading.Timer(for_seconds, os.kill, (writer, signal.SIGKILL))
    killing.start()
    written = [first, *iter(lambda: next(answers), b"gone\n")]  # read as it comes: a full pipe would hold the writer up
    killing.join()
    # A line counts only if the whole of it arrived.
    return [line.decode().strip() for line in written if line.endswith(b"\n")]


def what_is_there(home: Path) -> tuple[set[str], set[str], set[str]]:
    """Subjects that have an item, a grant for it, and an audit entry, after recovery."""
    key = secret("FENER_DATABASE_KEY", home / "database.key")
    recovering = Database.connect(str(home / "fener.db"))
    recovering.execute(f"PRAGMA key = \"x'{key}'\"")
    assert recovering.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    recovering.close()
    with opened(str(home / "fener.db"), key) as database:
        items = {str(s) for (s,) in database.execute("SELECT subject_id FROM trust_sealeditem")}
        granted = database.execute(
            "SELECT i.subject_id FROM trust_sealeditem i JOIN trust_itemgrant g ON g.item_id = i.id"
        )
        grants = {str(s) for (s,) in granted}
        audited = database.execute("SELECT subject_id FROM trust_auditentry WHERE act = 'narrative.seal'")
        entries = {str(s) for (s,) in audited}
        chains = database.execute("SELECT chain_id, length FROM trust_auditchain WHERE kind = 'case'").fetchall()
    assert {str(chain) for chain, length in chains if length == 1} == entries
    return items, grants, entries


def test_twenty_kills_lose_no_acknowledged_write_and_leave_none_by_halves(tmp_path: Path) -> None:
    home = tmp_path / "home"
    made = subprocess.run([sys.executable, "-c", SET_UP], env=environment(home), capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    keeper_id = str(UUID(made.stdout.strip()))
    acknowledged: set[str] = set()
    dice = random.Random(4)
    with writers(home, keeper_id) as ready:
        for _round in range(ROUNDS):
            acknowledged |= set(written_until_killed(ready, for_seconds=dice.uniform(0.02, 0.3)))
            items, grants, entries = what_is_there(home)
            assert acknowledged - items == set()  # nothing acknowledged is lost
            assert items == grants == entries  # nothing is half-written
    assert len(acknowledged) >= ROUNDS * 5
