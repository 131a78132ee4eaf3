"""The files beside a case, as somebody may see them: kind, size and day; what they are called is sealed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from fener.casework import access
from fener.casework.models import Attachment, Case
from fener.trust import consent as consents
from fener.trust import vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import NotGranted
from fener.trust.models import Consent, SealedItem
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose


@dataclass(frozen=True)
class Listed:
    """A file from outside. ``stored``: its size with its clean copy, rounded up; ``purposes``: what it opens for."""

    attachment: Attachment
    compartment: Compartment
    stored: int
    purposes: tuple[Purpose, ...]


def attachments(actor: Actor, case: Case, *, at: datetime | None = None) -> list[Listed]:
    """The files of a case that the actor may open, the newest first; of others not even that they are there.

    Six queries. Raises Refused.
    """
    at = at or timezone.now()
    found = access.relationships(actor, case, at=at)
    access.require(actor, "attachment.list", found)
    rows = list(case.attachments.select_related("added_by"))
    items = {
        item.pk: item
        for item in vault.with_grants(
            SealedItem.objects.filter(pk__in=[row.item_id for row in rows]).defer("ciphertext")
        ).prefetch_related("files")
    }
    agreed = _agreed(actor, case, at)
    listed = []
    for row in rows:
        item = items[row.item_id]
        part = Compartment(item.compartment)
        if access.allowed(actor, "attachment.open", found, compartment=part) is None:
            continue
        if not vault.may_open(actor, item, at):
            continue
        stored = sum(file.stored for file in item.files.all())
        listed.append(Listed(row, part, stored, _purposes(found, agreed, part)))
    return listed


def attachment(actor: Actor, case: Case, pk: UUID) -> Attachment:
    """One file of a case that the actor sees already. Raises NotGranted (looks absent)."""
    row = Attachment.objects.filter(pk=pk, case=case).select_related("case__organisation", "item").first()
    if row is None:
        raise NotGranted
    return row


def parts_for_new(actor: Actor, case: Case) -> list[Compartment]:
    """The parts of the file beside which the actor may put one."""
    found = access.relationships(actor, case)
    return [part for part in Compartment if access.allowed(actor, "attachment.add", found, compartment=part)]


def _agreed(actor: Actor, case: Case, at: datetime) -> list[Consent]:
    rows = Consent.objects.filter(subject_id=case.pk, recipient_id=actor.keeper_id).order_by("given_on", "pk")
    return [row for row in rows if consents.is_live(row, at)]


def _purposes(found: Iterable[Relationship], agreed: Iterable[Consent], part: Compartment) -> tuple[Purpose, ...]:
    """Keeping the file where it is kept; elsewhere what the person agreed to, or what the law names (an override)."""
    if Relationship.REFERRED_TO not in set(found):
        return (Purpose.KEEP,)
    named = [Purpose(row.purpose) for row in agreed if part in row.compartments]
    return tuple(dict.fromkeys(named)) or (Purpose.KEEP,)
