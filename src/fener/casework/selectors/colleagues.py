"""Who works with people at the actor's own organisation: to whom a case can be given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from fener.casework.models import Case, CaseAssignment
from fener.network.models import Membership
from fener.trust.actor import Actor
from fener.trust.models import User
from fener.trust.roles import CASEWORK, Role


def roles_at(actor: Actor, on: date) -> dict[UUID, frozenset[Role]]:
    """Every member of the actor's organisation on that day, with their roles there. One query."""
    members = Membership.objects.filter(organisation_id=actor.keeper_id, since__lte=on).filter(
        Q(until__isnull=True) | Q(until__gte=on)
    )
    found: dict[UUID, frozenset[Role]] = {}
    for row in members:
        found[row.user_id] = found.get(row.user_id, frozenset()) | {Role(role) for role in row.roles}
    return found


def colleagues(actor: Actor, on: date) -> QuerySet[User]:
    """Members of the actor's organisation on that day who hold a role of casework, by name."""
    return _named(user for user, roles in roles_at(actor, on).items() if roles & CASEWORK)


def managers(actor: Actor, on: date) -> QuerySet[User]:
    """Those of them who are case managers."""
    return _named(user for user, roles in roles_at(actor, on).items() if Role.CASE_MANAGER in roles)


def of_the_file(actor: Actor, case: Case, on: date) -> QuerySet[User]:
    """Those who may open what is sealed with legal papers: case managers, and the case's own lawyers and guardians."""
    brought = set(CaseAssignment.objects.filter(case=case, until__isnull=True).values_list("user_id", flat=True))
    specialists = {Role.LAWYER, Role.GUARDIAN}
    return _named(
        user
        for user, roles in roles_at(actor, on).items()
        if Role.CASE_MANAGER in roles or (roles & specialists and user in brought)
    )


def _named(users: Iterable[UUID]) -> QuerySet[User]:
    return User.objects.filter(pk__in=list(users), is_active=True).order_by("full_name", "username")
