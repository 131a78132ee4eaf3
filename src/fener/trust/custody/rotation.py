"""New keys for an organisation, so that whoever left opens nothing that is written or granted from now on.

Beginning takes one transaction: a new key pair, sealed to those who remain; the old private key, sealed to the new one,
so that nothing is unreadable while the data keys are sealed anew. That is long work, in portions of one transaction
each; it can be left and gone on with by any custodian, and meanwhile everybody works as usual, with what is new sealed
to the new key. With the last portion the old private key is destroyed.

The key of the blind name index stays the same and is sealed anew: without the names (which no job has) its tokens
cannot be made again. Somebody who left and kept the open index key *and* gets hold of the database can still ask
whether a name is in it; they can read nothing. See docs/decisions/0018-custody.md.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.trust import audit, holding, keys, vault
from fener.trust.actor import Actor
from fener.trust.custody import custodians, printed, recovery
from fener.trust.custody.notices import notify_custodians
from fener.trust.errors import InvalidInput, Locked, NotGranted, Refused
from fener.trust.models import ItemGrant, Keeper, KeeperMember, KeyRotation

PORTION = 100  # a fraction of a second: nobody who writes waits longer


@transaction.atomic
def begin(*, actor: Actor, remain: Collection[UUID]) -> KeyRotation:
    """Exchange the key pair of the actor's body. ``remain``: the people who keep their way to it (by their user ids).

    Raises Refused, Locked, NotGranted; InvalidInput while an earlier exchange is not finished, and for a list without
    the actor, who could not go on then.
    """
    keeper_id = custodians.require(actor, "custody.rotation.begin")
    keeper = holding.keeper_to_exchange(keeper_id)
    if KeyRotation.objects.filter(keeper=keeper, finished_at=None).exists():
        raise InvalidInput({"": _("An exchange of keys is under way already. Go on with that one first.")})
    if actor.user_id not in remain:
        raise InvalidInput({"": _("You would lose the key yourself. Ask another custodian to do this.")})
    old, index_key = _held(actor, keeper_id)
    if old.current.public().raw != bytes(keeper.public_key):
        raise NotGranted  # a key that is not the keeper's would leave everything unreadable
    new = keys.PrivateKey.generate()
    gone = _seal_to_members(keeper_id, new, remain)
    rotation = KeyRotation.objects.create(
        keeper=keeper,
        generation=keeper.key_generation + 1,
        begun_at=timezone.now(),
        begun_by_id=actor.user_id,
        total=ItemGrant.objects.filter(keeper=keeper).count(),
    )
    _exchange(keeper, old.current, new, index_key)
    recovery.without_hand_over(keeper_id)
    code = printed.destroy(keeper_id)
    if actor.keyring is not None:
        actor.keyring.forget(keeper_id)
    detail = {"data_keys": rotation.total, "generation": rotation.generation, "code": code}
    _tell(actor, "custody.rotation.begin", rotation, {**detail, "gone": gone})
    return rotation if rotation.total else step(actor=actor, rotation=rotation)


@transaction.atomic
def step(*, actor: Actor, rotation: KeyRotation, portion: int | None = None) -> KeyRotation:
    """Seal the next portion of data keys to the new key; with the last one the old key is destroyed.

    One transaction. Safe to repeat, by any custodian. Raises Refused, Locked, NotGranted.
    """
    keeper_id = custodians.require(actor, "custody.rotation.begin")
    rotation = KeyRotation.objects.select_for_update().get(pk=rotation.pk)
    if rotation.keeper_id != keeper_id:
        raise Refused(act="custody.rotation.begin")
    if rotation.finished_at is not None:
        return rotation
    keeper = Keeper.objects.get(pk=keeper_id)
    held, _index_key = _held(actor, keeper_id)
    if held.earlier is None or held.generation != rotation.generation:
        raise NotGranted
    portion = portion or PORTION
    waiting = list(_waiting(rotation)[:portion])
    sealed_anew: list[ItemGrant] = []
    unreadable: list[ItemGrant] = []
    for grant in waiting:
        try:
            vault.seal_anew(grant, keeper, held)
        except NotGranted:
            # What the old key does not open is lost already. It stays, and does not stand in the way for ever.
            grant.key_generation = rotation.generation
            unreadable.append(grant)
        else:
            sealed_anew.append(grant)
    for grant in [*sealed_anew, *unreadable]:  # one by one: a bulk update of long values takes four times as long
        changed = {"sealed_data_key": grant.sealed_data_key, "key_generation": grant.key_generation}
        ItemGrant.objects.filter(pk=grant.pk).update(**changed)
    rotation.done += len(sealed_anew)
    rotation.unreadable += len(unreadable)
    rotation.save(update_fields=["done", "unreadable"])
    if len(waiting) < portion:
        _finish(actor, rotation)
    return rotation


def go_on(*, actor: Actor, rotation: KeyRotation, seconds: float) -> KeyRotation:
    """As many portions as fit into that time, at least one. What is done stays done, whatever happens then."""
    until = time.monotonic() + seconds
    rotation = step(actor=actor, rotation=rotation)
    while rotation.finished_at is None and time.monotonic() < until:
        rotation = step(actor=actor, rotation=rotation)
    return rotation


def running(keeper_id: UUID) -> KeyRotation | None:
    """The exchange that is not finished yet."""
    return KeyRotation.objects.filter(keeper_id=keeper_id, finished_at=None).select_related("begun_by").first()


def latest(keeper_id: UUID) -> KeyRotation | None:
    """The last exchange, finished or not."""
    return KeyRotation.objects.filter(keeper_id=keeper_id).select_related("begun_by").order_by("-begun_at").first()


def is_due(keeper_id: UUID) -> Any:
    """Since when somebody outside may know the private key; None if nobody does."""
    return Keeper.objects.filter(pk=keeper_id).values_list("rotation_due_since", flat=True).first()


def _waiting(rotation: KeyRotation) -> QuerySet[ItemGrant]:
    found = ItemGrant.objects.filter(keeper_id=rotation.keeper_id, key_generation__lt=rotation.generation)
    return found.select_related("item").order_by("pk")


def _held(actor: Actor, keeper_id: UUID) -> tuple[keys.KeeperKeys, bytes]:
    if actor.keyring is None:
        raise Locked
    try:
        return actor.keyring.keeper_keys(keeper_id), actor.keyring.index_key(keeper_id)
    except keys.DoesNotOpen as error:
        raise NotGranted from error


def _seal_to_members(keeper_id: UUID, new: keys.PrivateKey, remain: Collection[UUID]) -> list[str]:
    """The new key for each who remains; the others' ways are deleted, and named."""
    gone = []
    for member in KeeperMember.objects.filter(keeper_id=keeper_id).select_related("user").order_by("pk"):
        if member.user_id not in remain or not member.user.is_active:
            gone.append(str(member.user_id))
            member.delete()
            continue
        place = keys.member_context(keeper_id, member.user_id)
        member.sealed_private_key = keys.seal_to(bytes(member.user.public_key), new.raw, bound_to=place)
        member.save(update_fields=["sealed_private_key"])
    return gone


