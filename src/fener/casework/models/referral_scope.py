"""Which referrals the database returns to whom. What hides a case hides its referrals (``models/hiding.py``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from fener.casework.models import hiding
from fener.trust.scope import ScopedManager, ScopedQuerySet

if TYPE_CHECKING:
    from fener.casework.models.referral import Referral  # noqa: F401 (the type in quotes below)
    from fener.trust.actor import Actor


class ReferralQuerySet(ScopedQuerySet["Referral"]):
    """What the actor's organisation sent, what waits at its desks and what it accepted; all of them at node level.

    At node level they are rows of codes and times (see selectors.board): whoever reads there opens nothing.
    """

    def visible_to(self, actor: Actor) -> Self:
        """For lists and tasks: none of a protected case, for nobody."""
        return self.filter(_rights(actor), ~hiding.shut_out(actor, "case"), case__protected=False)

    def reachable_by(self, actor: Actor) -> Self:
        """For one referral, and for the page of one case: those of a protected case for the persons named as well."""
        open_ones = Q(case__protected=False) | Q(hiding.named(actor, "case"))
        return self.filter(_rights(actor), open_ones, ~hiding.shut_out(actor, "case")).scoped()

    def for_figures(self, reader: Actor | None, *, reason: str) -> Self:
        """What is counted for ``reader``, as ``CaseQuerySet.for_figures`` says it."""
        counted = self.filter(case__protected=False).unscoped(reason=reason)
        return counted if reader is None else counted.exclude(hiding.shut_out(reader, "case"))


def _rights(actor: Actor) -> Q:
    from fener.trust import policy
    from fener.trust.policy import Relationship

    if policy.decide(actor, "board.read", Relationship.NODE).allowed:
        return Q()
    seen = Q(pk__in=[])
    if actor.keeper_id is None:
        return seen
    if policy.decide(actor, "referral.list", Relationship.SAME_ORGANISATION).allowed:
        seen |= Q(from_organisation_id=actor.keeper_id)
    if policy.decide(actor, "desk.read", Relationship.SAME_ORGANISATION).allowed:
        received = Q(to_organisation_id=actor.keeper_id)
        if not policy.decide(actor, "service_desk.read", Relationship.SAME_ORGANISATION).allowed:
            received &= Q(kind="assessment")
        seen |= received
    return seen


class ReferralManager(ScopedManager.from_queryset(ReferralQuerySet)):  # type: ignore[misc]
    """The manager of referrals."""
