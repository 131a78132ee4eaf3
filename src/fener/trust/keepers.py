"""Keepers' keys, and which people have a way to them: made with a body, handed on by whoever holds them, taken away.

A keeper's private key is only ever handed on by somebody who holds it, and nothing is left without a keeper. Which body
a keeper is, and who may decide about it, is the network's matter.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.trust import audit, keys, policy
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Locked, NotGranted
from fener.trust.models import Keeper, KeeperMember, User
from fener.trust.policy import Relationship as R

LAST_MEMBER = _(
    "This is the last person who can open what the organisation keeps. Give somebody else access first, "
    "otherwise everything sealed would be lost."
)


@transaction.atomic
def create_keeper(*, actor: Actor, first_member: User, keeper_id: UUID | None = None) -> Keeper:
    """Make a body's key pair and the key of its name index; the private key goes to its first member alone.

    Raises Refused.
    """
    keeper, _private = make_keeper(actor=actor, first_member=first_member, keeper_id=keeper_id)
    return keeper


def make_keeper(*, actor: Actor, first_member: User, keeper_id: UUID | None = None) -> tuple[Keeper, keys.PrivateKey]:
    """As ``create_keeper``, with the private key at hand for who wraps it once more (``custody.printed``)."""
    policy.require(actor, "account.create_keeper", R.NODE)
    keeper_id = keeper_id or uuid.uuid4()
    private = keys.PrivateKey.generate()
    public = private.public()
    sealed_index_key = keys.seal_to(public, keys.new_data_key(), bound_to=keys.index_key_context(keeper_id))
    keeper = Keeper.objects.create(id=keeper_id, public_key=public.raw, sealed_index_key=sealed_index_key)
    hand_on(keeper_id, private, first_member)
    audit.record(
        actor=actor,
        act="keeper.create",
        chain=("keeper", keeper_id),
        subject_type="keeper",
        subject_id=keeper_id,
        detail={"first_member": str(first_member.id)},
    )
    return keeper, private


@transaction.atomic
def add_member_key(*, actor: Actor, keeper_id: UUID, user: User) -> KeeperMember:
    """Seal the keeper's private key to one more person. The actor must hold it: Locked without an unlocked session,
    NotGranted for somebody who is no member."""
    if actor.keyring is None:
        raise Locked
    try:
        private = actor.keyring.keeper_private(keeper_id)
    except keys.DoesNotOpen as error:
        raise NotGranted from error
    member = hand_on(keeper_id, private, user)
    _record_member(actor, "account.grant_key", keeper_id, user)
    return member


@transaction.atomic
def remove_member_key(*, actor: Actor, keeper_id: UUID, user: User) -> None:
    """Take a person's way to the keeper's key away. Raises InvalidInput for the last one: all would be lost."""
    members = KeeperMember.objects.select_for_update().filter(keeper_id=keeper_id)
    if not members.exclude(user=user).filter(user__is_active=True).exists():
        raise InvalidInput({"": LAST_MEMBER})
    if members.filter(user=user).delete()[0]:
        # Whoever held the key may have kept it: only new keys shut them out of what is to come.
        Keeper.objects.filter(pk=keeper_id, rotation_due_since=None).update(rotation_due_since=timezone.now())
    _record_member(actor, "account.revoke_key", keeper_id, user)


def is_last_holder(*, keeper_id: UUID, user: User, without: Iterable[UUID] = ()) -> bool:
    """Whether nobody but this person (and those in ``without``) could open what the keeper keeps."""
    holders = KeeperMember.objects.filter(keeper_id=keeper_id)
    if not holders.filter(user=user).exists():
        return False
    return not holders.filter(user__is_active=True).exclude(user=user).exclude(user_id__in=list(without)).exists()


def hand_on(keeper_id: UUID, private: keys.PrivateKey, user: User) -> KeeperMember:
    """Seal a keeper's private key to somebody. Only for acts that were allowed and are recorded by the caller."""
    sealed = keys.seal_to(bytes(user.public_key), private.raw, bound_to=keys.member_context(keeper_id, user.id))
    member, _made = KeeperMember.objects.update_or_create(
        keeper_id=keeper_id, user=user, defaults={"sealed_private_key": sealed}
    )
    return member


def _record_member(actor: Actor, act: str, keeper_id: UUID, user: User) -> None:
    audit.record(actor=actor, act=act, chain=("keeper", keeper_id), subject_type="user", subject_id=user.id)