def _exchange(keeper: Keeper, old: keys.PrivateKey, new: keys.PrivateKey, index_key: bytes) -> None:
    place = keys.earlier_key_context(keeper.pk, keeper.key_generation)
    keeper.sealed_earlier_key = keys.seal_to(new.public(), old.raw, bound_to=place)
    keeper.sealed_index_key = keys.seal_to(new.public(), index_key, bound_to=keys.index_key_context(keeper.pk))
    keeper.public_key = new.public().raw
    keeper.key_generation += 1
    keeper.rotation_due_since = None
    keeper.save()


def _finish(actor: Actor, rotation: KeyRotation) -> None:
    Keeper.objects.filter(pk=rotation.keeper_id).update(sealed_earlier_key=None)
    rotation.finished_at = timezone.now()
    rotation.save(update_fields=["finished_at"])
    if actor.keyring is not None:
        actor.keyring.forget(rotation.keeper_id)
    _tell(actor, "custody.rotation.finish", rotation, {"data_keys": rotation.done, "unreadable": rotation.unreadable})


def _tell(actor: Actor, act: str, rotation: KeyRotation, detail: dict[str, Any]) -> None:
    told: dict[str, Any] = {"subject_type": "keeper", "subject_id": rotation.keeper_id, "detail": detail}
    audit.record(actor=actor, act=act, chain=("keeper", rotation.keeper_id), **told)
    notify_custodians(actor=actor, keeper_id=rotation.keeper_id, act=act, **told)
