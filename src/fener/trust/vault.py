"""The vault: sealed items, who has a key to them, and opening them.

Each item has a random data key of its own; a *grant* is that key sealed to a keeper. Sealing and rewriting need public
keys only, so whoever receives information can put it away without being able to read it again. Opening needs three
things at once: an unlocked keyring of a member of the keeper, a grant, and a ground for the grant that is alive now
(the keeper is the holder itself, or a consent that is neither withdrawn nor past its date, or a confirmed override).

The vault is the last fence and not the first: rooms ask the policy before they come here. What it adds is independent
of roles and relationships, except that roles which never open anything are refused here once more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from fener.trust import audit, holding, keys, pace
from fener.trust import consent as consents
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, Locked, NotGranted, SessionRuns, StaleEdit
from fener.trust.models import Consent, DisclosureOverride, ItemGrant, Keeper, SealedItem
from fener.trust.policy import ENDS_SESSION
from fener.trust.roles import NEVER_OPENS
from fener.trust.standing import node_level

Content = dict[str, Any]
# The length of a name or of a story says something too: plaintext is filled up to the next multiple of this.
PAD_TO = 256
# Row-level security shows somebody their own keeper's keys; handing on and taking away is about those of others.
EVERY_KEY = "the keys of an item, whoever holds them"


@node_level(reason=EVERY_KEY)
@transaction.atomic
def seal(
    *,
    actor: Actor,
    subject_id: UUID,
    compartment: Compartment,
    content: Mapping[str, Any],
    for_keepers: Iterable[UUID],
    slot: str = "main",
    consent: Consent | None = None,
) -> SealedItem:
    """Put ``content`` (JSON values) away for the keepers that hold it in their own right. Needs no key.

    With ``consent``, for its one recipient on that ground: what somebody takes down for another organisation, cannot
    read again, and that organisation can open until the consent ends. Raises AlreadyDone if the slot is taken (rewrite
    it instead), NotGranted if the consent does not cover it. Others get in by ``grant``, on a consent.
    """
    wanted = set(for_keepers)
    holders = holding.keepers_to_seal_to(wanted)
    if not holders or set(holders) != wanted:
        raise NotGranted  # sealed to nobody would be lost at once
    if SealedItem.objects.filter(subject_id=subject_id, compartment=compartment, slot=slot).exists():
        raise AlreadyDone
    item = SealedItem(subject_id=subject_id, compartment=compartment, slot=slot, version=1, created_by_id=actor.user_id)
    if consent is not None and not all(
        _covers(item, keeper, consent, None) and _ground_is_live(consent, None, timezone.now()) for keeper in holders
    ):
        raise NotGranted
    data_key = _encrypt_into(item, content)
    item.save(force_insert=True)
    ItemGrant.objects.bulk_create(_grant_row(item, keeper, data_key, consent=consent) for keeper in holders.values())
    return item


@node_level(reason=EVERY_KEY)
@transaction.atomic
def rewrite(
    *, actor: Actor, item: SealedItem, content: Mapping[str, Any], expected_version: int | None = None
) -> SealedItem:
    """Replace the content by a new version under a new data key, for the keepers whose grant is alive now.

    Raises NotGranted if the actor's keeper is not among them, StaleEdit if ``expected_version`` is not the current one.
    """
    item = SealedItem.objects.select_for_update().get(pk=item.pk)
    now = timezone.now()
    grants = [grant for grant in _grants(item) if has_live_ground(grant, now)]
    if actor.keeper_id not in {grant.keeper_id for grant in grants if grant.in_force}:
        raise NotGranted
    if expected_version is not None and expected_version != item.version:
        raise StaleEdit(current=item.version)
    item.version += 1
    data_key = _encrypt_into(item, content)
    item.save()
    keepers = holding.keepers_to_seal_to(old.keeper_id for old in grants)
    ItemGrant.objects.filter(item=item).delete()
    ItemGrant.objects.bulk_create(
        _grant_row(
            item,
            keepers[old.keeper_id],
            data_key,
            consent=old.consent,
            override=old.override,
            in_force=old.in_force,
        )
        for old in grants
    )
    return item


def open_item(*, actor: Actor, item: SealedItem, purpose: str) -> Content:
    """Read one item. Writes the audit entry of the read in the same transaction; see ``open_items``."""
    return open_items(actor=actor, items=[item], purpose=purpose)[item.pk]


@transaction.atomic
def open_items(*, actor: Actor, items: Sequence[SealedItem], purpose: str) -> dict[UUID, Content]:
    """Read several items of one subject: all or none. One audit entry names each of them, and holds no content.

    Raises Locked without an unlocked session; NotGranted if a live grant is missing or a ciphertext does not fit its
    place.
    """
    if not items:
        return {}
    held, keeper_id = _keeper_key(actor)
    now = timezone.now()
    grants = {
        grant.item_id: grant
        for grant in _all_grants().filter(item__in=[item.pk for item in items], keeper_id=keeper_id)
    }
    opened: dict[UUID, Content] = {}
    for item in items:
        grant = grants.get(item.pk)
        if grant is None or not is_live(grant, now):
            raise NotGranted
        opened[item.pk] = _decrypt(item, _data_key(item, grant, held))
    for subject_id in {item.subject_id for item in items}:
        pace.note(actor=actor, pace=pace.Pace.CASES, subject_id=subject_id)
        read = [item for item in items if item.subject_id == subject_id]
        audit.record(
            actor=actor,
            act="item.open",
            chain=("case", subject_id),
            subject_type="sealed_item",
            subject_id=read[0].pk if len(read) == 1 else None,
            purpose=purpose,
            detail={"items": [_described(item) for item in read], "grounds": _grounds(grants[i.pk] for i in read)},
        )
    return opened


@node_level(reason=EVERY_KEY)
@transaction.atomic
def grant(
    *,
    actor: Actor,
    item: SealedItem,
    keeper_id: UUID,
    consent: Consent | None = None,
    override: DisclosureOverride | None = None,
    in_force: bool = True,
) -> ItemGrant:
    """Hand the data key of one item on to another keeper, on a living consent (or a confirmed override) that names that
    keeper and this compartment. The actor must be able to open the item. Raises Locked, NotGranted.

    ``in_force`` False lays the key ready for an offer that is not accepted yet: only a member of this keeper could seal
    it, and whoever accepts later has no key to do so. It opens nothing before ``put_in_force``.
    """
    now = timezone.now()
    if not _covers(item, keeper_id, consent, override) or not _ground_is_live(consent, override, now):
        raise NotGranted
    held, own_id = _keeper_key(actor)
    own = _grants(item).filter(keeper_id=own_id).first()
    if own is None or not is_live(own, now):
        raise NotGranted
    already = _grants(item).filter(keeper_id=keeper_id).first()
    if already is not None and already.consent_id is None and already.override_id is None:
        return already  # holds it in its own right; a consent must not turn that into something that can lapse
    if already is not None and not in_force and is_live(already, now):
        return already  # can open it already on another ground; an offer must not take that away
    row = _grant_row(
        item,
        holding.keepers_to_seal_to([keeper_id])[keeper_id],
        _data_key(item, own, held),
        consent=consent,
        override=override,
        in_force=in_force,
    )
    ItemGrant.objects.filter(item=item, keeper_id=keeper_id).delete()
    row.save(force_insert=True)
    _record_disclosure(
        actor, "item.grant", item, {"keeper": str(keeper_id), "grounds": _grounds([row]), "in_force": in_force}
    )
    return row


@node_level(reason=EVERY_KEY)
@transaction.atomic
def put_in_force(
    *,
    actor: Actor,
    subject_id: UUID,
    keeper_id: UUID,
    consent: Consent | None = None,
    override: DisclosureOverride | None = None,
) -> int:
    """The offer was accepted: the keys that were laid ready for this keeper on this ground open from now on; how many.

    Needs no key. Raises NotGranted if the ground is not alive any more.
    """
    if (consent is None) == (override is None) or not _ground_is_live(consent, override, timezone.now()):
        raise NotGranted
    ready = _all_grants().filter(
        item__subject_id=subject_id, keeper_id=keeper_id, consent=consent, override=override, in_force=False
    )
    count = 0
    for row in ready.select_related("item"):
        row.in_force = True
        row.save(update_fields=["in_force"])
        _record_disclosure(actor, "item.grant", row.item, {"keeper": str(keeper_id), "grounds": _grounds([row])})
        count += 1
    return count


@node_level(reason=EVERY_KEY)
@transaction.atomic
def put_out_of_force(
    *,
    actor: Actor,
    item: SealedItem,
    keeper_id: UUID,
    consent: Consent | None = None,
    override: DisclosureOverride | None = None,
) -> bool:
    """A keeper's key to one item goes back to lie ready for an offer on another ground: it opens nothing before
    ``put_in_force``. False for a keeper that has none, or holds the item in its own right. Raises NotGranted.
    """
    if not _covers(item, keeper_id, consent, override) or not _ground_is_live(consent, override, timezone.now()):
        raise NotGranted
    own_right = Q(consent=None, override=None)
    lent = ItemGrant.objects.filter(item=item, keeper_id=keeper_id).exclude(own_right)
    changed = lent.update(consent=consent, override=override, in_force=False)
    if changed:
        _record_disclosure(actor, "item.revoke", item, {"keeper": str(keeper_id), "ready": True})
    return bool(changed)


@node_level(reason=EVERY_KEY)
@transaction.atomic
def revoke(*, actor: Actor, item: SealedItem, keeper_id: UUID) -> bool:
    """Take a keeper's key to one item away. The next rewrite uses a key that it never had. False if it had none."""
    removed, _each = ItemGrant.objects.filter(item=item, keeper_id=keeper_id).delete()
    if removed:
        _record_disclosure(actor, "item.revoke", item, {"keeper": str(keeper_id)})
    return bool(removed)


