"""What hides a case from somebody whom role and relationship would let see it: the one place where it is said.

    seen  =  rights(role, relationship)  AND  NOT shut out  AND  (NOT protected OR named)

* *Rights* only ever add (``trust/policy.py``). A shut-out is the single thing that subtracts; it wins over every
  right, of every role, those for the whole node included (docs/decisions/0019-protected-cases.md).
* A protected case is seen by the persons named for it (``ProtectedAccess``), in the relationship that they have
  anyway, and never by a right over the whole node. Lists, searches, counts and exports leave it out even for them
  (``for_actor``); one case by its code, and the place "Protected", ask ``reachable_by``.

The predicate (``access.relationships``), the filters (``scopes``, ``referral_scope``) and the database's own row-level
security on PostgreSQL say these conditions in the same words. In SQL, for a session that acts as ``:user`` of
``:keeper`` on a row ``c`` of ``casework_case`` (rows of other tables by their ``case_id``)::

    NOT EXISTS (SELECT 1 FROM casework_shutout s WHERE s.case_id = c.id AND s.ended_at IS NULL
                AND (s.user_id = :user OR s.organisation_id = :keeper))
    AND (NOT c.protected
         OR EXISTS (SELECT 1 FROM casework_protectedaccess p WHERE p.case_id = c.id AND p.user_id = :user
                    AND p.ended_at IS NULL AND (p.until IS NULL OR p.until > now())))

A background job (no user, no keeper) works on times alone, holds no key and is not hidden from.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from fener.trust.standing import node_level

if TYPE_CHECKING:
    from fener.trust.actor import Actor

NOBODY = UUID(int=0)  # stands for the person of a background job, and for nobody signed in


def shut_out(actor: Actor, case: str = "pk") -> Q:
    """Whether the actor, or their body, is shut out of the row's case. ``case``: the row's column with the case.

    Asked as a list of the few cases that this is about, once for the whole question, and not for each row again.
    """
    from fener.casework.models.protection import ShutOut

    who = Q(pk__in=[])
    if actor.user_id is not None:
        who |= Q(user_id=actor.user_id)
    if actor.keeper_id is not None:
        who |= Q(organisation_id=actor.keeper_id)
    return Q(**{f"{case}__in": ShutOut.objects.filter(who, ended_at__isnull=True).values("case_id")})


def shut_out_cases(actor: Actor) -> list[UUID]:
    """The ids of the cases from which the actor, or their body, is shut out, for what conceals them elsewhere. Shown to
    nobody.
    """
    from fener.casework.models.case import Case

    with node_level(reason="what is left out of lists is not visible to those who read the lists"):
        rows = Case.objects.unscoped(reason="what this reader's lists do not show").filter(shut_out(actor))
        return list(rows.order_by().values_list("pk", flat=True))


def named(actor: Actor, case: str = "pk", at: datetime | None = None) -> Exists:
    """Whether the actor is one of the persons named for the row's protected case, at that moment (default: now)."""
    from fener.casework.models.protection import ProtectedAccess

    alive = Q(until__isnull=True) | Q(until__gt=at or timezone.now())
    return Exists(
        ProtectedAccess.objects.filter(
            alive, case=OuterRef(case), user_id=actor.user_id or NOBODY, ended_at__isnull=True
        )
    )


def immigration(actor: Actor) -> Exists:
    """Whether the actor works for an immigration service: it stands to a case by the person's own consent alone, and by
    no right over the whole node and no override (rule LB-01)."""
    from fener.network.models import Organisation

    return Exists(Organisation.objects.filter(pk=actor.keeper_id, sector=Organisation.Sector.IMMIGRATION))


def protected_cases() -> list[UUID]:
    """The ids of the cases under protection, for what conceals them elsewhere (the audit's list, first contacts).

    One query, at the node's own standing: whoever must not see them does not read them, and they have to be left out
    of what is shown to exactly these. Shown to nobody.
    """
    from fener.casework.models.case import Case

    with node_level(reason="what is left out of lists is not visible to those who read the lists"):
        return list(
            Case.objects.unscoped(reason="what no list shows")
            .filter(protected=True)
            .order_by()
            .values_list("pk", flat=True)
        )
