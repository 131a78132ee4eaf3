"""Proofs 1 and 4 for the backup: no planted word in it, nor beside it while it is made; what others write meanwhile
neither harms it nor is harmed, and everything that was acknowledged before it began is in it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any
from uuid import UUID

import pyrage
import pytest
from django.conf import settings
from django.db import connection

from fener.casework.models import Case
from fener.settings.environment import secret
from fener.trust import audit, search
from fener.trust.actor import SYSTEM, Actor
from fener.trust.backup import archive
from fener.trust.backup.errors import BackupError
from fener.trust.backup.making import make_backup
from fener.trust.backup.reading import look_through
from fener.trust.backup.restoring import restore_backup
from fener.trust.compartments import Compartment
from fener.trust.models import AuditEntry
from fener.trust.runs import BACKUP, last_run
from fener.trust.sqlcipher.base import opened
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.proofs.test_1_no_plaintext import CONTACT, HEALTH, IDENTITY, NARRATIVE
from tests.proofs.test_4_kill9 import SET_UP, environment, writers
from tests.proofs.traces import files_below, found_in, log_of, rows_of, traces_of

pytestmark = [pytest.mark.proof]
PLANTED = [text for content in (IDENTITY, CONTACT, NARRATIVE, HEALTH) for text in content.values()]


@pytest.fixture
def custodian() -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def told(mechanism: Mechanism, case_manager: Actor) -> Case:
    """A person's file, and an attachment that is sealed as attachments are: bytes that say nothing."""
    case: Case = CaseFactory(
        actor=case_manager,
        compartments={
            Compartment.IDENTITY: IDENTITY,
            Compartment.CONTACT: CONTACT,
            Compartment.NARRATIVE: NARRATIVE,
        },
    )
    assert search.find(actor=case_manager, text="Djurdjica") == [case.pk]
    return case


class Watching:
    """Looks into every file that is there at each step of the work, as somebody with the disk could."""

    def __init__(self, *folders: Path) -> None:
        self.folders, self.seen, self.steps = folders, dict[str, bytes](), set[str]()

    def __call__(self, what: str, done: int, whole: int) -> None:
        if what not in self.steps or done == whole:
            self.steps.add(what)
            self.seen |= {f"{what}: {name}": raw for name, raw in files_below(*self.folders)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the embedded engine's copy; PostgreSQL's has its own test")
def test_no_planted_word_is_in_a_backup_nor_in_any_file_while_it_is_made(
    told: Case,
    custodian: pyrage.x25519.Identity,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path / "temporary"))
    watching = Watching(Path(settings.FENER_HOME), tmp_path)
    file = tmp_path / "fener.age"
    make_backup(actor=SYSTEM, file=file, recipients=[custodian.to_public()], progress=watching)
    assert {"copying the database", "writing", "looking through what was written"} <= watching.steps
    assert [name for name in watching.seen if ".backup-" in name and name.endswith("fener.db")] != []
    written = [*watching.seen.items(), *files_below(tmp_path), ("the log", log_of(caplog))]
    # In the encrypted file, and in what a custodian sees who opens it and the database with the key beside it.
    plain = tmp_path / "plain"
    restored = restore_backup(file=file, identities=[custodian], home=plain)
    rows = list(rows_of(str(plain / "fener.db"), restored.seen.keys["database.key"].decode()))
    assert "trust_sealeditem" in {table for table, _row in rows}
    written += [*files_below(plain), *rows, ("tar", pyrage.decrypt(file.read_bytes(), [custodian]))]
    assert found_in(written, traces_of(PLANTED)) == []
    assert found_in(rows, traces_of([told.code])) != []  # codes stand there in clear: the proof sees what is there


