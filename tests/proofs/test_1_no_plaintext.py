"""Proof 1: what was told in confidence is in no byte that this program writes, nor behind the database's own key."""

from __future__ import annotations

import base64
import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

from fener.casework.models import Case
from fener.trust import search, vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.models import SealedItem, User
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory, consent_to
from tests.factories.network import PASSWORD, Mechanism
from tests.proofs.traces import encodings, files_below, found_in, log_of, rows_of, traces_of

pytestmark = [pytest.mark.proof, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.trust.urls")]

IDENTITY = {"first_name": "Ђурђица", "second_name": "Милорадовић-Кесић", "other_names": "Shpresa Hoxhaj; Зорица"}
CONTACT = {"mobile_phone": "+381647739152", "safe_contact": "Преко сестре Крунославке, никад поруком"}
NARRATIVE = {"account": "Одвели су ме у Трновац; gazda Radivoje nam je uzeo pasoše i zaključao podrum."}
HEALTH = {"note": "hronični bronhitis, prelom ključne kosti; терапија еналаприлом"}
LOCATION = {"address": "Улица кнегиње Зорке 84/XII, Kragujevac-Aerodrom"}
LEGAL = {"file": "Ktn 4471/2025 tužilaštvo Jagodina"}
LATER = {"address": "Bulevar vojvode Putnika 317, Požarevac"}


def planted() -> list[str]:
    contents = (IDENTITY, CONTACT, NARRATIVE, HEALTH, LOCATION, LEGAL, LATER)
    return [text for content in contents for text in content.values()]


@pytest.fixture
def temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Temporary files of the program go where the proof looks, and stay."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("SQLITE_TMPDIR", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def told(mechanism: Mechanism, case_manager: Actor, temporary_files: Path, caplog: pytest.LogCaptureFixture) -> Case:
    """A person's file, made, read, rewritten, shared, searched and looked at in a browser, with all logging on."""
    caplog.set_level(logging.DEBUG)
    connection.force_debug_cursor = False
    case: Case = CaseFactory(
        actor=case_manager,
        compartments={
            Compartment.IDENTITY: IDENTITY,
            Compartment.CONTACT: CONTACT,
            Compartment.NARRATIVE: NARRATIVE,
        },
    )
    for compartment, content in (
        (Compartment.HEALTH, HEALTH),
        (Compartment.LEGAL, LEGAL),
        (Compartment.LOCATION, LOCATION),
    ):
        vault.seal(
            actor=case_manager,
            subject_id=case.pk,
            compartment=compartment,
            content=content,
            for_keepers=[mechanism.ngo.id],  # type: ignore[list-item]
        )
    items = list(SealedItem.objects.filter(subject_id=case.pk))
    opened = vault.open_items(actor=case_manager, items=items, purpose="keep")
    assert len(opened) == 6
    place = next(item for item in items if item.compartment == Compartment.LOCATION)
    vault.rewrite(actor=case_manager, item=place, content=LATER)
    identity = next(item for item in items if item.compartment == Compartment.IDENTITY)
    consent = consent_to(case_manager, case, mechanism.shelter, Compartment.IDENTITY)
    vault.grant(actor=case_manager, item=identity, keeper_id=mechanism.shelter.id, consent=consent)  # type: ignore[arg-type]
    receiver = mechanism.shelter.actor(Role.SHELTER_WORKER)
    assert vault.open_item(actor=receiver, item=identity, purpose="share_service")["first_name"] == "Ђурђица"
    assert search.find(actor=case_manager, text="Djurdjica Miloradovic") == [case.pk]
    _sit_down_at_the_browser(case_manager)
    return case


def _sit_down_at_the_browser(actor: Actor) -> None:
    cache.clear()
    client = Client()
    client.post("/account/login/", {"login": actor.username, "password": PASSWORD})
    assert client.get("/").json()["unlocked"] is True
    client.post("/work/", {"account": NARRATIVE["account"], "phone": CONTACT["mobile_phone"]})


embedded = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the embedded engine's file; PostgreSQL's are read in test_1_on_postgres"
)


def _backup(folder: Path) -> Path:
    """A copy as an operator takes it: of the database with its log, and one more through the database itself."""
    source = Path(connection.settings_dict["NAME"])
    for path in source.parent.glob(source.name + "*"):
        shutil.copy2(path, folder / f"copied-{path.name}")
    whole = folder / "whole.db"
    with connection.cursor() as cursor:
        cursor.execute(f"ATTACH DATABASE %s AS backup KEY \"x'{connection.settings_dict['KEY']}'\"", [str(whole)])
        cursor.execute("SELECT sqlcipher_export('backup')")
        cursor.execute("DETACH DATABASE backup")
    return whole


@embedded
def test_nothing_told_is_in_any_byte_that_was_written(
    told: Case, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _backup(tmp_path)
    database = Path(connection.settings_dict["NAME"])
    written = dict(files_below(Path(settings.FENER_HOME), tmp_path))
    assert {f"{database}", f"{database}-wal"} <= set(written)
    assert len(written[f"{database}-wal"]) > 0
    written["the log"] = log_of(caplog)
    assert found_in(written.items(), traces_of(planted())) == []


@embedded
def test_whoever_has_the_databases_key_reads_no_more(told: Case, tmp_path: Path) -> None:
    whole = _backup(tmp_path)
    rows = list(rows_of(str(whole), connection.settings_dict["KEY"]))
    tables = {table for table, _row in rows}
    assert {"trust_sealeditem", "trust_blindtoken", "trust_auditentry", "django_session", "casework_case"} <= tables
    assert found_in(rows, traces_of(planted())) == []


@embedded
def test_the_proof_would_find_what_is_written_in_clear(told: Case, tmp_path: Path) -> None:
    """The scanner sees a staff member's name and the case's code behind the database's key: those stand in clear."""
    rows = list(rows_of(str(_backup(tmp_path)), connection.settings_dict["KEY"]))
    name = User.objects.order_by("created_at").values_list("full_name", flat=True).first()
    for text in (name, told.code):
        assert text
        assert found_in(rows, traces_of([text])) != []


@pytest.mark.parametrize("text", planted())
@pytest.mark.parametrize(
    "leak",
    [
        lambda text: f"... {text} ...".encode(),
        lambda text: text.upper().encode("utf-16-le"),
        lambda text: text.encode().hex().encode(),
        lambda text: base64.b64encode(b"ab" + text.encode() + b"cd"),
        lambda text: max(text.split(), key=len).lower().encode("utf-16-be"),
    ],
)
def test_the_proof_would_find_a_leak_in_each_encoding(text: str, leak: Callable[[str], bytes]) -> None:
    assert found_in([("leak", leak(text))], traces_of([text])) != []


@pytest.fixture
def logged_while_setting_up(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("fener").warning("case of %s", IDENTITY["second_name"])


def test_a_log_line_with_a_name_would_be_found(logged_while_setting_up: None, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("fener").warning("number %s", CONTACT["mobile_phone"])
    for text in (IDENTITY["second_name"], CONTACT["mobile_phone"]):
        assert found_in([("log", log_of(caplog))], traces_of([text])) != []


def test_the_encodings_differ() -> None:
    assert len(encodings("Милорадовић")) >= 10
