"""Files beside a case: sealed like their part, opened on purpose, shared and taken back with it, gone when removed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as live
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from fener.casework.models import Attachment, Case
from fener.casework.selectors import attachments as selectors
from fener.casework.services import attachments, consents, referral_answers
from fener.casework.services.erasure import KIND
from fener.trust.actor import SYSTEM, Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput, Locked, NotGranted, Refused
from fener.trust.files import store
from fener.trust.files.looking import look_into
from fener.trust.models import AuditEntry, ItemGrant, SealedFile, SealedItem
from fener.trust.privacy.erasing import erase
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.casework.browsing import page, read, token
from tests.casework.paths import accepted, need_of, offered
from tests.factories.casework import CaseFactory
from tests.factories.files import PLACE, archive, document, picture
from tests.factories.network import Mechanism

NAME = "пасош Đorđe Ilić.jpg"
KEEP = Purpose.KEEP


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def case(case_manager: Actor) -> Case:
    made: Case = CaseFactory(actor=case_manager)
    return made


def add(actor: Actor, case: Case, part: Compartment = Compartment.LEGAL, content: bytes = b"") -> Attachment:
    return attachments.add_attachment(
        actor=actor, case=case, compartment=part, looked=look_into(content or picture()), name=NAME, note="His passport"
    )


def test_a_file_comes_back_as_it_was_and_its_clean_copy_tells_no_place(case_manager: Actor, case: Case) -> None:
    content = picture()
    row = add(case_manager, case, content=content)
    told, clean = attachments.clean_copy(actor=case_manager, attachment=row, purpose=KEEP)
    assert (told.name, told.note) == (NAME, "His passport")
    assert PLACE not in clean
    again, original = attachments.original_of(actor=case_manager, attachment=row, purpose=KEEP, reason="court")
    assert original == content
    assert again.original_size == len(content)


def test_neither_name_nor_content_lies_anywhere_in_the_clear(case_manager: Actor, case: Case, media: Path) -> None:
    row = add(case_manager, case)
    stored = [path.read_bytes() for path in media.rglob("*") if path.is_file()]
    assert len(stored) == 2
    stored.append(bytes(SealedItem.objects.get(pk=row.item_id).ciphertext))
    for raw in stored:
        for word in (PLACE, NAME.encode(), b"\xff\xd8\xff", b"His passport"):
            assert word not in raw
    told = "".join(str(entry.detail) for entry in AuditEntry.objects.filter(subject_type="attachment"))
    assert "Ilić" not in told


def test_each_opening_is_kept_and_the_original_with_its_reason(case_manager: Actor, case: Case) -> None:
    row = add(case_manager, case)
    attachments.open_attachment(actor=case_manager, attachment=row, purpose=KEEP)
    attachments.clean_copy(actor=case_manager, attachment=row, purpose=KEEP)
    attachments.original_of(actor=case_manager, attachment=row, purpose=KEEP, reason="expert")
    acts = AuditEntry.objects.filter(chain__chain_id=case.pk)
    assert acts.filter(act="item.open").count() == 3
    assert acts.get(act="attachment_original.open").detail["reason"] == "expert"
    with pytest.raises(InvalidInput):
        attachments.original_of(actor=case_manager, attachment=row, purpose=KEEP, reason="curiosity")


def test_whoever_does_not_open_the_part_does_not_open_the_file(mechanism: Mechanism, case: Case) -> None:
    manager = mechanism.ngo.actor(Role.CASE_MANAGER)
    row = add(manager, case, Compartment.LEGAL)
    for role in (Role.SHELTER_WORKER, Role.ORGANISATION_ADMIN, Role.AUDITOR, Role.HELPLINE_OPERATOR):
        with pytest.raises(Refused):
            attachments.open_attachment(actor=mechanism.ngo.actor(role), attachment=row, purpose=KEEP)
    with pytest.raises(Refused):
        attachments.open_attachment(actor=mechanism.decider.actor(Role.CASE_MANAGER), attachment=row, purpose=KEEP)
    shelter_worker = mechanism.ngo.actor(Role.SHELTER_WORKER)
    assert selectors.attachments(shelter_worker, case) == []
    add(manager, case, Compartment.CONTACT)
    assert [one.compartment for one in selectors.attachments(shelter_worker, case)] == [Compartment.CONTACT]


def test_health_is_added_by_whoever_keeps_the_file_and_opened_by_its_own_role(
    mechanism: Mechanism, case_manager: Actor, case: Case
) -> None:
    row = add(case_manager, case, Compartment.HEALTH)
    with pytest.raises(Refused):
        attachments.open_attachment(actor=case_manager, attachment=row, purpose=KEEP)
    assert selectors.attachments(case_manager, case) == []


def test_a_referral_gives_the_files_of_the_parts_that_it_names_and_withdrawal_takes_them(
    mechanism: Mechanism, case_manager: Actor, case: Case
) -> None:
    told, untold = add(case_manager, case, Compartment.CONTACT), add(case_manager, case, Compartment.LEGAL)
    need_of(case_manager, case)
    referral = offered(case_manager, mechanism.shelter, case, compartments=(Compartment.CONTACT,))
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    with pytest.raises(Refused):
        attachments.open_attachment(actor=worker, attachment=told, purpose=Purpose.SHARE_SERVICE)
    referral = referral_answers.accept_referral(actor=worker, referral=referral)
    _opened, content = attachments.clean_copy(actor=worker, attachment=told, purpose=Purpose.SHARE_SERVICE)
    assert content
    assert [one.attachment for one in selectors.attachments(worker, case)] == [told]
    with pytest.raises((Refused, NotGranted)):
        attachments.open_attachment(actor=worker, attachment=untold, purpose=Purpose.SHARE_SERVICE)
    later = add(case_manager, case, Compartment.CONTACT)  # sealed later: the living referral names its part
    attachments.open_attachment(actor=worker, attachment=later, purpose=Purpose.SHARE_SERVICE)
    consents.withdraw(actor=case_manager, consent=referral.consent)
    for row in (told, later):
        with pytest.raises((Refused, NotGranted)):
            attachments.open_attachment(actor=worker, attachment=row, purpose=Purpose.SHARE_SERVICE)
    assert not ItemGrant.objects.filter(item=told.item, keeper_id=worker.keeper_id).exists()
    attachments.open_attachment(actor=case_manager, attachment=told, purpose=KEEP)


def test_removing_a_file_leaves_nothing_that_opens(
    case_manager: Actor, case: Case, django_capture_on_commit_callbacks: Any, media: Path
) -> None:
    row = add(case_manager, case)
    paths = [store.path_of(file.pk) for file in SealedFile.objects.all()]
    assert all(path.exists() for path in paths)
    with django_capture_on_commit_callbacks(execute=True):
        attachments.remove_attachment(actor=case_manager, attachment=row)
    assert not any(path.exists() for path in paths)
    assert not Attachment.objects.exists()
    assert not SealedItem.objects.filter(slot__startswith="file:").exists()
    assert AuditEntry.objects.filter(act="attachment.remove", chain__chain_id=case.pk).exists()


def test_erasing_the_file_of_a_person_takes_its_pictures_along(
    case_manager: Actor, case: Case, django_capture_on_commit_callbacks: Any, media: Path
) -> None:
    add(case_manager, case)
    with django_capture_on_commit_callbacks(execute=True):
        erase(actor=SYSTEM, kind=KIND, subject_id=case.pk, at=timezone.now())
    assert not Attachment.objects.exists()
    assert not SealedFile.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_what_fails_leaves_no_ciphertext(
    case_manager: Actor, case: Case, monkeypatch: pytest.MonkeyPatch, media: Path
) -> None:
    def fails(**_more: object) -> None:
        raise NotGranted

    monkeypatch.setattr("fener.trust.files.sealed.vault.seal", fails)
    with pytest.raises(NotGranted):
        add(case_manager, case)
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_a_locked_session_adds_and_does_not_open(mechanism: Mechanism, case: Case) -> None:
    locked = mechanism.ngo.actor(Role.CASE_MANAGER, locked=True)
    row = add(locked, case)
    with pytest.raises(Locked):
        attachments.open_attachment(actor=locked, attachment=row, purpose=KEEP)


# -- pages -------------------------------------------------------------------------------------------------------------

Browser = Callable[..., Client]


def upload(browser: Client, case: Case, content: bytes, name: str = "x.jpg", **data: Any) -> Any:
    address = f"/cases/{case.code}/files/new/"
    once = token(page(browser, address))
    file = SimpleUploadedFile(name, content, content_type="text/html")  # what a browser says of it counts for nothing
    return browser.post(address, {"once": once, "file": file, "compartment": "legal", "note": "", **data})


def test_a_file_goes_in_by_one_page_and_its_clean_copy_out_by_another(
    signed_in: Browser, case_manager: Actor, case: Case
) -> None:
    browser = signed_in(case_manager)
    answer = upload(browser, case, picture(turned=True), NAME, note="His passport")
    assert answer.status_code == 302
    listing = read(browser, f"/cases/{case.code}/files/")
    assert "Picture: legal papers" in listing
    assert "Ilić" not in listing
    row = Attachment.objects.get()
    opened = browser.post(f"/cases/{case.code}/files/{row.pk}/", {"purpose": "keep"}).content.decode()
    assert NAME in opened
    clean = browser.post(f"/cases/{case.code}/files/{row.pk}/clean/", {"purpose": "keep"})
    assert clean.headers["Content-Disposition"] == 'attachment; filename="picture.jpg"'
    assert clean.headers["Content-Type"] == "image/jpeg"
    assert clean.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in clean.headers["Cache-Control"]
    assert "sandbox" in clean.headers["Content-Security-Policy"]
    assert "default-src 'none'" in clean.headers["Content-Security-Policy"]
    with Image.open(io.BytesIO(clean.content)) as seen:
        assert seen.size == (20, 40)


def test_the_original_asks_for_a_reason_first(signed_in: Browser, case_manager: Actor, case: Case) -> None:
    row, browser = add(case_manager, case, content=document(armed=True)), signed_in(case_manager)
    address = f"/cases/{case.code}/files/{row.pk}/original/"
    assert "What is the original needed for?" in read(browser, address)
    assert browser.post(address, {"purpose": "keep"}).status_code == 422
    assert not AuditEntry.objects.filter(act="attachment_original.open").exists()
    answer = browser.post(address, {"purpose": "keep", "reason": "court"})
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="document.pdf"'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b"<svg onload='alert(1)'/>", "are taken"),
        (archive(), "are taken"),
        (picture() + archive(), "Something else hangs on this file"),
        (document() + archive(), "Something else hangs on this file"),
        (b"\xff\xd8\xff" + b"x" * (1024 * 1024), "larger than 1 MB"),
    ],
)
def test_what_is_not_taken_is_said_beside_the_field(
    signed_in: Browser, case_manager: Actor, case: Case, settings: Any, content: bytes, says: str
) -> None:
    settings.FENER_FILE_MB = 1
    answer = upload(signed_in(case_manager), case, content, "harmless.jpg")
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_scanner_that_is_silent_is_said_and_nothing_is_taken(
    signed_in: Browser, case_manager: Actor, case: Case, settings: Any
) -> None:
    settings.FENER_CLAMAV = "127.0.0.1:1"
    answer = upload(signed_in(case_manager), case, picture())
    assert "does not answer" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_uploads_touch_no_folder_for_temporary_files(
    signed_in: Browser, case_manager: Actor, case: Case, settings: Any, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "nowhere")  # writing there would fail
    assert live.FILE_UPLOAD_HANDLERS == ["fener.trust.files.uploading.MemoryHandler"]
    rows = bytes(Image.effect_noise((1800, 1800), 90).convert("RGB").tobytes())
    large = io.BytesIO()
    Image.frombytes("RGB", (1800, 1800), rows).save(large, "PNG")
    assert len(large.getvalue()) > 2 * store.PIECE
    answer = upload(signed_in(case_manager), case, large.getvalue())
    assert answer.status_code == 302
    assert SealedFile.objects.get(part="original").stored > 2 * store.PIECE


def test_a_file_that_somebody_sends_to_another_page_is_passed_over(
    signed_in: Browser, case_manager: Actor, case: Case
) -> None:
    browser = signed_in(case_manager)
    address = f"/cases/{case.code}/close/"
    answer = browser.post(address, {"once": token(page(browser, address)), "file": SimpleUploadedFile("x", b"y" * 999)})
    assert answer.status_code in (302, 422)
    assert not Attachment.objects.exists()


def test_others_find_no_page(signed_in: Browser, mechanism: Mechanism, case_manager: Actor, case: Case) -> None:
    row = add(case_manager, case)
    stranger = signed_in(mechanism.decider.actor(Role.CASE_MANAGER))
    for part in ("", "new/", f"{row.pk}/original/", f"{row.pk}/remove/"):
        assert stranger.get(f"/cases/{case.code}/files/{part}").status_code == 404, part
    for part in (f"{row.pk}/", f"{row.pk}/clean/", f"{row.pk}/original/", f"{row.pk}/remove/"):
        answer = stranger.post(f"/cases/{case.code}/files/{part}", {"purpose": "keep", "reason": "court"})
        assert answer.status_code == 404, part
    assert not re.search("picture|document", stranger.get(f"/cases/{case.code}/files/").content.decode())


def test_after_the_withdrawal_the_next_download_is_refused(
    signed_in: Browser, mechanism: Mechanism, case_manager: Actor, case: Case
) -> None:
    row = add(case_manager, case, Compartment.CONTACT)
    need_of(case_manager, case)
    referral, worker = accepted(case_manager, mechanism.shelter, case, compartments=(Compartment.CONTACT,))
    browser, address = signed_in(worker), f"/cases/{case.code}/files/{row.pk}/clean/"
    purpose = {"purpose": Purpose.SHARE_SERVICE.value}
    assert browser.post(address, purpose).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        assert browser.post(address, purpose).status_code == 200
    consents.withdraw(actor=case_manager, consent=referral.consent)
    assert browser.post(address, purpose).status_code == 404
