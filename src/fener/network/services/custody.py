"""Custody of a body's keys, where it takes knowing who is at work there. The rest is in ``trust.custody``."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.network import access
from fener.network.models import Membership
from fener.trust import accounts, audit
from fener.trust.actor import ANONYMOUS, Actor
from fener.trust.custody import custodians, printed, recovery, rotation
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import AccountRecovery, Custodian, KeyRotation, User
from fener.trust.standing import node_level


def name_custodian(*, actor: Actor, user_id: UUID) -> Custodian:
    """A colleague who is at work and holds the key watches over it from now on. Raises Refused, InvalidInput."""
    return custodians.name_custodian(actor=actor, user=_colleague(actor, "custody.custodian.name", user_id))


def release_custodian(*, actor: Actor, user_id: UUID) -> None:
    """Raises Refused."""
    keeper_id = custodians.require(actor, "custody.custodian.release")
    found = User.objects.filter(custodies__keeper_id=keeper_id, pk=user_id).first()
    if found is None:
        raise Refused(act="custody.custodian.release")
    custodians.release_custodian(actor=actor, user=found)


def ask_for_recovery(*, username: str) -> None:
    """Somebody who is not signed in asks to be let back in. Says nothing about whether there is such an account."""
    with node_level(reason="whoever asks is nobody yet"), transaction.atomic():
        place = _place_of(username)
        if place is not None:
            recovery.ask(user=place.user, keeper_id=place.organisation_id)
        else:
            # As much work, and something to look at for whoever watches over guessing.
            audit.refusal(actor=ANONYMOUS, act="custody.recovery.file", subject_type="user")


def file_recovery(*, actor: Actor, membership: Membership) -> AccountRecovery:
    """A colleague asked to be let back in. Raises Refused, InvalidInput."""
    access.require(actor, "account.list", membership.organisation_id)
    return recovery.file(actor=actor, user=_colleague(actor, "custody.recovery.file", membership.user_id))


def complete_recovery(*, username: str, codes: list[str], new_password: str) -> accounts.NewAccount:
    """The person, with the codes of two custodians. Raises InvalidInput."""
    with node_level(reason="whoever comes with two codes is nobody yet"):
        return recovery.complete(username=username, codes=codes, new_password=new_password)


def recover_with_organisation_code(*, username: str, code: str, new_password: str) -> accounts.NewAccount:
    """A member who is at work, with the organisation's printed code. Raises InvalidInput."""
    with node_level(reason="whoever comes with the organisation's code is nobody yet"):
        place = _place_of(username)
        return printed.recover_with_code(
            user=place.user if place else None,
            keeper_id=place.organisation_id if place else None,
            code=code,
            new_password=new_password,
        )


def begin_rotation(*, actor: Actor) -> KeyRotation:
    """New keys for the actor's body and for everybody at work there who holds them. Raises Refused, Locked."""
    custodians.require(actor, "custody.rotation.begin")
    return rotation.begin(actor=actor, remain=at_work(actor.keeper_id))


def at_work(organisation_id: UUID | None) -> set[UUID]:
    """The people at work in a body today, with an account that is open."""
    today = timezone.localdate()
    found = Membership.objects.filter(organisation_id=organisation_id, since__lte=today, user__is_active=True)
    return set(found.filter(Q(until=None) | Q(until__gte=today)).values_list("user_id", flat=True))


def _colleague(actor: Actor, act: str, user_id: UUID) -> User:
    custodians.require(actor, act)
    found = User.objects.filter(memberships__organisation_id=actor.keeper_id, pk=user_id).first()
    if found is None:
        raise Refused(act=act)
    if found.pk not in at_work(actor.keeper_id):
        raise InvalidInput({"": _("This person is not at work here today.")})
    return found


def _place_of(username: str) -> Membership | None:
    """Where the person with that user name is at work today; the same place as when they sign in."""
    today = timezone.localdate()
    found = Membership.objects.filter(
        user__username=accounts.folded(username), user__is_active=True, since__lte=today
    ).filter(Q(until=None) | Q(until__gte=today))
    return found.select_related("user").order_by("since", "pk").first()
