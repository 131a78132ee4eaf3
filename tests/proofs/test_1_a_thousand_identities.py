"""Proof 1 with many people: of each nothing is in any byte written, on either engine, in any spelling or encoding.

They come in through the services, every tenth through the pages and every tenth through the API; some are searched
for, opened, changed, shared, and have a file beside their case. Fifty go with the suite; ``FENER_PROOF=long``
(``make prove``) plants a thousand.
"""

from __future__ import annotations

import io
import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyrage
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image

from fener.casework.models import Case
from fener.casework.services import compartments
from fener.casework.services.attachments import add_attachment
from fener.trust import search, vault
from fener.trust.actor import SYSTEM, Actor
from fener.trust.backup.making import make_backup
from fener.trust.backup.restoring import restore_backup
from fener.trust.compartments import Compartment
from fener.trust.files.looking import look_into
from fener.trust.models import SealedItem, User
from tests.casework.browsing import sent
from tests.casework.paths import need_of
from tests.factories.casework import CaseFactory, consent_to
from tests.factories.network import Mechanism
from tests.proofs.figures import LONG, counted
from tests.proofs.identities import Identity, identities, traces_in
from tests.proofs.test_1_on_postgres import dumped, server_folder
from tests.proofs.traces import files_below, found_in, log_of, rows_of

pytestmark = [pytest.mark.proof, pytest.mark.django_db(transaction=True)]
PEOPLE = identities(1000 if LONG else 50)
AT_ONCE = 200  # the traces of so many are held in memory together
Blobs = list[tuple[str, bytes]]


class Telling:
    """Each person's file by one of three ways."""

    def __init__(self, mechanism: Mechanism, actor: Actor, client: Client) -> None:
        self.mechanism, self.actor, self.client = mechanism, actor, client
        self.by_page = self.by_api = self.files = 0

    def tell(self, n: int, one: Identity) -> Case:
        case: Case = CaseFactory(actor=self.actor, empty=True)
        identity = {k: getattr(one, k) for k in ("first_name", "second_name", "other_names")}
        self._save(n, case, Compartment.IDENTITY, identity)
        self._save(n, case, Compartment.NARRATIVE, {"account": one.account})
        self._save(0, case, Compartment.CONTACT, {"mobile_phone": one.phone, "safe_contact": one.account})
        self._save(0, case, Compartment.HEALTH, {"conditions": one.health})
        self._save(0, case, Compartment.LEGAL, {"claims": one.legal})
        self._save(0, case, Compartment.LOCATION, {"stay_address": one.address})
        need_of(self.actor, case, words=one.account)
        if n % 5 == 0:
            self._use(n, case, one)
        return case

    def _save(self, n: int, case: Case, part: Compartment, content: dict[str, str]) -> None:
        if n % 10 == 1:
            self.by_page += 1
            sent(self.client, reverse("casework:compartment_edit", args=[case.code, part]), version="0", **content)
        elif n % 10 == 2:
            self.by_api += 1
            address, body = f"/api/v1/cases/{case.code}/sealed/{part}", {"version": 0, "content": content}
            answer = self.client.post(address, body, content_type="application/json")
            assert answer.status_code == 200, answer.content
        else:
            compartments.save_compartment(actor=self.actor, case=case, compartment=part, version=0, content=content)

    def _use(self, n: int, case: Case, one: Identity) -> None:
        """Found by name, opened, changed, shared, a file beside it; what is typed wrong comes back."""
        assert search.find(actor=self.actor, text=f"{one.first_name} {one.second_name}") == [case.pk]
        item = SealedItem.objects.get(subject_id=case.pk, compartment=Compartment.IDENTITY)
        assert vault.open_item(actor=self.actor, item=item, purpose="keep")["first_name"] == one.first_name
        place = SealedItem.objects.get(subject_id=case.pk, compartment=Compartment.LOCATION)
        vault.rewrite(actor=self.actor, item=place, content={"stay_address": f"{one.address} {one.legal}"})
        consent = consent_to(self.actor, case, self.mechanism.shelter, Compartment.IDENTITY)
        keeper = self.mechanism.shelter.id
        vault.grant(actor=self.actor, item=item, keeper_id=keeper, consent=consent)  # type: ignore[arg-type]
        looked = look_into(picture_of(one.file))
        add_attachment(
            actor=self.actor, case=case, compartment=Compartment.LEGAL, looked=looked, name=f"{one.file}.jpg"
        )
        self.files += 1
        if n % 50 == 0:
            self.client.post(reverse("web:search"), {"text": one.second_name})
            edit = reverse("casework:compartment_edit", args=[case.code, "identity"])
            wrong = {"version": "1", "first_name": one.first_name, "birth_date": "31.2.1990"}
            assert self.client.post(edit, wrong).status_code == 422


def picture_of(words: str) -> bytes:
    """A picture that says these words beside its points."""
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "JPEG", comment=words.encode())
    return out.getvalue()


