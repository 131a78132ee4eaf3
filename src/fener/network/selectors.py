"""What the network looks like to an actor. Organisations, desks and services are known to everybody who signs in."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from fener.network.models import Desk, Mandate, Membership, Organisation, Service
from fener.trust.actor import ANONYMOUS, Actor
from fener.trust.errors import Refused
from fener.trust.keys import Keyring
from fener.trust.models import User
from fener.trust.roles import Role


def actor_for(*, user: User, keyring: Keyring | None, on: date) -> Actor:
    """The user as an actor for the organisation they belong to on that day; without one, an actor who may nothing."""
    membership = (
        Membership.objects.filter(user=user, since__lte=on)
        .filter(Q(until__isnull=True) | Q(until__gte=on))
        .order_by("since", "pk")
        .first()
    )
    if membership is None:
        return Actor(user_id=user.pk, username=user.username)
    functions = (
        Mandate.objects.filter(organisation_id=membership.organisation_id, since__lte=on)
        .filter(Q(until__isnull=True) | Q(until__gte=on))
        .values_list("function", flat=True)
    )
    return Actor(
        user_id=user.pk,
        keeper_id=membership.organisation_id,
        roles=frozenset(Role(role) for role in membership.roles),
        functions=frozenset(functions),
        keyring=keyring,
        username=user.username,
    )


def _signed_in(actor: Actor) -> None:
    if actor == ANONYMOUS or actor.user_id is None and not actor.is_system:
        raise Refused(act="network.read")


def organisations(actor: Actor) -> QuerySet[Organisation]:
    """Every organisation of the mechanism."""
    _signed_in(actor)
    return Organisation.objects.all()


def own_organisation(actor: Actor) -> Organisation | None:
    """The organisation that the actor acts for."""
    return Organisation.objects.filter(pk=actor.keeper_id).first() if actor.keeper_id else None


def desks(actor: Actor, *, receives: str | None = None) -> QuerySet[Desk]:
    """Open desks, of one kind or of all."""
    _signed_in(actor)
    found = Desk.objects.filter(open=True).select_related("organisation")
    if receives is None:
        return found
    # JSON containment differs between engines; a mechanism has tens of desks.
    return found.filter(pk__in=[desk.pk for desk in found if receives in desk.receives])


def services(actor: Actor, *, kind: str | None = None) -> QuerySet[Service]:
    """Services that are running, of one kind of the catalogue or of all."""
    _signed_in(actor)
    found = Service.objects.filter(active=True, desk__open=True).select_related("organisation", "desk")
    return found.filter(kind=kind) if kind else found