@node_level(reason=EVERY_KEY)
@transaction.atomic
def revoke_consent(consent: Consent) -> int:
    """Delete every key that was handed out on this consent; returns how many. The withdrawal is the audited act."""
    removed, _each = ItemGrant.objects.filter(consent=consent).delete()
    return removed


def seal_anew(grant: ItemGrant, keeper: Keeper, held: keys.KeeperKeys) -> None:
    """Seal a grant's data key to the key that the keeper has now; the caller stores the row. Nothing is decrypted.

    Raises NotGranted for a data key that none of the keeper's keys opens.
    """
    data_key = _data_key(grant.item, grant, held)
    grant.sealed_data_key = keys.seal_to(
        bytes(keeper.public_key), data_key, bound_to=_grant_context(grant.item, keeper.pk)
    )
    grant.key_generation = keeper.key_generation


def may_open(actor: Actor, item: SealedItem, now: datetime) -> bool:
    """Whether ``open_item`` would find a living grant, without opening and without writing. A locked session may, too.

    Costs no query if the item came through ``with_grants``.
    """
    if not actor.roles - NEVER_OPENS:
        return False
    return any(grant.keeper_id == actor.keeper_id and is_live(grant, now) for grant in item.grants.all())


def with_grants(items: QuerySet[SealedItem]) -> QuerySet[SealedItem]:
    """The same items, with their grants and the grants' grounds fetched in one more query."""
    return items.prefetch_related(Prefetch("grants", queryset=_all_grants()))


