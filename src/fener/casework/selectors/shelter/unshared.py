"""Who still stays in a house of the own body though the consent has ended: the house and a day, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from fener.casework import access
from fener.casework.models import CaseAccess, hiding
from fener.casework.models.shelter.stay import ShelterStay
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship
from fener.trust.standing import node_level

CLOSED = "the file is closed to the house; that somebody sleeps there, and since when, it knows itself"


@dataclass(frozen=True)
class Resident:
    """``pk``: the stay's id."""

    pk: UUID
    house: str
    since: date


def residents(actor: Actor) -> list[Resident]:
    """Open stays in own houses whose file is closed to the body, the longest first. One query. Raises Refused."""
    policy.require(actor, "house_stay.list", Relationship.SAME_ORGANISATION)
    with node_level(reason=CLOSED):
        rows = _unshared(actor).filter(ended_on__isnull=True).order_by("since", "pk")
        return [_as_resident(row) for row in rows]


def resident(actor: Actor, pk: UUID, act: str) -> Resident:
    """One of them, also when the stay has ended since. Raises Refused, hidden: any other stay looks absent."""
    own = policy.decide(actor, act, Relationship.SAME_ORGANISATION).allowed
    with node_level(reason=CLOSED):
        found = _unshared(actor).filter(pk=pk).first() if own else None
    if found is None:
        raise Refused(act=act)
    return _as_resident(found)


def _as_resident(row: ShelterStay) -> Resident:
    return Resident(pk=row.pk, house=row.shelter.service.name, since=row.since)


def _unshared(actor: Actor) -> QuerySet[ShelterStay]:
    """Never of a case from which the actor is shut out, or that is protected and does not name them."""
    mine = CaseAccess.objects.filter(
        access.live_access(timezone.now()), case=OuterRef("case_id"), organisation_id=actor.keeper_id
    )
    rows = ShelterStay.objects.filter(
        ~Exists(mine),
        ~hiding.shut_out(actor, "case"),
        Q(case__protected=False) | Q(hiding.named(actor, "case_id")),
        shelter__organisation_id=actor.keeper_id,
    )
    return rows.exclude(case__alias="").select_related("shelter__service")
