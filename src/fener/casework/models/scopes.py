"""What the database returns to whom: the filter that every list of cases starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef
from django.utils import timezone

from fener.trust.scope import ScopedManager, ScopedQuerySet

if TYPE_CHECKING:
    from fener.casework.models.case import Case  # noqa: F401 (named in the class below)
    from fener.trust.actor import Actor


class CaseQuerySet(ScopedQuerySet["Case"]):
    """Cases of the own organisation, cases referred to it on a living ground, or (by role) every case of the node."""

    def visible_to(self, actor: Actor) -> Self:
        from fener.casework import access
        from fener.casework.models.case import CaseAccess, CaseAssignment
        from fener.trust import policy
        from fener.trust.policy import Relationship

        def may(relationship: Relationship) -> bool:
            return policy.decide(actor, access.LIST, relationship).allowed

        if may(Relationship.NODE):
            return self.all()
        if actor.keeper_id is None or actor.user_id is None:
            return self.none()
        mine = CaseAccess.objects.filter(
            access.live_access(timezone.now()), case=OuterRef("pk"), organisation_id=actor.keeper_id
        )
        own, referred = CaseAccess.Relationship.SAME_ORGANISATION, CaseAccess.Relationship.REFERRED_TO
        assigned = CaseAssignment.objects.filter(case=OuterRef("pk"), user_id=actor.user_id, until__isnull=True)
        seen = self.none()
        if may(Relationship.SAME_ORGANISATION):
            seen = seen | self.filter(Exists(mine.filter(relationship=own)))
        elif may(Relationship.ASSIGNED) or may(Relationship.GUARDIAN):
            seen = seen | self.filter(Exists(mine.filter(relationship=own)), Exists(assigned))
        if may(Relationship.REFERRED_TO):
            seen = seen | self.filter(Exists(mine.filter(relationship=referred)))
        return seen

    def held_by_own(self, actor: Actor) -> Self:
        """What ``visible_to`` shows of the cases that the actor's own organisation holds, and nothing of others'.

        Says so by the case's own column: the worklist asks this many times, and a look into ``CaseAccess`` for each
        case costs more than all the rest of the question. A test compares the two for every role.
        """
        from fener.casework import access
        from fener.casework.models.case import CaseAssignment
        from fener.trust import policy
        from fener.trust.policy import Relationship

        def may(*relationships: Relationship) -> bool:
            return any(policy.decide(actor, access.LIST, relationship).allowed for relationship in relationships)

        held = self.filter(organisation_id=actor.keeper_id)
        if actor.keeper_id is None or actor.user_id is None:
            return self.none()
        if not may(Relationship.NODE, Relationship.SAME_ORGANISATION):
            if not may(Relationship.ASSIGNED, Relationship.GUARDIAN):
                return self.none()
            held = held.filter(
                Exists(CaseAssignment.objects.filter(case=OuterRef("pk"), user_id=actor.user_id, until__isnull=True))
            )
        return held.scoped()


class CaseManager(ScopedManager.from_queryset(CaseQuerySet)):  # type: ignore[misc]
    """The manager of cases."""
