"""Files beside a case: added sealed, opened like the part they belong to, removed with their keys."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Attachment, Case
from fener.casework.services.access import share_new_item
from fener.casework.services.compartments import settle_purpose
from fener.casework.services.protection import two_person
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput
from fener.trust.files import cleaning, sealed
from fener.trust.files.looking import Looked
from fener.trust.files.sealed import Opened
from fener.trust.models import SealedFile
from fener.trust.purposes import Purpose

KINDS = {cleaning.PICTURE: Attachment.Kind.PICTURE, cleaning.DOCUMENT: Attachment.Kind.DOCUMENT}


@transaction.atomic
def add_attachment(
    *,
    actor: Actor,
    case: Case,
    compartment: Compartment | str,
    looked: Looked,
    name: str = "",
    note: str = "",
    at: datetime | None = None,
) -> Attachment:
    """Seal a file beside a part of the case, for the case's own organisation and whoever is to know that part.

    ``looked`` comes from ``trust.files.looking.look_into``; ``name`` and ``note`` are sealed with it. Without an
    unlocked key it is sealed for the own organisation alone. Raises Refused.
    """
    at, part = at or timezone.now(), Compartment(compartment)
    access.require_on_case(actor, "attachment.add", case, compartment=part, at=at)
    item = sealed.seal_file(
        actor=actor,
        subject_id=case.pk,
        compartment=part,
        original=looked.original,
        clean=looked.clean,
        name=name,
        note=note,
        for_keepers=[case.organisation_id],
    )
    share_new_item(actor=actor, case=case, item=item, at=at)
    row = Attachment.objects.create(
        case=case,
        item=item,
        kind=KINDS[looked.clean.kind],
        scan=Attachment.Scan(looked.scan.value),
        added_at=at,
        added_by_id=access.user_id(actor),
    )
    _keep(actor, "attachment.add", row, {"compartment": part, "kind": row.kind, "scan": row.scan})
    return row


@transaction.atomic
def open_attachment(
    *, actor: Actor, attachment: Attachment, purpose: Purpose | str, at: datetime | None = None
) -> Opened:
    """What the file is called and what it is. The read is kept.

    Policy first (as for the part that it belongs to), then the vault. Raises Refused, NeedsConsent, InvalidInput,
    NeedsSecondPerson, NotGranted (looks absent), Locked.
    """
    return _open(actor, attachment, "attachment.open", purpose, at or timezone.now())


@transaction.atomic
def clean_copy(
    *, actor: Actor, attachment: Attachment, purpose: Purpose | str, at: datetime | None = None
) -> tuple[Opened, bytes]:
    """The clean copy, to be looked at. Raises what ``open_attachment`` raises."""
    opened = _open(actor, attachment, "attachment.open", purpose, at or timezone.now())
    _keep(actor, "attachment.open", attachment, {"part": SealedFile.Part.CLEAN})
    return opened, sealed.content_of(opened, SealedFile.Part.CLEAN)


@transaction.atomic
def original_of(
    *, actor: Actor, attachment: Attachment, purpose: Purpose | str, reason: str, at: datetime | None = None
) -> tuple[Opened, bytes]:
    """The file as it came: with the place where a picture was taken, and with whatever it may do to a computer.

    A deliberate act: ``reason`` is a code of ``REASONS`` and stands in the audit. Raises what ``open_attachment`` does.
    """
    if reason not in REASONS:
        raise InvalidInput({"reason": _("Say what the original is needed for.")})
    opened = _open(actor, attachment, "attachment_original.open", purpose, at or timezone.now())
    _keep(actor, "attachment_original.open", attachment, {"part": SealedFile.Part.ORIGINAL, "reason": reason})
    return opened, sealed.content_of(opened, SealedFile.Part.ORIGINAL)


REASONS = {
    "court": _("as evidence, for a court or a prosecutor"),
    "expert": _("for an expert who examines it"),
    "person": _("the person wants it back"),
    "unreadable": _("the clean copy does not show what matters"),
}


@transaction.atomic
def remove_attachment(*, actor: Actor, attachment: Attachment) -> None:
    """Take a file away: its keys, its ciphertexts, its row. That it was there stays in the audit. Raises Refused."""
    access.require_on_case(actor, "attachment.remove", attachment.case)
    _keep(actor, "attachment.remove", attachment, {"compartment": attachment.item.compartment, "kind": attachment.kind})
    attachment.item.delete()  # with grants, files and the row


def _open(actor: Actor, attachment: Attachment, act: str, purpose: Purpose | str, at: datetime) -> Opened:
    case, part = attachment.case, Compartment(attachment.item.compartment)
    relationship = access.require_on_case(actor, act, case, compartment=part, purpose=purpose, at=at)
    wanted = settle_purpose(actor=actor, case=case, part=part, purpose=purpose, relationship=relationship, at=at)
    two_person.require_second(actor=actor, case=case, compartment=part.value, at=at)
    return sealed.open_file(actor=actor, item=attachment.item, purpose=wanted)


def _keep(actor: Actor, act: str, attachment: Attachment, detail: dict[str, object]) -> None:
    audit.record(
        actor=actor,
        act=act,
        chain=("case", attachment.case_id),
        subject_type="attachment",
        subject_id=attachment.pk,
        detail=detail,
    )
