"""What a referral discloses: keys laid ready at the offer, put in force by acceptance, taken back when it is over.

Only the sender can seal a data key to the receiver, and only the receiver decides whether it receives. So the sender's
session lays the keys ready (they open nothing), and acceptance, which needs no key, puts them in force (rule AS-08).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain import labour
from fener.casework.models import Referral
from fener.casework.services.access import drop_access, give_access, hand_key, is_live, is_named, items_of
from fener.casework.services.protection import two_person
from fener.trust import vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import NeedsConsent, NotGranted
from fener.trust.models import SealedItem
from fener.trust.purposes import Purpose
from fener.trust.standing import node_level


@node_level(reason="keys and access of the other side")
def lay_ready(*, actor: Actor, referral: Referral) -> None:
    """Seal the keys of exactly these compartments to the receiver, not in force. Raises Locked, NotGranted."""
    for item in items_of(referral):
        hand_key(actor=actor, referral=referral, item=item)


@node_level(reason="keys and access of the other side")
def disclose(*, actor: Actor, referral: Referral, at: datetime) -> int:
    """The receiver accepted: it may see that the case exists, and the keys open. Raises NeedsConsent."""
    ground = referral.consent or referral.override
    if ground is None:
        raise NeedsConsent
    give_access(actor=actor, case=referral.case, organisation=referral.to_organisation, ground=ground, at=at)
    return vault.put_in_force(
        actor=actor,
        subject_id=referral.case_id,
        keeper_id=referral.to_organisation_id,
        consent=referral.consent,
        override=referral.override,
    )


def open_told(
    *, actor: Actor, referral: Referral, compartment: Compartment | str, at: datetime | None = None
) -> dict[str, Any]:
    """What an accepted referral told of one compartment, for somebody who has no case: police and others who assess.

    The person was told that this body reads exactly these parts: it can, and nothing beside them, until the outcome is
    written back or the consent ends. The read is kept. Raises Refused (looks absent), NotGranted, Locked.
    """
    at, part = at or timezone.now(), Compartment(compartment)
    access.require(actor, "referral_part.open", access.referral_relationships(actor, referral, at=at), compartment=part)
    closed = part in labour.CLOSED_PARTS and access.works_on_immigration(actor.keeper_id)
    if part.value not in referral.compartments or closed:
        raise NotGranted
    item = SealedItem.objects.filter(subject_id=referral.case_id, compartment=part, slot="main").first()
    if item is None:
        return {}
    two_person.require_second(
        actor=actor, case=referral.case, compartment=part.value, at=at,
        message=_("This part is opened by two at the organisation that sent the referral: ask them to tell you."),
    )  # fmt: skip
    # An override has no purpose of its own: what the law obliges to is told for this work.
    purpose = referral.consent.purpose if referral.consent is not None else Purpose.IDENTIFICATION
    return vault.open_item(actor=actor, item=item, purpose=purpose)


@node_level(reason="keys and access of the other side")
def take_back(*, actor: Actor, referral: Referral, at: datetime) -> None:
    """The referral is over or was refused: what it opened, and what lay ready for it, is taken back.

    Another accepted referral of the same case to the same body keeps what it names; for one that is only offered the
    key goes back to lie ready.
    """
    others = (
        Referral.objects.unscoped(reason="other referrals of one case to one body")
        .filter(case_id=referral.case_id, to_organisation_id=referral.to_organisation_id)
        .filter(state__in=[Referral.State.OFFERED, Referral.State.ACCEPTED])
        .exclude(pk=referral.pk)
        .select_related("consent", "override")
    )
    offered = [each for each in others if each.state == Referral.State.OFFERED]
    accepted = [each for each in others if each.state == Referral.State.ACCEPTED]
    for item in items_of(referral):
        if any(is_named(each, item) for each in accepted):
            continue
        waits = next((each for each in offered if is_named(each, item) and _is_alive(each, at)), None)
        if waits is None:
            vault.revoke(actor=actor, item=item, keeper_id=referral.to_organisation_id)
        else:
            vault.put_out_of_force(
                actor=actor, item=item, keeper_id=waits.to_organisation_id,
                consent=waits.consent, override=waits.override,
            )  # fmt: skip
    drop_access(actor=actor, case=referral.case, organisation_id=referral.to_organisation_id, at=at)


def _is_alive(referral: Referral, at: datetime) -> bool:
    ground = referral.consent or referral.override
    return ground is not None and is_live(ground, at)