@pytest.mark.django_db(transaction=True)
def test_a_backup_leaves_its_mark_in_the_nodes_chain_and_for_the_check(
    mechanism: Mechanism, custodian: pyrage.x25519.Identity, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "no pictures"
    made = make_backup(actor=SYSTEM, file=tmp_path / "a.age", recipients=[custodian.to_public()])
    entry = AuditEntry.objects.get(act="node.backup")
    assert entry.detail == {"bytes": made.size, "sha256": made.digest, "recipients": 1, "media": 0}
    assert archive.file_digest(made.file) == made.digest
    assert (run := last_run(BACKUP)) is not None
    assert run.at == made.at
    assert audit.verify_database() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at", [100, 70_000, -1])
def test_what_the_disk_does_not_give_back_as_it_was_is_thrown_away(
    at: int, mechanism: Mechanism, custodian: pyrage.x25519.Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bit that flips between writing and reading: no file, no entry."""
    real = look_through

    def harmed(file: Path, identities: Any) -> Any:
        raw = bytearray(file.read_bytes())
        raw[at] ^= 1
        file.write_bytes(raw)
        return real(file, identities)

    monkeypatch.setattr("fener.trust.backup.making.look_through", harmed)
    with pytest.raises(BackupError, match="does not hold"):
        make_backup(actor=SYSTEM, file=tmp_path / "a.age", recipients=[custodian.to_public()])
    assert list(tmp_path.iterdir()) == []
    assert not AuditEntry.objects.filter(act="node.backup").exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_cannot_be_written_leaves_no_file(
    mechanism: Mechanism, custodian: pyrage.x25519.Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_given: Any) -> None:
        raise RuntimeError("no entry")

    monkeypatch.setattr("fener.trust.backup.making.audit.record", fails)
    with pytest.raises(RuntimeError, match="no entry"):
        make_backup(actor=SYSTEM, file=tmp_path / "a.age", recipients=[custodian.to_public()])
    assert list(tmp_path.iterdir()) == []


def _subjects(home: Path) -> set[UUID]:
    with opened(str(home / "fener.db"), (home / "database.key").read_text()) as database:
        return {UUID(str(one)) for (one,) in database.execute("SELECT subject_id FROM trust_sealeditem")}


@pytest.mark.skipif("FENER_DATABASE_URL" in os.environ, reason="the embedded engine")
def test_writes_during_a_backup_harm_neither_and_all_that_was_acknowledged_before_is_in_it(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "fener.age"
    home.mkdir(mode=0o700)
    for name in ("database", "secret"):
        secret(f"_{name}", home / f"{name}.key")
    made = subprocess.run(
        [sys.executable, "-c", SET_UP],
        env=environment(home), capture_output=True, text=True, check=True,
    )  # fmt: skip
    custodian = pyrage.x25519.Identity.generate()
    acknowledged: list[UUID] = []
    with writers(home, made.stdout.strip()) as ready:
        assert ready.stdin
        assert ready.stdout
        ready.stdin.write(b"\n")
        pid = int(ready.stdout.readline())

        def listen() -> None:
            for line in ready.stdout:  # type: ignore[union-attr]
                if line.strip() == b"gone":
                    return
                acknowledged.append(UUID(line.decode().strip()))

        listening = threading.Thread(target=listen)
        listening.start()
        while len(acknowledged) < 200:
            listening.join(0.05)
        before = set(acknowledged)
        told = subprocess.run(
            [sys.executable, "-m", "fener.cli", "backup", str(file), "--recipient", str(custodian.to_public())],
            env=environment(home), capture_output=True, text=True,
        )  # fmt: skip
        meanwhile = len(acknowledged) - len(before)
        os.kill(pid, 9)
        listening.join(30)
    assert told.returncode == 0, told.stderr
    assert meanwhile > 0, "nobody wrote while it was made"
    restored = restore_backup(file=file, identities=[custodian], home=tmp_path / "restored")
    there = _subjects(restored.home)
    assert before - there == set()
    assert set(acknowledged) - _subjects(home) == set()  # and the node lost nothing by being saved
    verified = subprocess.run(
        [sys.executable, "-m", "fener.cli", "audit", "verify"],
        env=environment(restored.home), capture_output=True, text=True,
    )  # fmt: skip
    assert verified.returncode == 0, verified.stdout