@node_level(reason=EVERY_KEY)
def live_keepers(*, subject_id: UUID, compartment: Compartment, now: datetime) -> set[UUID]:
    """The keepers that can open something of this compartment now: who else must get what is sealed anew beside it."""
    rows = _all_grants().filter(item__subject_id=subject_id, item__compartment=compartment)
    return {grant.keeper_id for grant in rows if is_live(grant, now)}


def is_live(grant: ItemGrant, now: datetime) -> bool:
    """Whether a grant opens now: in force, and its ground is alive."""
    return grant.in_force and has_live_ground(grant, now)


def has_live_ground(grant: ItemGrant, now: datetime) -> bool:
    """Whether the ground of a grant is alive: own right, living consent, or confirmed override within its time."""
    if grant.consent_id is None and grant.override_id is None:
        return True
    return _ground_is_live(grant.consent, grant.override, now)


def _ground_is_live(consent: Consent | None, override: DisclosureOverride | None, now: datetime) -> bool:
    if consent is not None:
        return consents.is_live(consent, now)
    return override is not None and consents.override_is_live(override, now)


def _covers(item: SealedItem, keeper_id: UUID, consent: Consent | None, override: DisclosureOverride | None) -> bool:
    if (consent is None) == (override is None):
        return False
    ground: Consent | DisclosureOverride | None = consent or override
    return (
        ground is not None
        and ground.subject_id == item.subject_id
        and ground.recipient_id == keeper_id
        and item.compartment in ground.compartments
    )


