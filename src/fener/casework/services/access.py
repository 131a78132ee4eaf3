"""Who may see that a case exists, and which keys go with it: given on a ground, gone with the ground.

A ground is a living consent or a confirmed override that names the recipient. One organisation has one row of
access, on the ground that lasts longest; keys are given per compartment, on the ground that names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fener.casework.access import live_ground
from fener.casework.models import Case, CaseAccess, Referral
from fener.network.models import Organisation
from fener.trust import audit, consent, vault
from fener.trust.actor import Actor
from fener.trust.errors import Locked, NeedsConsent, NotGranted
from fener.trust.models import Consent, DisclosureOverride, SealedItem
from fener.trust.purposes import Purpose

Ground = Consent | DisclosureOverride


def _sides(ground: Ground) -> dict[str, Ground | None]:
    if isinstance(ground, Consent):
        return {"consent": ground, "override": None}
    return {"consent": None, "override": ground}


def is_live(ground: Ground, at: datetime) -> bool:
    """Whether the ground is alive at that moment."""
    if isinstance(ground, Consent):
        return consent.is_live(ground, at)
    return consent.override_is_live(ground, at)


@transaction.atomic
def give_access(
    *, actor: Actor, case: Case, organisation: Organisation, ground: Ground, at: datetime | None = None
) -> CaseAccess:
    """Let another organisation see the case from now on, as long as the ground lives (a part of accepting a referral).

    Raises NeedsConsent for a ground that is not alive or names another recipient or case (rule CO-03).
    """
    at = at or timezone.now()
    carried = consent.carries(ground, recipient_id=organisation.pk, compartments=ground.compartments, on=at)
    if ground.subject_id != case.pk or not carried:
        raise NeedsConsent
    own = CaseAccess.objects.filter(case=case, organisation=organisation).select_related("consent", "override").first()
    if own is not None and own.relationship == CaseAccess.Relationship.SAME_ORGANISATION:
        return own
    if own is not None:
        standing = own.consent or own.override
        if standing is not None and is_live(standing, at) and standing.until >= ground.until:
            return own
        own.delete()
    row = CaseAccess.objects.create(
        case=case, organisation=organisation, relationship=CaseAccess.Relationship.REFERRED_TO, **_sides(ground)
    )
    _keep(actor, "case.access.give", case, organisation.pk, {"ground": ground.pk})
    return row


def share_items(*, actor: Actor, case: Case, ground: Ground, compartments: Iterable[str] | None = None) -> int:
    """Hand the keys of the ground's compartments (or of some of them) to its recipient; how many.

    Only somebody who can open them can: raises Locked, NotGranted. Part of offering a referral, by the holder of the
    file.
    """
    wanted = set(ground.compartments) if compartments is None else set(ground.compartments) & set(compartments)
    slots = Q(slot="main")
    if isinstance(ground, Consent) and ground.purpose == Purpose.IDENTIFICATION:
        slots |= Q(slot__startswith="assessment:")  # whoever decides reads what the assessors wrote
    items = SealedItem.objects.filter(slots, subject_id=case.pk, compartment__in=wanted)
    for item in items:
        vault.grant(actor=actor, item=item, keeper_id=ground.recipient_id, **_sides(ground))  # type: ignore[arg-type]
    return len(items)


def share_new_item(*, actor: Actor, case: Case, item: SealedItem, at: datetime) -> list[Organisation]:
    """Give a compartment that was sealed later to those whose living ground names it; who got it.

    Without an unlocked key nothing is given: the recipients see it after the holder's next save.
    """
    reached: list[Organisation] = []
    rows = CaseAccess.objects.filter(
        live_ground(at), case=case, relationship=CaseAccess.Relationship.REFERRED_TO
    ).select_related("consent", "override", "organisation")
    for row in rows:
        ground = row.consent or row.override
        if ground is None or item.compartment not in ground.compartments:
            continue
        try:
            vault.grant(actor=actor, item=item, keeper_id=row.organisation_id, **_sides(ground))  # type: ignore[arg-type]
        except (Locked, NotGranted):
            continue
        reached.append(row.organisation)
    return reached


def other_grounds(*, case: Case, organisation_id: UUID, at: datetime) -> list[Ground]:
    """The living grounds of accepted referrals to that organisation, the longest first."""
    referrals = (
        Referral.objects.unscoped(reason="the grounds of one case")
        .filter(live_ground(at), case=case, to_organisation_id=organisation_id, state=Referral.State.ACCEPTED)
        .select_related("consent", "override")
    )
    grounds = [
        ground for r in referrals for ground in (r.consent, r.override) if ground is not None and is_live(ground, at)
    ]

    def until(ground: Ground) -> date:
        return ground.until

    return sorted(grounds, key=until, reverse=True)


def drop_access(*, actor: Actor, case: Case, organisation_id: UUID, at: datetime) -> CaseAccess | None:
    """Take the access away unless another living ground carries it; the row that stays, if one does. In a transaction.

    Keys given on the lost ground are gone already; those that another ground names are given again where the actor can.
    """
    row = CaseAccess.objects.filter(case=case, organisation_id=organisation_id).first()
    if row is None or row.relationship == CaseAccess.Relationship.SAME_ORGANISATION:
        return row
    grounds = other_grounds(case=case, organisation_id=organisation_id, at=at)
    if not grounds:
        row.delete()
        _keep(actor, "case.access.drop", case, organisation_id, {})
        return None
    sides = _sides(grounds[0])
    row.consent, row.override = sides["consent"], sides["override"]  # type: ignore[assignment]
    row.save(update_fields=["consent", "override"])
    if actor.keyring is not None and actor.keeper_id == case.organisation_id:
        for ground in grounds:
            share_items(actor=actor, case=case, ground=ground)
    return row


def _keep(actor: Actor, act: str, case: Case, organisation_id: UUID, detail: dict[str, object]) -> None:
    audit.record(
        actor=actor,
        act=act,
        chain=("case", case.pk),
        subject_type="organisation",
        subject_id=organisation_id,
        detail=detail,
    )
