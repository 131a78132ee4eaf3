"""Open cases whose carrier has left, or leaves: what a case manager gives to somebody else."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch

from fener.casework.models import Case, CaseAssignment
from fener.network.models import Membership
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship


def leavers(actor: Actor) -> dict[object, date]:
    """Whose last day at the actor's organisation is said: their last days by user."""
    rows = Membership.objects.filter(organisation_id=actor.keeper_id, until__isnull=False)
    return {row.user_id: row.until for row in rows if row.until is not None}


def to_hand_over(actor: Actor) -> list[Case]:
    """The open cases of the actor's organisation that somebody carries who leaves, the soonest first. Raises Refused.

    Each has ``carried``: the assignments of those who leave. Protected cases are in no list.
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
        .prefetch_related(Prefetch("assignments", carried.select_related("user"), to_attr="carried"))
        .order_by("code")
    )
    return sorted(found, key=lambda case: min(last_days[one.user_id] for one in case.carried))
