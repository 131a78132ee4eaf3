"""Proof 4: a process that is killed in the middle of its writes loses nothing that it had acknowledged."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
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


def written_until_killed(home: Path, keeper_id: str, *, for_seconds: float) -> list[str]:
    """Run the writer, kill -9 it, and return the ids that it had acknowledged by then."""
    writer = subprocess.Popen([sys.executable, str(WRITER), keeper_id], stdout=subprocess.PIPE, env=environment(home))
    assert writer.stdout is not None
    first = writer.stdout.readline()
    rest: list[bytes] = []
    reader = threading.Thread(target=lambda: rest.extend(writer.stdout or ()))
    reader.start()
    time.sleep(for_seconds)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    reader.join()
    # The last line counts only if the whole of it arrived.
    return [line.decode().strip() for line in (first, *rest) if line.endswith(b"\n")]


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
    for _round in range(ROUNDS):
        acknowledged |= set(written_until_killed(home, keeper_id, for_seconds=dice.uniform(0.02, 0.3)))
        items, grants, entries = what_is_there(home)
        assert acknowledged - items == set()  # nothing acknowledged is lost
        assert items == grants == entries  # nothing is half-written
    assert len(acknowledged) >= ROUNDS * 5