@pytest.fixture
def told(
    mechanism: Mechanism,
    case_manager: Actor,
    signed_in: Callable[..., Client],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> Telling:
    """Everybody's file, with all logging on and temporary files where the proof looks."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path / "temporary"))
    caplog.set_level(logging.DEBUG)
    # Statements are logged by a developer's choice alone; they hold what was sealed, and nothing in clear but codes.
    for name in ("django.db.backends", "factory"):
        logging.getLogger(name).setLevel(logging.INFO)
    telling = Telling(mechanism, case_manager, signed_in(case_manager))
    for n, one in enumerate(PEOPLE):
        telling.tell(n, one)
    return telling


def everything(folder: Path, caplog: pytest.LogCaptureFixture) -> Blobs:
    """Every byte: home with database, write-ahead log and media, temporary files, rows, log, server, a backup."""
    custodian = pyrage.x25519.Identity.generate()
    file = folder / "fener.age"
    while_made: Blobs = []

    def watch(what: str, done: int, whole: int) -> None:
        if done == whole:
            while_made.extend((f"{what}: {name}", raw) for name, raw in files_below(folder))

    make_backup(actor=SYSTEM, file=file, recipients=[custodian.to_public()], progress=watch)
    blobs = [("backup, opened", pyrage.decrypt(file.read_bytes(), [custodian]))]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
        blobs += files_below(server_folder())
        rows = list(dumped())
    else:
        restored = restore_backup(file=file, identities=[custodian], home=folder / "restored")
        rows = list(rows_of(str(restored.home / "fener.db"), connection.settings_dict["KEY"]))
    blobs += _joined(rows)
    blobs += [*files_below(Path(settings.FENER_HOME), folder), *while_made, ("the log", log_of(caplog))]
    # The same bytes in a second place betray nothing more.
    return [(where, raw) for raw, where in {raw: where for where, raw in reversed(blobs)}.items()]


def _joined(rows: Blobs) -> Iterator[tuple[str, bytes]]:
    """The rows of each table as one text."""
    tables: dict[str, list[bytes]] = {}
    for table, row in rows:
        tables.setdefault(table, []).append(row)
    for table, found in tables.items():
        yield f"table {table}", b"\x1e".join(found)


def looked_for(blobs: Blobs) -> tuple[list[tuple[str, str, bytes]], int]:
    """What is found of anybody, and how many traces were looked for."""
    found, number = [], 0
    for start in range(0, len(PEOPLE), AT_ONCE):
        traces = traces_in(PEOPLE[start : start + AT_ONCE])
        number += len(traces)
        found += found_in(blobs, traces)
    return found, number


def test_nothing_of_a_thousand_people_is_in_any_byte_and_one_leak_would_be_seen_in_each_place(
    told: Telling, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blobs = everything(tmp_path, caplog)
    places = {where for where, _raw in blobs}
    for table in ("trust_sealeditem", "trust_blindtoken", "trust_auditentry", "casework_case", "trust_submittedform"):
        assert f"table {table}" in places
    found, traces = looked_for(blobs)
    assert found == []
    assert told.by_page == told.by_api == len(PEOPLE) // 10 * 2
    counted(
        "1 identities", planted=len(PEOPLE), words=sum(len(one.words()) for one in PEOPLE), traces=traces,
        places=len(blobs), bytes=sum(len(raw) for _where, raw in blobs), found=0,
        by_page=told.by_page, by_api=told.by_api, files=told.files,
    )  # fmt: skip
    _one_leak_is_seen_in_each_place(tmp_path, caplog)


def _one_leak_is_seen_in_each_place(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """One person in clear: in a row (and so in the server's files and in the dump), a log, a file."""
    one = PEOPLE[len(PEOPLE) // 2]
    User.objects.filter(pk=User.objects.order_by("created_at").values("pk")[:1]).update(full_name=one.second_name)
    logging.getLogger("fener").warning("number %s", one.phone)
    (folder / "temporary" / "left").write_text(one.health, encoding="utf-16-le")
    media = Path(settings.FENER_HOME) / "media"
    media.mkdir(exist_ok=True)
    leaked = media / "picture.jpg"
    leaked.write_bytes(picture_of(one.file))
    (folder / "fener.age").unlink()
    (folder / "again").mkdir()
    blobs = [*everything(folder / "again", caplog), *files_below(folder / "temporary")]
    leaked.unlink()
    met = {(where.rpartition("/")[2], word) for where, word, _raw in found_in(blobs, traces_in([one]))}
    assert ("table trust_user", one.second_name) in met
    assert ("the log", one.phone) in met
    assert ("left", one.health) in met
    assert ("picture.jpg", one.file) in met
    assert ("backup, opened", one.file) in met
    if connection.vendor == "postgresql":
        data = os.fspath(server_folder())
        assert [where for where, word, _raw in found_in(blobs, traces_in([one])) if where.startswith(data)]
