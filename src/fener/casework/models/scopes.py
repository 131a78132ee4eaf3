"""What the database returns to whom: the filter that every list of cases starts from.

What hides a case (witness protection, shut-outs) is said in ``models/hiding.py`` and asked here for every question.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from fener.casework.models import hiding
from fener.trust.scope import ScopedManager, ScopedQuerySet

if TYPE_CHECKING:
    from fener.casework.models.case import Case, CaseAssignment  # noqa: F401 (named in the class below)
    from fener.trust.actor import Actor

# What an erasure leaves of a case counts in figures and is nobody's file: it has no word to speak of it by.
ERASED = Q(alias="")


def carried_by(user_id: UUID, *, at: datetime | None = None) -> QuerySet[CaseAssignment]:
    """By which assignments somebody carries cases at that moment (default: now).

    What was given for a leave cover ends with its last day, whether or not the job that takes it back has run.
    """
    from fener.casework.models.case import CaseAssignment
    from fener.casework.models.quality.work import LeaveCoverCase

    over = LeaveCoverCase.objects.filter(assignment=OuterRef("pk"), leave__until__lt=timezone.localdate(at))
    return CaseAssignment.objects.filter(~Exists(over), user_id=user_id, until__isnull=True)


class CaseQuerySet(ScopedQuerySet["Case"]):
    """Cases of the own organisation, cases referred to it on a living ground, or (by role) every case of the node.

    Under witness protection a case is in none of these, for nobody; ``reachable_by`` adds it for those named for it.
    """

    def visible_to(self, actor: Actor) -> Self:
        """For lists, searches, counts and exports: a protected case is in none of them."""
        rights = _rights(actor) | _rights_for_the_node(actor)
        return self.filter(rights, ~hiding.shut_out(actor), ~ERASED, protected=False)

    def reachable_by(self, actor: Actor) -> Self:
        """For one case in hand by its code: what ``visible_to`` shows, and protected ones for the persons named.

        The same question as ``access.relationships`` answers; a test compares them for every role.
        """
        open_ones = ~ERASED & Q(protected=False) & (_rights(actor, one=True) | _rights_for_the_node(actor))
        return self.filter(open_ones | self._kept(actor), ~hiding.shut_out(actor)).scoped()

    def kept_by(self, actor: Actor) -> Self:
        """The protected cases of the persons named: for their own place, "Protected", and for nothing else."""
        return self.filter(self._kept(actor), ~hiding.shut_out(actor)).scoped()

    def _kept(self, actor: Actor) -> Q:
        # No right over the whole node: who may see it was said by name.
        return Q(protected=True) & Q(hiding.named(actor)) & _rights(actor, one=True)

    def held_by_own(self, actor: Actor) -> Self:
        """What ``visible_to`` shows of the cases that the actor's own organisation holds, and nothing of others'.

        Says so by the case's own column: the worklist asks this many times, and a look into ``CaseAccess`` for each
        case costs more than all the rest of the question. A test compares the two for every role.
        """
        from fener.casework import access
        from fener.trust import policy
        from fener.trust.policy import Relationship

        def may(*relationships: Relationship) -> bool:
            return any(policy.decide(actor, access.LIST, relationship).allowed for relationship in relationships)

        held = self.filter(~hiding.shut_out(actor), ~ERASED, organisation_id=actor.keeper_id, protected=False)
        if actor.keeper_id is None or actor.user_id is None:
            return self.none()
        if not may(Relationship.NODE, Relationship.SAME_ORGANISATION):
            if not may(Relationship.ASSIGNED, Relationship.GUARDIAN):
                return self.none()
            held = held.filter(Exists(carried_by(actor.user_id).filter(case=OuterRef("pk"))))
        return held.scoped()

    def lent_to(self, actor: Actor) -> Self:
        """What ``visible_to`` shows of cases that other bodies hold, to whoever has no right over the whole node."""
        lent = _rights(actor, own=False)
        return self.filter(lent, ~hiding.shut_out(actor), ~ERASED, protected=False).scoped()

    def parts_of(self, actor: Actor) -> tuple[Self, ...]:
        """What ``visible_to`` shows, in parts that share no case and that the database finds by one index each: a
        body's own cases stand side by side, where "own, or lent to us" would be looked up case by case.
        """
        if _for_the_node(actor):
            return (self.visible_to(actor).scoped(),)
        return self.held_by_own(actor), self.lent_to(actor)

    def for_figures(self, reader: Actor | None, *, reason: str) -> Self:
        """What is counted for ``reader``: every case but the protected ones, which are in no figure (it is said where
        figures are), and those from which the reader is shut out. None: for no person (metrics, a job).
        """
        counted = self.filter(protected=False).unscoped(reason=reason)
        return counted if reader is None else counted.exclude(hiding.shut_out(reader))


def _rights(actor: Actor, *, one: bool = False, own: bool = True) -> Q:
    """The rows that role and relationship let the actor list, the relationship to the whole node left out.

    ``one``: to be asked of one case in hand, and not of all. A list begins with the set of the actor's own cases: the
    other way the database would look beside each case of the whole node. ``own``: those of the actor's body too.
    """
    from fener.casework import access
    from fener.casework.models.case import CaseAccess
    from fener.trust import policy
    from fener.trust.policy import Relationship

    def may(relationship: Relationship) -> bool:
        return policy.decide(actor, access.LIST, relationship).allowed

    if actor.keeper_id is None or actor.user_id is None:
        return Q(pk__in=[])
    held, referred = CaseAccess.Relationship.SAME_ORGANISATION, CaseAccess.Relationship.REFERRED_TO
    ways = Q(pk__in=[])
    if own and may(Relationship.SAME_ORGANISATION):
        ways |= Q(relationship=held)
    elif own and (may(Relationship.ASSIGNED) or may(Relationship.GUARDIAN)):
        ways |= Q(relationship=held, case__in=carried_by(actor.user_id).values("case"))
    if may(Relationship.REFERRED_TO):
        ways |= Q(relationship=referred)
    mine = CaseAccess.objects.filter(access.live_access(timezone.now()), ways, organisation_id=actor.keeper_id)
    return Q(Exists(mine.filter(case=OuterRef("pk")))) if one else Q(pk__in=mine.order_by().values("case"))


def _rights_for_the_node(actor: Actor) -> Q:
    """Every row, for whoever works for the mechanism as a whole, and not for an immigration service."""
    return Q(~hiding.immigration(actor)) if _for_the_node(actor) else Q(pk__in=[])


def _for_the_node(actor: Actor) -> bool:
    from fener.casework import access
    from fener.trust import policy
    from fener.trust.policy import Relationship

    return policy.decide(actor, access.LIST, Relationship.NODE).allowed


class CaseManager(ScopedManager.from_queryset(CaseQuerySet)):  # type: ignore[misc]
    """The manager of cases."""
