"""Which referrals the database returns to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from fener.trust.scope import ScopedManager, ScopedQuerySet

if TYPE_CHECKING:
    from fener.casework.models.referral import Referral  # noqa: F401 (the type in quotes below)
    from fener.trust.actor import Actor


class ReferralQuerySet(ScopedQuerySet["Referral"]):
    """What the actor's organisation sent, what waits at its desks and what it accepted; all of them at node level.

    At node level they are rows of codes and times (see selectors.board): whoever reads there opens nothing.
    """

    def visible_to(self, actor: Actor) -> Self:
        from fener.trust import policy
        from fener.trust.policy import Relationship

        if policy.decide(actor, "board.read", Relationship.NODE).allowed:
            return self.all()
        if actor.keeper_id is None:
            return self.none()
        seen = Q(pk__in=[])
        if policy.decide(actor, "referral.list", Relationship.SAME_ORGANISATION).allowed:
            seen |= Q(from_organisation_id=actor.keeper_id)
        if policy.decide(actor, "desk.read", Relationship.SAME_ORGANISATION).allowed:
            received = Q(to_organisation_id=actor.keeper_id)
            if not policy.decide(actor, "service_desk.read", Relationship.SAME_ORGANISATION).allowed:
                received &= Q(kind="assessment")
            seen |= received
        return self.filter(seen)


class ReferralManager(ScopedManager.from_queryset(ReferralQuerySet)):  # type: ignore[misc]
    """The manager of referrals."""
