"""What a referral discloses: keys laid ready at the offer, put in force by acceptance, taken back when it is over.

Only the sender can seal a data key to the receiver, and only the receiver decides whether it receives. So the sender's
session lays the keys ready (they open nothing), and acceptance, which needs no key, puts them in force (rule AS-08).
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from fener.casework.models import Referral
from fener.casework.services.access import drop_access, give_access
from fener.trust import vault
from fener.trust.actor import Actor
from fener.trust.errors import NeedsConsent
from fener.trust.models import SealedItem
from fener.trust.purposes import Purpose


def items(referral: Referral) -> list[SealedItem]:
    """What the compartments that this referral names hold; for a decision also what the assessors wrote."""
    slots = Q(slot="main")
    if referral.consent is not None and referral.consent.purpose == Purpose.IDENTIFICATION:
        slots |= Q(slot__startswith="assessment:")
    named = SealedItem.objects.filter(slots, subject_id=referral.case_id, compartment__in=referral.compartments)
    return list(named.order_by("compartment", "slot"))


def lay_ready(*, actor: Actor, referral: Referral) -> None:
    """Seal the keys of exactly these compartments to the receiver, not in force. Raises Locked, NotGranted."""
    for item in items(referral):
        vault.grant(
            actor=actor,
            item=item,
            keeper_id=referral.to_organisation_id,
            consent=referral.consent,
            override=referral.override,
            in_force=False,
        )


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


def take_back(*, actor: Actor, referral: Referral, at: datetime) -> None:
    """The referral is over or was refused: what it opened, and what lay ready for it, is taken back.

    Another open referral of the same case to the same body keeps what it names.
    """
    others = (
        Referral.objects.unscoped(reason="other referrals of one case to one body")
        .filter(case_id=referral.case_id, to_organisation_id=referral.to_organisation_id)
        .filter(state__in=[Referral.State.OFFERED, Referral.State.ACCEPTED])
        .exclude(pk=referral.pk)
    )
    kept = {compartment for other in others for compartment in other.compartments}
    for item in items(referral):
        if item.compartment not in kept:
            vault.revoke(actor=actor, item=item, keeper_id=referral.to_organisation_id)
    drop_access(actor=actor, case=referral.case, organisation_id=referral.to_organisation_id, at=at)