def _keeper_key(actor: Actor) -> tuple[keys.KeeperKeys, UUID]:
    if not actor.roles - NEVER_OPENS or actor.keeper_id is None:
        raise NotGranted
    if actor.elevation is not None:
        raise SessionRuns(ENDS_SESSION, act="item.open", hidden=False)
    if actor.keyring is None:
        raise Locked
    try:
        return actor.keyring.keeper_keys(actor.keeper_id), actor.keeper_id
    except keys.DoesNotOpen as error:
        raise NotGranted from error


def _all_grants() -> QuerySet[ItemGrant]:
    return ItemGrant.objects.select_related("keeper", "consent", "override")


def _grants(item: SealedItem) -> QuerySet[ItemGrant]:
    return _all_grants().filter(item=item)


def _place(item: SealedItem) -> tuple[str, ...]:
    return str(item.subject_id), str(item.compartment), item.slot, str(item.version)


def _encrypt_into(item: SealedItem, content: Mapping[str, Any]) -> bytes:
    data_key = keys.new_data_key()
    plaintext = json.dumps(dict(content), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    # JSON may end in blanks, so filling up needs no format of its own.
    plaintext = plaintext.ljust(-(-len(plaintext) // PAD_TO) * PAD_TO, b" ")
    item.ciphertext = keys.encrypt(data_key, plaintext, bound_to=keys.context("fener", "item", *_place(item)))
    return data_key


def _decrypt(item: SealedItem, data_key: bytes) -> Content:
    try:
        raw = keys.decrypt(data_key, bytes(item.ciphertext), bound_to=keys.context("fener", "item", *_place(item)))
    except keys.DoesNotOpen as error:
        raise NotGranted from error
    content: Content = json.loads(raw.decode("utf-8", "surrogatepass"))
    return content


def _grant_row(
    item: SealedItem,
    keeper: Keeper,
    data_key: bytes,
    *,
    consent: Consent | None = None,
    override: DisclosureOverride | None = None,
    in_force: bool = True,
) -> ItemGrant:
    sealed = keys.seal_to(bytes(keeper.public_key), data_key, bound_to=_grant_context(item, keeper.pk))
    return ItemGrant(
        item=item,
        keeper=keeper,
        sealed_data_key=sealed,
        key_generation=keeper.key_generation,
        consent=consent,
        override=override,
        in_force=in_force,
    )


def _data_key(item: SealedItem, grant: ItemGrant, held: keys.KeeperKeys) -> bytes:
    try:
        private = held.of(grant.key_generation)
        return keys.open_sealed(private, bytes(grant.sealed_data_key), bound_to=_grant_context(item, grant.keeper_id))
    except keys.DoesNotOpen as error:
        raise NotGranted from error


def _grant_context(item: SealedItem, keeper_id: UUID) -> bytes:
    return keys.context("fener", "data-key", item.pk, *_place(item), keeper_id)


def _described(item: SealedItem) -> str:
    return f"{item.compartment}/{item.slot}/{item.version}"


def _grounds(grants: Iterable[ItemGrant]) -> list[str]:
    told = {
        f"consent:{g.consent_id}" if g.consent_id else f"override:{g.override_id}" if g.override_id else "holder"
        for g in grants
    }
    return sorted(told)


def _record_disclosure(actor: Actor, act: str, item: SealedItem, detail: dict[str, Any]) -> None:
    audit.record(
        actor=actor,
        act=act,
        chain=("case", item.subject_id),
        subject_type="sealed_item",
        subject_id=item.pk,
        detail={"item": _described(item), **detail},
    )
