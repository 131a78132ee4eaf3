"""Open cases whose carrier has left, or leaves: what a case manager gives to somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from fener.casework.models import Case, CaseAssignment
from fener.network.models import Membership
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship


def leavers(actor: Actor) -> dict[UUID, date]:
    """Whose last day at the actor's organisation is said: their last days by user."""
    rows = Membership.objects.filter(organisation_id=actor.keeper_id, until__isnull=False)
    return {row.user_id: row.until for row in rows if row.until is not None}


@dataclass(frozen=True)
class Carried:
    """An open case, who carries it and leaves, and the first of their last days."""

    case: Case
    names: list[str]
    until: date


def to_hand_over(actor: Actor) -> list[Carried]:
    """The open cases of the actor's organisation that somebody carries who leaves, the soonest first. Raises Refused.

    Protected cases are in no list.
    """
    policy.require(actor, "case.assign", Relationship.SAME_ORGANISATION)
    last_days = leavers(actor)
    carried = CaseAssignment.objects.filter(until__isnull=True, user_id__in=last_days)
    found = (
        Case.objects.for_actor(actor)
        .filter(
            organisation_id=actor.keeper_id,
            state__in=[Case.State.ACTIVE, Case.State.FOLLOW_UP],
            pk__in=carried.values("case_id"),
        )
        .prefetch_related(Prefetch("assignments", carried.select_related("user")))
        .order_by("code")
    )
    rows = [
        Carried(
            case=case,
            names=[one.user.full_name for one in case.assignments.all()],
            until=min(last_days[one.user_id] for one in case.assignments.all()),
        )
        for case in found
    ]
    return sorted(rows, key=lambda one: one.until)
