"""Who may see that a case exists, and which keys go with it: given on a ground, gone with the ground.

A ground is a living consent or a confirmed override that names the recipient. One organisation has one row of
access, on the ground that lasts longest; keys are given per compartment, on the ground that names it.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fener.casework.access import live_ground, may_be_chosen
from fener.casework.models import Case, CaseAccess, ProtectedAccess, Referral
from fener.network.models import Membership, Organisation
from fener.trust import audit, consent, vault
from fener.trust.actor import Actor
from fener.trust.errors import Locked, NeedsConsent, NotGranted
from fener.trust.models import Consent, DisclosureOverride, SealedItem
from fener.trust.standing import node_level

Ground = Consent | DisclosureOverride
FILES = "file:"  # the slots of files beside a part (see trust/files/sealed.py)


def _sides(ground: Ground) -> dict[str, Ground | None]:
    if isinstance(ground, Consent):
        return {"consent": ground, "override": None}
    return {"consent": None, "override": ground}


def is_live(ground: Ground, at: datetime) -> bool:
    """Whether the ground is alive at that moment."""
    if isinstance(ground, Consent):
        return consent.is_live(ground, at)
    return consent.override_is_live(ground, at)


@node_level(reason="who sees a case is said in rows of others")
@transaction.atomic
def give_access(
    *, actor: Actor, case: Case, organisation: Organisation, ground: Ground, at: datetime | None = None
) -> CaseAccess:
    """Let another organisation see the case from now on, as long as the ground lives (a part of accepting a referral).

    Raises NeedsConsent for a ground that is not alive or names another recipient or case (rule CO-03), or a
    body that is shut out.
    """
    at = at or timezone.now()
    shut_out = not may_be_chosen(case, organisation_id=organisation.pk)
    carried = not shut_out and consent.carries(
        ground, recipient_id=organisation.pk, compartments=ground.compartments, on=at
    )
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


def is_named(referral: Referral, item: SealedItem) -> bool:
    """Whether this referral discloses that item: a compartment that it names; to whoever decides also what the
    assessors wrote. A consent may allow more than a referral tells.
    """
    written = referral.kind == Referral.Kind.DECISION and item.slot.startswith("assessment:")
    of_part = item.slot == "main" or item.slot.startswith(FILES)
    return item.compartment in referral.compartments and (of_part or written)


def items_of(referral: Referral) -> list[SealedItem]:
    """What acceptance of this referral discloses."""
    found = SealedItem.objects.filter(subject_id=referral.case_id, compartment__in=referral.compartments)
    return [item for item in found.order_by("compartment", "slot") if is_named(referral, item)]


def hand_key(*, actor: Actor, referral: Referral, item: SealedItem) -> None:
    """The key of one item for the receiver: laid ready by an offer, in force once it is accepted. Raises Locked,
    NotGranted.
    """
    vault.grant(
        actor=actor,
        item=item,
        keeper_id=referral.to_organisation_id,
        consent=referral.consent,
        override=referral.override,
        in_force=referral.state == Referral.State.ACCEPTED,
    )


@node_level(reason="who sees a case is said in rows of others")
def share_new_item(*, actor: Actor, case: Case, item: SealedItem, at: datetime) -> list[Organisation]:
    """Give what was sealed later to the living referrals that name it; who got it (an offer gets it laid ready).

    Without an unlocked key nothing is given.
    """
    reached: list[Organisation] = []
    for referral in open_referrals(case, at=at):
        if is_named(referral, item) and try_hand_key(actor=actor, referral=referral, item=item):
            reached.append(referral.to_organisation)
    return reached


def try_hand_key(*, actor: Actor, referral: Referral, item: SealedItem) -> bool:
    """Somebody who cannot open it cannot hand it on; what else they do (a withdrawal, above all) goes on.

    While a case is protected, a body of which nobody is named gets no key.
    """
    if referral.case.protected and not _somebody_is_named(referral):
        return False
    try:
        hand_key(actor=actor, referral=referral, item=item)
    except (Locked, NotGranted):
        return False
    return True


def _somebody_is_named(referral: Referral) -> bool:
    people = Membership.objects.filter(organisation_id=referral.to_organisation_id, until__isnull=True)
    named = ProtectedAccess.objects.filter(case=referral.case_id, ended_at__isnull=True)
    return named.filter(user_id__in=people.values("user_id")).exists()


def open_referrals(case: Case, *, at: datetime, to: UUID | None = None) -> list[Referral]:
    """Offered and accepted referrals on a living ground. The accepted ones come last, of these the longest: of two keys
    to one body the later one stays.
    """
    found = (
        Referral.objects.unscoped(reason="the referrals of one case, whose access was checked")
        .filter(live_ground(at), case=case, state__in=(Referral.State.OFFERED, Referral.State.ACCEPTED))
        .select_related("case", "consent", "override", "to_organisation")
    )

    def order(referral: Referral) -> tuple[bool, date]:
        ground = referral.consent or referral.override
        return referral.state == Referral.State.ACCEPTED, ground.until if ground is not None else date.min

    return sorted((each for each in found if to is None or each.to_organisation_id == to), key=order)


@node_level(reason="who sees a case is said in rows of others")
def drop_access(*, actor: Actor, case: Case, organisation_id: UUID, at: datetime) -> CaseAccess | None:
    """Take the access away unless another living ground carries it; the row that stays, if one does. In a transaction.

    Keys given on the lost ground are gone already; those that another ground names are given again where the actor can.
    """
    row = CaseAccess.objects.filter(case=case, organisation_id=organisation_id).first()
    if row is None or row.relationship == CaseAccess.Relationship.SAME_ORGANISATION:
        return row
    others = open_referrals(case, at=at, to=organisation_id)
    accepted = [each for each in others if each.state == Referral.State.ACCEPTED]
    if actor.keyring is not None and actor.keeper_id == case.organisation_id:
        for referral in others:
            for item in items_of(referral):
                try_hand_key(actor=actor, referral=referral, item=item)
    if not accepted:
        row.delete()
        _keep(actor, "case.access.drop", case, organisation_id, {})
        return None
    row.consent, row.override = accepted[-1].consent, accepted[-1].override
    row.save(update_fields=["consent", "override"])
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
