"""Bodies and their people as an actor sees them; who is there is known to everybody who signs in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils import timezone

from fener.network import access
from fener.network.models import Membership, Organisation
from fener.network.selectors.common import signed_in
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.keys import Keyring
from fener.trust.models import KeeperMember, User
from fener.trust.roles import Role


def actor_for(*, user: User, keyring: Keyring | None, on: date) -> Actor:
    """The user as an actor for the organisation they belong to on that day; without one, an actor who may nothing."""
    held = FilteredRelation(
        "organisation__mandates",
        condition=Q(organisation__mandates__since__lte=on)
        & (Q(organisation__mandates__until__isnull=True) | Q(organisation__mandates__until__gte=on)),
    )
    # Every page asks this first: the place and what its body may do, in one question.
    rows = (
        Membership.objects.filter(user=user, since__lte=on)
        .filter(Q(until__isnull=True) | Q(until__gte=on))
        .annotate(held=held)
        .annotate(function=F("held__function"))
        .order_by("since", "pk")
    )
    membership = next(iter(rows), None)
    if membership is None:
        return Actor(user_id=user.pk, username=user.username)
    functions = {row.function for row in rows if row.pk == membership.pk and row.function}
    return Actor(
        user_id=user.pk,
        keeper_id=membership.organisation_id,
        roles=frozenset(Role(role) for role in membership.roles),
        functions=frozenset(functions),
        keyring=keyring,
        username=user.username,
    )


def organisations(actor: Actor) -> QuerySet[Organisation]:
    """Every organisation of the mechanism."""
    signed_in(actor)
    return Organisation.objects.all()


def own_organisation(actor: Actor) -> Organisation | None:
    """The organisation that the actor acts for."""
    return Organisation.objects.filter(pk=actor.keeper_id).first() if actor.keeper_id else None


@dataclass(frozen=True)
class Colleague:
    """Somebody's place in a body, and whether they can open what it keeps."""

    membership: Membership
    holds_key: bool
    at_work: bool  # today, with an account that is open

    @property
    def user(self) -> User:
        return self.membership.user

    @property
    def roles(self) -> list[Role]:
        return [role for role in Role if role in self.membership.roles]

    @property
    def waits_for_key(self) -> bool:
        """At work and without the key: a colleague can hand it on."""
        return self.at_work and not self.holds_key


def bodies(actor: Actor) -> QuerySet[Organisation]:
    """Every body with what belongs to it, for whoever runs the node. Raises Refused."""
    access.require(actor, "account.list")
    return Organisation.objects.prefetch_related("mandates", "desks", "services", "memberships")


def body(actor: Actor, organisation_id: UUID | None) -> Organisation:
    """A body that the actor runs or works for. Raises Refused, the same for one that does not exist."""
    access.require(actor, "account.list", organisation_id)
    found = Organisation.objects.filter(pk=organisation_id).first()
    if found is None:
        raise Refused(act="account.list")
    return found


def colleagues(actor: Actor, organisation: Organisation) -> list[Colleague]:
    """Everybody who is or was at work in a body, those who are first. Raises Refused."""
    access.require(actor, "account.list", organisation.pk)
    today = timezone.localdate()
    with_key = set(KeeperMember.objects.filter(keeper_id=organisation.pk).values_list("user_id", flat=True))
    found = [
        Colleague(
            membership=one,
            holds_key=one.user_id in with_key,
            at_work=one.user.is_active and one.since <= today and (one.until is None or one.until >= today),
        )
        for one in organisation.memberships.select_related("user").order_by("user__full_name")
    ]
    return sorted(found, key=lambda colleague: not colleague.at_work)


def colleague(actor: Actor, membership_id: int) -> Membership:
    """One place in a body that the actor runs or works for. Raises Refused, the same for one that does not exist."""
    found = Membership.objects.select_related("user", "organisation").filter(pk=membership_id).first()
    access.require(actor, "account.list", found.organisation_id if found else None)
    if found is None:
        raise Refused(act="account.list")
    return found
