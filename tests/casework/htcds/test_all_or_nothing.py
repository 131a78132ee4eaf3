"""An import is one act: whatever stops it in the middle leaves no case, no sealed item, no token of a name."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from fener.casework.htcds import importer
from fener.casework.models import Case
from fener.trust import audit, search
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Locked, NotGranted, Refused
from fener.trust.models import AuditEntry, BlindToken, SealedItem
from fener.trust.roles import Role
from tests.casework.htcds.books import PERSON, TERMS, book, everything_written, examined, exported, imported, messages
from tests.factories.network import Mechanism
from tests.proofs.traces import files_below, found_in, rows_of, traces_of

ROWS = [{**PERSON, "prs_FirstName": f"Ana{n}", "cas_ReferringOrganisation": "Lighthouse"} for n in range(5)]


class Stopped(BaseException):
    """As a keyboard interrupt comes: no error that something could catch."""


@pytest.mark.parametrize("stop", [Stopped, KeyboardInterrupt, ValueError])
@pytest.mark.parametrize("after", [1, 4, 5])
def test_what_stops_in_the_middle_leaves_nothing(
    case_manager: Actor, tmp_path: Path, stop: type[BaseException], after: int
) -> None:
    before = everything_written()

    def progress(done: int, of: int) -> None:
        assert of == 5
        if done == after:
            assert Case.objects.unscoped(reason="test").count() == after
            raise stop

    with pytest.raises(stop):
        importer.run(examined(book(tmp_path / "a.xlsx", *ROWS)), actor=case_manager, terms=TERMS, progress=progress)
    assert everything_written() == before


def test_what_only_the_services_refuse_leaves_nothing_and_is_named_by_row(
    case_manager: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything_written()
    open_case = importer.cases.open_case

    def refusing(**told: Any) -> Case:
        if told["compartments"]["identity"]["first_name"] == "Ana3":
            raise InvalidInput({"gender": "Not today."})
        return open_case(**told)

    monkeypatch.setattr(importer.cases, "open_case", refusing)
    report = examined(book(tmp_path / "a.xlsx", *ROWS))
    with pytest.raises(importer.NotImported):
        importer.run(report, actor=case_manager, terms=TERMS)
    assert messages(report) == [(6, "prs_Gender", "Not today.")]
    assert everything_written() == before


def test_one_wrong_row_keeps_all_out(case_manager: Actor, tmp_path: Path) -> None:
    before = everything_written()
    report = examined(book(tmp_path / "a.xlsx", *ROWS, {**PERSON, "prs_Gender": "Blue"}))
    with pytest.raises(importer.NotImported):
        importer.run(report, actor=case_manager, terms=TERMS)
    assert everything_written() == before


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CASE_MANAGER])
def test_nobody_but_a_case_manager_imports_or_exports(mechanism: Mechanism, tmp_path: Path, role: Role) -> None:
    actor = mechanism.ngo.actor(role)
    with pytest.raises(Refused):
        importer.run(examined(book(tmp_path / "a.xlsx", *ROWS)), actor=actor, terms=TERMS)
    with pytest.raises(Refused):
        exported(tmp_path / "out.xlsx", actor)
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_locked_session_imports_and_exports_nothing(case_manager: Actor, tmp_path: Path) -> None:
    imported(book(tmp_path / "a.xlsx", *ROWS), case_manager)
    before = everything_written()
    locked = replace(case_manager, keyring=None)
    with pytest.raises((Locked, NotGranted)):
        imported(book(tmp_path / "b.xlsx", *ROWS), locked)
    with pytest.raises((Locked, NotGranted)):
        exported(tmp_path / "out.xlsx", locked)
    assert everything_written() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx"]


def test_each_case_and_the_file_are_in_the_audit_and_no_name_is(case_manager: Actor, tmp_path: Path) -> None:
    cases = imported(book(tmp_path / "a.xlsx", *ROWS), case_manager)
    exported(tmp_path / "b.xlsx", case_manager)
    acts = list(AuditEntry.objects.values_list("act", "detail"))
    assert ("case.import", {"cases": 5, "standard": "HTCDS 2.0"}) in acts
    assert ("case.export", {"cases": 5, "standard": "HTCDS 2.0"}) in acts
    assert [act for act, _detail in acts].count("item.open") == 5
    assert "Ana" not in str(acts)
    assert not audit.verify_database()
    assert search.find(actor=case_manager, text="Ana3 Petrović")[0] == cases[3].pk


PLANTED = {
    "prs_FirstName": "Ђурђица",
    "prs_SecondName": "Милорадовић-Кесић",
    "prs_MobilePhone": "+381647739152",
    "prs_MailingStreet": "Улица кнегиње Зорке 84/XII",
    "vic_LocationOfExploitation": "Trnovac kod Kragujevca, podrum kafane Radivoje",
    "cas_ReferringOrganisation": "Udruženje Krunoslavka",
    "con_Consent": True,
}


@pytest.mark.proof
@pytest.mark.django_db(transaction=True)
def test_what_was_imported_is_in_no_raw_byte_of_the_database_nor_of_temporary_files(
    mechanism: Mechanism, case_manager: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    imported(book(tmp_path / "a.xlsx", PLANTED), case_manager)
    with monkeypatch.context() as nowhere:
        # What is written there and deleted again would be on the disk: while names are in hand, nothing is.
        nowhere.setattr(tempfile, "tempdir", str(tmp_path / "no folder"))
        exported(tmp_path / "b.xlsx", case_manager)
    traces = traces_of(str(value) for value in PLANTED.values() if isinstance(value, str))
    database = Path(connection.settings_dict["NAME"])
    files = [(str(path), path.read_bytes()) for path in database.parent.glob(database.name + "*")]
    assert files
    assert not found_in(files, traces)
    assert not found_in(files_below(temporary), traces)
    assert not found_in(rows_of(str(database), connection.settings_dict["KEY"]), traces)
    # The search would find them: it finds them in the workbook, unpacked.
    assert found_in([("xlsx", b"".join(_parts(tmp_path / "b.xlsx")))], traces)


def _parts(path: Path) -> list[bytes]:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]


KILLED = """
import os, signal, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "fener.settings.test"
django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from pathlib import Path
from datetime import date, timedelta
from fener.casework.htcds import drafts, importer
from fener.trust.roles import Role
from tests.factories.network import BodyFactory
actor = BodyFactory(ngo=True).actor(Role.CASE_MANAGER)
today = date.today()
terms = drafts.Terms(keep_until=today + timedelta(days=30), language="sr")
report = drafts.examine(Path(sys.argv[1]), terms=terms, today=today)
def progress(done, of):
    if done == 3:
        os.kill(os.getpid(), signal.SIGKILL)
importer.run(report, actor=actor, terms=terms, progress=progress)
"""
COUNT = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "fener.settings.test"
django.setup()
from fener.casework.models import Case
from fener.trust.models import BlindToken, SealedItem
print(Case.objects.unscoped(reason="test").count(), SealedItem.objects.count(), BlindToken.objects.count())
"""


def test_kill_9_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", *ROWS)
    environment = {**os.environ, "FENER_HOME": str(tmp_path / "home"), "PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], env=environment, capture_output=True, text=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    left = subprocess.run([sys.executable, "-c", COUNT], env=environment, capture_output=True, text=True)
    assert left.stdout.split() == ["0", "0", "0"], left.stderr


def test_the_tables_that_are_counted_are_those_that_an_import_fills(case_manager: Actor, tmp_path: Path) -> None:
    before = everything_written()
    imported(book(tmp_path / "a.xlsx", *ROWS), case_manager)
    grown = {table for table, count in everything_written().items() if count > before[table]}
    assert {Case._meta.label, SealedItem._meta.label, BlindToken._meta.label, AuditEntry._meta.label} <= grown
