"""Proof 1 by the way that people go: through the pages of the node, also where a form fails, a session ends, a search
finds nothing. What was typed is then in no byte of database, log or home, nor behind the database's own key.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from fener.casework.models import Case
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.models import SealedItem
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.casework.browsing import page, sent
from tests.casework.paths import need_of
from tests.contact.visits import fill, to
from tests.factories.assessing import FOUND, assess
from tests.factories.casework import CaseFactory, consent_to
from tests.factories.contact import ready
from tests.factories.network import Mechanism
from tests.proofs.traces import files_below, found_in, log_of, rows_of, traces_of

pytestmark = [pytest.mark.proof, pytest.mark.django_db(transaction=True)]

IDENTITY = {"first_name": "Крунослава", "second_name": "Ђурђевић-Рађеновић", "other_names": "Zymrytja Hoxhajova"}
SEARCHED = "Radojko Vukmirovićanin"
NUMBER = "+381647739152"
TYPED_BADLY = "Jasmina Hadžiselimovska"
STORY = "Rekla je da ju je Ljubodrag zaključao u podrumu kod Grdeličke klisure."
NEED = "Hoće kod tetke Perunike, ali da niko ne javlja Miodragu."
REASONS = "Pasoše je uzeo gazda Spasenije iz Vrćenovca."
NOWHERE = "slučaj Desanke Todosijević"
PLANTED = [*IDENTITY.values(), SEARCHED, NUMBER, TYPED_BADLY, STORY, NEED, REASONS, NOWHERE]


@pytest.fixture
def walked(
    mechanism: Mechanism,
    case_manager: Actor,
    signed_in: Callable[..., Client],
    caplog: pytest.LogCaptureFixture,
) -> Case:
    """A working day at the browser, with all logging on."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(
        logging.INFO
    )  # statements are logged by a developer's choice alone
    case: Case = CaseFactory(actor=case_manager, empty=True)
    client = signed_in(case_manager)
    edit = reverse("casework:compartment_edit", args=[case.code, "identity"])
    sent(client, edit, version="0", **IDENTITY)
    assert SealedItem.objects.filter(subject_id=case.pk, compartment=Compartment.IDENTITY).exists()
    # A form that comes back, a page whose mark is stale, a second tab that saved before.
    assert client.post(edit, {"version": "1", "first_name": TYPED_BADLY, "birth_date": "31.2.1990"}).status_code == 422
    assert client.post(edit, {"version": "0", "first_name": TYPED_BADLY, "once": "no"}).status_code == 422
    opened = client.post(reverse("casework:compartment_open", args=[case.code, "identity"]), {"purpose": Purpose.KEEP})
    assert IDENTITY["first_name"] in opened.content.decode()
    sent(client, reverse("casework:compartment_edit", args=[case.code, "narrative"]), version="0", account=STORY)
    client.post(reverse("web:search"), {"text": SEARCHED})
    assert case.code in client.post(reverse("web:search"), {"text": "Krunoslava"}).content.decode()
    client.post(reverse("casework:need_new", args=[case.code]), {"words": NEED})
    need_of(case_manager, case, words=NEED)
    assess(case_manager, case, reasons=REASONS, elements=FOUND)
    consent_to(case_manager, case, mechanism.shelter, Compartment.IDENTITY)
    page(client, reverse("casework:case", args=[case.code]))
    client.get("/nowhere/", {"q": NOWHERE})
    _first_contact(mechanism, signed_in)
    _after_the_end(client, edit)
    return case


def _first_contact(mechanism: Mechanism, signed_in: Callable[..., Client]) -> None:
    """A number that an inspector takes down for an organisation that helps."""
    inspector = mechanism.inspection.actor(Role.FRONTLINE_OFFICER)
    screening = ready(inspector)
    desk = mechanism.ngo.desk("intake")
    answer = fill(
        signed_in(inspector),
        to("screening_offer", screening),
        {"desk": desk.pk, "number": NUMBER, "how": "call", "agrees": "on"},
    )
    assert answer.status_code == 302, answer.content.decode()


def _after_the_end(client: Client, edit: str) -> None:
    """Somebody goes on writing after the session has ended."""
    client.post(reverse("account_logout"))
    answer = client.post(edit, {"first_name": TYPED_BADLY})
    assert answer.status_code == 403
    assert TYPED_BADLY in answer.content.decode(), "given back to whoever typed it"


def test_what_is_typed_at_the_pages_is_in_no_byte_that_is_kept(
    walked: Case, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with connection.cursor() as cursor:
        key = connection.settings_dict["KEY"]
        cursor.execute(f"ATTACH DATABASE %s AS backup KEY \"x'{key}'\"", [str(tmp_path / "whole.db")])
        cursor.execute("SELECT sqlcipher_export('backup')")
        cursor.execute("DETACH DATABASE backup")
    rows = list(rows_of(str(tmp_path / "whole.db"), key))
    kept = [*rows, *files_below(Path(settings.FENER_HOME)), ("the log", log_of(caplog))]
    tables = {name for name, _row in rows}
    assert {"trust_sealeditem", "contact_intake", "casework_need", "trust_auditentry", "trust_submittedform"} <= tables
    assert found_in(kept, traces_of(PLANTED)) == []


def test_the_proof_would_see_a_code_that_stands_in_clear(walked: Case, tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM casework_case")
        rows = [("casework_case", str(row).encode()) for row in cursor.fetchall()]
    assert found_in(rows, traces_of([walked.code])) != []
