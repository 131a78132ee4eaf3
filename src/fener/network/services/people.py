"""The people at work in a body: roles, the body's key, the end of work there. Each body looks after its own.

How somebody comes to an account is in ``invitations``, how they leave in ``leaving``. Roles for the node as a whole are
given by whoever runs the node, and are not held together with work on people's files (administration and casework are
two accounts).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.network import access
from fener.network.models import Membership, Organisation
from fener.network.services.bodies import check
from fener.trust import accounts, audit
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from fener.trust.models import User
from fener.trust.roles import FOR_THE_NODE, MEETS_PEOPLE, Role

# They look at what the server does, or at the whole country: not by the same person who runs it.
WATCHES = frozenset({Role.AUDITOR, Role.MECHANISM_COORDINATOR})


@transaction.atomic
def add_member(
    *, actor: Actor, organisation: Organisation, user: User, roles: Iterable[Role], since: date
) -> Membership:
    """Give an account that exists a place and roles. The key is handed on by a member who holds it."""
    access.require(actor, "network.member.add", organisation.pk)
    given = roles_of(roles)
    if not actor.is_system:
        check_may_give(actor, given, organisation=organisation)
    return join(actor, organisation, user, given, since)


@transaction.atomic
def change_roles(*, actor: Actor, membership: Membership, roles: Iterable[Role | str]) -> Membership:
    """Other roles for somebody: those of the body by the body, those for the node as a whole by whoever runs it."""
    current = Membership.objects.select_for_update().select_related("organisation").get(pk=membership.pk)
    wanted, had = roles_of(roles), {Role(role) for role in current.roles}
    if (wanted ^ had) & FOR_THE_NODE:
        access.require(actor, "network.node_role.give")
    if (wanted ^ had) - FOR_THE_NODE:
        access.require(actor, "network.member.change", current.organisation_id)
    if current.user_id == actor.user_id and wanted - had:
        raise InvalidInput({"roles": _("Nobody gives themselves a role. Ask a colleague who may.")})
    check_together(wanted)
    if Role.ORGANISATION_ADMIN in had - wanted:
        check_not_last(current, Role.ORGANISATION_ADMIN)
    if Role.SYSTEM_ADMIN in had - wanted:
        check_not_last(current, Role.SYSTEM_ADMIN)
    current.roles = codes_of(wanted)
    check(current)
    current.save(update_fields=["roles"])
    keep(actor, "network.member.change", current, {"roles": current.roles})
    return current


def hand_on_key(*, actor: Actor, membership: Membership) -> None:
    """Let a colleague open what the body keeps. Raises Refused, Locked, NotGranted, InvalidInput."""
    access.require(actor, "account.grant_key", membership.organisation_id)
    user = membership.user
    if not user.is_active or not in_force(membership, timezone.localdate()):
        raise InvalidInput({"": _("This person is not at work here today.")})
    accounts.add_member_key(actor=actor, keeper_id=membership.organisation_id, user=user)


def take_key(*, actor: Actor, membership: Membership) -> None:
    """Take the way to the body's key from somebody. Raises Refused, InvalidInput for the last one who has it."""
    access.require(actor, "account.revoke_key", membership.organisation_id)
    accounts.remove_member_key(actor=actor, keeper_id=membership.organisation_id, user=membership.user)


@transaction.atomic
def set_account_active(*, actor: Actor, membership: Membership, active: bool) -> None:
    """Close somebody's account (they are signed out at once), or open it again. Raises Refused, InvalidInput."""
    act = "account.activate" if active else "account.deactivate"
    relationship = access.require(actor, act, membership.organisation_id)
    if not active:
        for role in (Role.ORGANISATION_ADMIN, Role.SYSTEM_ADMIN):
            if role in membership.roles:
                check_not_last(membership, role)
    accounts.set_active(actor=actor, relationship=relationship, user=membership.user, active=active)
    keep(actor, act, membership, {})


def in_force(membership: Membership, on: date) -> bool:
    """Whether somebody is at work in the body on that day."""
    return membership.since <= on and (membership.until is None or membership.until >= on)


def roles_of(raw: Iterable[Role | str]) -> set[Role]:
    """The roles behind the codes. Raises InvalidInput for none and for an unknown one."""
    try:
        found = {Role(role) for role in raw}
    except ValueError:
        found = set()
    if not found:
        raise InvalidInput({"roles": _("Choose at least one role.")})
    return found


def codes_of(roles: set[Role]) -> list[str]:
    """As they are stored: in one order."""
    return [role.value for role in Role if role in roles]


def check_may_give(
    actor: Actor, roles: set[Role], *, organisation: Organisation | None = None, new_body: bool = False
) -> None:
    """The node's own roles by whoever runs the node; a body's by the body, but for the first account of it."""
    if roles & FOR_THE_NODE:
        access.require(actor, "network.node_role.give")
    if not new_body and roles - FOR_THE_NODE:
        access.require(actor, "network.member.add", organisation.pk if organisation else None)


def check_together(roles: set[Role]) -> None:
    """Raises InvalidInput for roles that one account must not hold at once."""
    if Role.SYSTEM_ADMIN in roles and roles & WATCHES:
        raise InvalidInput({"roles": _("Whoever runs the server does not watch over it as well. Make two accounts.")})
    if roles & FOR_THE_NODE and roles & MEETS_PEOPLE:
        raise InvalidInput(
            {
                "roles": _(
                    "Whoever runs, watches or counts for the whole mechanism does not work with people's files. "
                    "Make two accounts."
                )
            }
        )


def check_not_last(membership: Membership, role: Role) -> None:
    """A body keeps somebody who looks after its accounts, a node somebody who runs it."""
    others = Membership.objects.exclude(pk=membership.pk).filter(user__is_active=True)
    if role is Role.ORGANISATION_ADMIN:
        others = others.filter(organisation_id=membership.organisation_id)
    today = timezone.localdate()
    if not any(role in other.roles and in_force(other, today) and other.until is None for other in others):
        text = _("Nobody else has the role “%(role)s”. Give it to somebody first.") % {"role": role.label}
        raise InvalidInput({"": text})


def join(actor: Actor, organisation: Organisation, user: User, roles: set[Role], since: date) -> Membership:
    """Store a place in a body. What may be given was decided before."""
    if not actor.is_system:  # a node's first account begins with everything that its first hours need
        check_together(roles)
    membership = Membership(organisation=organisation, user=user, roles=codes_of(roles), since=since)
    check(membership)
    membership.save()
    keep(actor, "network.member.add", membership, {"roles": membership.roles})
    return membership


def keep(actor: Actor, act: str, membership: Membership, detail: dict[str, Any]) -> None:
    """Append to the body's chain."""
    audit.record(
        actor=actor,
        act=act,
        chain=("keeper", membership.organisation_id),
        subject_type="user",
        subject_id=membership.user_id,
        detail=detail,
    )
