"""Sealed words beside a record (reasons, evidence, somebody's own words).

One item of a compartment, in a slot of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from fener.casework import access
from fener.casework.models import Case
from fener.casework.services.protection import two_person
from fener.trust import vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import NotGranted
from fener.trust.models import SealedItem
from fener.trust.purposes import Purpose

MAX_WORDS = 20_000
COMPLAINT = "complaint:"  # read by fewer than the compartment: never by whom it is about


def seal_words(
    *,
    actor: Actor,
    case: Case,
    slot: str,
    words: str,
    also_for: Iterable[UUID | None] = (),
    compartment: Compartment = Compartment.NARRATIVE,
) -> SealedItem | None:
    """Seal words for the case's organisation and for ``also_for`` (their author's). None for no words.

    Inside a transaction.
    """
    told = words.strip()
    if not told:
        return None
    keepers = {case.organisation_id, *(keeper for keeper in also_for if keeper is not None)}
    return vault.seal(
        actor=actor,
        subject_id=case.pk,
        compartment=compartment,
        slot=slot,
        content={"words": told[:MAX_WORDS]},
        for_keepers=keepers,
    )


def open_words(*, actor: Actor, case: Case, item: SealedItem, purpose: str = Purpose.KEEP) -> str:
    """Read sealed words. Policy first (as for the compartment they belong to), then the vault, which keeps the read.

    Raises Refused (looks absent), NeedsSecondPerson, Locked, NotGranted.
    """
    if item.subject_id != case.pk:
        raise NotGranted
    access.require_on_case(actor, "compartment.open", case, compartment=item.compartment)
    if item.slot.startswith(COMPLAINT) and not _may_read_complaint(actor, item):
        raise NotGranted
    two_person.require_second(actor=actor, case=case, compartment=item.compartment)
    content = vault.open_item(actor=actor, item=item, purpose=purpose)
    return str(content.get("words", ""))


def _may_read_complaint(actor: Actor, item: SealedItem) -> bool:
    from fener.casework.services.safety.complaints import may_read  # which seals its words here

    return may_read(actor, item.pk)
