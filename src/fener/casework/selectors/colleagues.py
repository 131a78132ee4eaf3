"""Who works with people at the actor's own organisation: to whom a case can be given."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from fener.network.models import Membership
from fener.trust.actor import Actor
from fener.trust.models import User
from fener.trust.roles import CASEWORK, Role


def colleagues(actor: Actor, on: date) -> QuerySet[User]:
    """Members of the actor's organisation on that day who hold a role of casework, by name."""
    members = Membership.objects.filter(organisation_id=actor.keeper_id, since__lte=on).filter(
        Q(until__isnull=True) | Q(until__gte=on)
    )
    able = [row.user_id for row in members if {Role(role) for role in row.roles} & CASEWORK]
    return User.objects.filter(pk__in=able, is_active=True).order_by("full_name", "username")


def managers(actor: Actor, on: date) -> QuerySet[User]:
    """Those of them who are case managers."""
    members = Membership.objects.filter(organisation_id=actor.keeper_id, since__lte=on).filter(
        Q(until__isnull=True) | Q(until__gte=on)
    )
    able = [row.user_id for row in members if Role.CASE_MANAGER.value in row.roles]
    return User.objects.filter(pk__in=able, is_active=True).order_by("full_name", "username")
