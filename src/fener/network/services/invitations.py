"""Invitations: an account whose password nobody but its holder has ever seen.

Whoever looks after a body's accounts makes an invitation and hands its code over on paper or by voice. The person types
the code, chooses user name and password, and gets the recovery code; a colleague who holds the body's key then hands it
on. A new body is set up in the same way: whoever runs the node invites its first person, and the body with its keys
comes into being when that person takes the invitation up, so that nobody outside ever holds them.

A code that expired, was used, was taken back or never existed gets one and the same answer.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.network import access
from fener.network.models import Invitation, Membership, Organisation
from fener.network.services import people
from fener.network.services.bodies import check, create_organisation
from fener.trust import accounts, audit, keys
from fener.trust.actor import SYSTEM, Actor
from fener.trust.errors import InvalidInput
from fener.trust.roles import Role
from fener.trust.signing_in.secrets import fingerprint

GROUPS, GROUP = 4, 4  # 80 bits: cannot be tried out, and can be read aloud
NAMES_KEPT = timedelta(days=30)
NOT_LIVING = _(
    "This code opens nothing. It may be mistyped, used already, taken back or too old: type it again, and if it still "
    "does not work, ask whoever gave it to you for a new one."
)


@dataclass(frozen=True)
class Invited:
    """An invitation and its code, which is shown once and stored nowhere."""

    invitation: Invitation
    code: str = field(repr=False)


@dataclass(frozen=True)
class TakenUp:
    """A new account at its place, and the code that recovers it, shown once."""

    membership: Membership
    recovery_code: str = field(repr=False)


@transaction.atomic
def invite(
    *, actor: Actor, organisation: Organisation, full_name: str, roles: Iterable[Role | str], since: date
) -> Invited:
    """Expect somebody at the body. Raises Refused, InvalidInput."""
    access.require(actor, "account.create", organisation.pk)
    given = people.roles_of(roles)
    people.check_may_give(actor, given, organisation=organisation)
    people.check_together(given)
    invited = _make(actor, full_name, given, since, organisation=organisation)
    _keep(actor, "invitation.make", invited.invitation)
    return invited


@transaction.atomic
def invite_body(
    *, actor: Actor, body: dict[str, Any], full_name: str, roles: Iterable[Role | str], since: date
) -> Invited:
    """Expect a new body: the invitation of its first person, who looks after its accounts from then on.

    ``body`` has the fields of Organisation. Raises Refused, InvalidInput.
    """
    access.require(actor, "network.organisation.create")
    given = people.roles_of({*roles, Role.ORGANISATION_ADMIN})
    people.check_may_give(actor, given, new_body=True)
    people.check_together(given)
    check(Organisation(**body), exclude=["keeper"])
    invited = _make(actor, full_name, given, since, body=body)
    _keep(actor, "invitation.make", invited.invitation)
    return invited


@transaction.atomic
def revoke(*, actor: Actor, invitation: Invitation) -> None:
    """Take an invitation back, as long as nobody took it up. Raises Refused."""
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    ways = access.looking_after(found.organisation_id, found.roles)
    access.require(actor, *next((way for way in ways if access.may(actor, *way)), ways[0]))
    if found.used_at is None and found.revoked_at is None:
        found.revoked_at, found.full_name = timezone.now(), ""  # nobody was let in: no name is needed any more
        found.save(update_fields=["revoked_at", "full_name"])
        _keep(actor, "invitation.revoke", found)


def forget_names(at: datetime) -> int:
    """Names of people who were expected and never came, a month after their invitation ran out. A job."""
    old = Invitation.objects.filter(used_at=None, expires_at__lt=at - NAMES_KEPT).exclude(full_name="")
    return old.update(full_name="")


def find(*, code: str, at: datetime) -> Invitation:
    """The living invitation behind a typed code. Raises InvalidInput. Whoever calls this counts the attempts."""
    found = Invitation.objects.filter(code_hash=_hash(code)).select_related("organisation").first()
    if found is None or not living(found, at) or not _maker_is_there(found, at):
        raise InvalidInput({"code": NOT_LIVING})
    return found


def living(invitation: Invitation, at: datetime) -> bool:
    """Whether it can still be taken up."""
    return invitation.used_at is None and invitation.revoked_at is None and invitation.expires_at > at


def _maker_is_there(invitation: Invitation, at: datetime) -> bool:
    """Whether whoever made it still has an open account and works somewhere: what was handed out before somebody was
    sent away must not lead back in. An invitation by the command line has no maker.
    """
    if invitation.made_by_id is None:
        return True
    today = timezone.localdate(at)
    places = Membership.objects.filter(user_id=invitation.made_by_id, user__is_active=True)
    return any(people.in_force(one, today) for one in places)


@transaction.atomic
def take_up(*, invitation_id: UUID, username: str, password: str, language: str = "") -> TakenUp:
    """The account of the person who was invited, at its place; of a new body also the body and its keys.

    Raises InvalidInput: the invitation does not live any more, the user name is taken, the password is weak.
    """
    now = timezone.now()
    invitation = Invitation.objects.select_for_update().filter(pk=invitation_id).first()
    if invitation is None or not living(invitation, now) or not _maker_is_there(invitation, now):
        raise InvalidInput({"": NOT_LIVING})
    account = accounts.create_user(
        actor=SYSTEM, username=username, full_name=invitation.full_name, password=password, language=language
    )
    organisation = invitation.organisation
    if organisation is None:
        keeper = accounts.create_keeper(actor=SYSTEM, first_member=account.user)
        organisation = create_organisation(actor=SYSTEM, keeper=keeper, **invitation.body)
        invitation.organisation = organisation
    roles = people.roles_of(invitation.roles)
    membership = people.join(SYSTEM, organisation, account.user, roles, invitation.since)
    invitation.used_at, invitation.used_by = now, account.user
    invitation.save(update_fields=["organisation", "used_at", "used_by"])
    _keep(Actor(user_id=account.user.pk), "invitation.take_up", invitation)
    return TakenUp(membership, account.recovery_code)


def _make(actor: Actor, full_name: str, roles: set[Role], since: date, **of: Any) -> Invited:
    if not full_name.strip():
        raise InvalidInput({"full_name": _("Enter the name that colleagues know this person by.")})
    code = "-".join("".join(secrets.choice(keys.CODE_SIGNS) for _i in range(GROUP)) for _g in range(GROUPS))
    now = timezone.now()
    made = Invitation.objects.create(
        full_name=full_name.strip(),
        roles=people.codes_of(roles),
        since=since,
        code_hash=_hash(code),
        made_by_id=actor.user_id,
        made_at=now,
        expires_at=now + timedelta(days=settings.FENER_INVITATION_DAYS),
        **of,
    )
    return Invited(made, code)


def _hash(code: str) -> str:
    return fingerprint("invitation", keys.typed_recovery_code(code))


def _keep(actor: Actor, act: str, invitation: Invitation) -> None:
    chain = audit.NODE if invitation.organisation_id is None else ("keeper", invitation.organisation_id)
    detail = {"roles": invitation.roles, "by": invitation.made_by_id}
    audit.record(actor=actor, act=act, chain=chain, subject_type="invitation", subject_id=invitation.pk, detail=detail)
