"""New keys for an organisation: whoever left opens nothing that is written or granted from then on."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from fener.trust import accounts, keys, search, vault
from fener.trust.compartments import Compartment
from fener.trust.custody import notices, printed, rotation
from fener.trust.errors import InvalidInput, Locked, NotGranted, Refused
from fener.trust.models import AuditEntry, Custodian, ItemGrant, Keeper, KeeperMember, KeyRotation, SealedItem
from fener.trust.roles import Role
from tests.trust.people import PASSWORD, Person, make_person

pytestmark = pytest.mark.django_db


def custodian(person: Person, ngo: Keeper) -> Person:
    Custodian.objects.create(keeper=ngo, user=person.user, since=timezone.now())
    return person


@pytest.fixture
def vera(mira: Person, ngo: Keeper) -> Person:
    found = make_person("vera")
    accounts.add_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=found.user)
    custodian(mira, ngo)
    return custodian(found, ngo)


@pytest.fixture
def leaver(mira: Person, ngo: Keeper) -> Person:
    """Somebody who is about to leave, and keeps everything that their keyring holds now."""
    found = make_person("leaver")
    accounts.add_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=found.user)
    found.keyring.keeper_keys(ngo.pk)
    return found


def seal(person: Person, ngo: Keeper, name: str, *more: Keeper) -> SealedItem:
    return vault.seal(
        actor=person.at(ngo),
        subject_id=uuid.uuid4(),
        compartment=Compartment.IDENTITY,
        content={"name": name},
        for_keepers=[ngo.pk, *(one.pk for one in more)],
    )


def leaves(leaver: Person, mira: Person, ngo: Keeper) -> None:
    accounts.remove_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=leaver.user)


def begin(person: Person, ngo: Keeper) -> KeyRotation:
    remain = KeeperMember.objects.filter(keeper=ngo).values_list("user_id", flat=True)
    return rotation.begin(actor=person.at(ngo), remain=list(remain))


def finish(person: Person, ngo: Keeper, found: KeyRotation) -> KeyRotation:
    return rotation.go_on(actor=person.at(ngo), rotation=found, seconds=60)


def opens(person: Person, ngo: Keeper, item: SealedItem) -> Any:
    person.keyring.forget(ngo.pk)  # a keyring lives for one request
    item.refresh_from_db()
    return vault.open_item(actor=person.at(ngo), item=item, purpose="keep")


def opened_directly(kept: keys.KeeperKeys, item: SealedItem, ngo: Keeper) -> bool:
    """By direct use of a key that somebody kept: no service, no policy, and whichever generation a row claims."""
    for grant in ItemGrant.objects.filter(item=item, keeper=ngo).select_related("item"):
        place = vault._grant_context(grant.item, grant.keeper_id)
        try:
            keys.open_sealed(kept.current, bytes(grant.sealed_data_key), bound_to=place)
        except keys.DoesNotOpen:
            continue
        return True
    return False


def test_the_kept_keyring_of_somebody_who_left_opens_nothing_written_or_granted_afterwards(
    mira: Person, vera: Person, leaver: Person, ngo: Keeper, shelter: Keeper, arben: Person
) -> None:
    before = seal(mira, ngo, "before")
    kept = leaver.keyring.keeper_keys(ngo.pk)
    assert opened_directly(kept, before, ngo)  # so that this proof can fail
    leaves(leaver, mira, ngo)
    finish(vera, ngo, begin(vera, ngo))
    written = seal(mira, ngo, "written afterwards", shelter)
    rewritten = vault.rewrite(actor=mira.at(ngo), item=before, content={"name": "rewritten"})
    for item in (before, written, rewritten):
        assert not opened_directly(kept, item, ngo)
    for held in (KeeperMember.objects.filter(keeper=ngo), Keeper.objects.filter(pk=ngo.pk)):
        for row in held:
            for name in ("sealed_private_key", "sealed_index_key", "sealed_earlier_key"):
                sealed = getattr(row, name, None)
                for place in (keys.index_key_context(ngo.pk), keys.earlier_key_context(ngo.pk, 1)):
                    if sealed is not None:
                        with pytest.raises(keys.DoesNotOpen):
                            keys.open_sealed(kept.current, bytes(sealed), bound_to=place)
    assert opens(mira, ngo, before) == {"name": "rewritten"}


def test_the_old_sealed_keys_are_gone_from_the_database(
    mira: Person, vera: Person, leaver: Person, ngo: Keeper
) -> None:
    items = [seal(mira, ngo, f"number {n}") for n in range(7)]
    old = [bytes(grant.sealed_data_key) for grant in ItemGrant.objects.filter(keeper=ngo)]
    old += [bytes(row.sealed_private_key) for row in KeeperMember.objects.filter(keeper=ngo)]
    old += [bytes(Keeper.objects.get(pk=ngo.pk).public_key), bytes(Keeper.objects.get(pk=ngo.pk).sealed_index_key)]
    leaves(leaver, mira, ngo)
    found = finish(vera, ngo, begin(vera, ngo))
    assert (found.total, found.done, found.unreadable) == (7, 7, 0)
    assert found.finished_at is not None
    with connection.cursor() as cursor:
        for table, column in (
            ("trust_itemgrant", "sealed_data_key"),
            ("trust_keepermember", "sealed_private_key"),
            ("trust_keeper", "public_key"),
            ("trust_keeper", "sealed_index_key"),
            ("trust_keeper", "sealed_earlier_key"),
        ):
            cursor.execute(f"SELECT {column} FROM {table}")
            stored = {bytes(value) for (value,) in cursor.fetchall() if value is not None}
            assert not stored & set(old)
    assert Keeper.objects.get(pk=ngo.pk).sealed_earlier_key is None
    assert [opens(mira, ngo, item)["name"] for item in items] == [f"number {n}" for n in range(7)]


def test_it_can_be_left_and_gone_on_with_by_another_custodian_while_everybody_works(
    mira: Person, vera: Person, leaver: Person, ngo: Keeper
) -> None:
    items = [seal(mira, ngo, f"number {n}") for n in range(6)]
    leaves(leaver, mira, ngo)
    found = begin(vera, ngo)
    found = rotation.step(actor=vera.at(ngo), rotation=found, portion=2)
    assert (found.done, found.finished_at) == (2, None)
    fresh = Person(mira.user, accounts.open_keyring(mira.user, PASSWORD), "")
    for person in (vera, fresh):
        assert [opens(person, ngo, item)["name"] for item in items] == [f"number {n}" for n in range(6)]
    meanwhile = seal(fresh, ngo, "meanwhile")
    vault.rewrite(actor=fresh.at(ngo), item=items[5], content={"name": "changed"})
    found = finish(fresh, ngo, found)
    assert found.finished_at is not None
    assert found.done == 5  # what was written meanwhile has the new key already
    vera.keyring.forget(ngo.pk)
    assert opens(vera, ngo, meanwhile) == {"name": "meanwhile"}
    assert opens(vera, ngo, items[5]) == {"name": "changed"}
    again = rotation.step(actor=vera.at(ngo), rotation=found)
    assert again.done == 5


def test_somebody_who_only_keeps_their_way_is_left_out_if_they_do_not_remain(
    mira: Person, vera: Person, leaver: Person, ngo: Keeper
) -> None:
    rotation.begin(actor=vera.at(ngo), remain=[vera.user.pk, mira.user.pk])
    assert not KeeperMember.objects.filter(keeper=ngo, user=leaver.user).exists()
    gone = AuditEntry.objects.get(act="custody.rotation.begin").detail["gone"]
    assert gone == [str(leaver.user.pk)]


def test_names_are_found_as_before(mira: Person, vera: Person, ngo: Keeper) -> None:
    subject = uuid.uuid4()
    search.index(actor=mira.at(ngo), subject_id=subject, names=["Đorđe Ilić"])
    finish(vera, ngo, begin(vera, ngo))
    mira.keyring.forget(ngo.pk)
    assert search.find(actor=mira.at(ngo), text="Djordje Ilic") == [subject]


def test_it_is_due_after_somebody_left_and_not_after_it_was_done(
    mira: Person, vera: Person, leaver: Person, ngo: Keeper
) -> None:
    assert rotation.is_due(ngo.pk) is None
    leaves(leaver, mira, ngo)
    assert rotation.is_due(ngo.pk) is not None
    finish(vera, ngo, begin(vera, ngo))
    assert rotation.is_due(ngo.pk) is None


def test_only_an_unlocked_custodian_of_that_body_may(
    mira: Person, vera: Person, ngo: Keeper, arben: Person, shelter: Keeper
) -> None:
    seal(mira, ngo, "one")
    plain = make_person("plain")
    accounts.add_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=plain.user)
    with pytest.raises(Locked):
        rotation.begin(actor=vera.at(ngo, locked=True), remain=[vera.user.pk])
    for stranger in (plain.at(ngo), plain.at(ngo, Role.SYSTEM_ADMIN, elevated=True), arben.at(ngo), arben.at(shelter)):
        with pytest.raises(Refused):
            rotation.begin(actor=stranger, remain=[stranger.user_id or uuid.uuid4()])
    found = begin(vera, ngo)
    custodian(arben, shelter)
    with pytest.raises(Refused):
        rotation.step(actor=arben.at(shelter), rotation=found)


def test_one_at_a_time_and_nobody_shuts_themselves_out(mira: Person, vera: Person, ngo: Keeper) -> None:
    seal(mira, ngo, "one")
    with pytest.raises(InvalidInput):
        rotation.begin(actor=vera.at(ngo), remain=[mira.user.pk])
    begin(vera, ngo)
    with pytest.raises(InvalidInput):
        begin(vera, ngo)


def test_a_body_that_keeps_nothing_yet_is_done_at_once(vera: Person, ngo: Keeper) -> None:
    assert begin(vera, ngo).finished_at is not None


def test_a_data_key_that_was_damaged_before_stops_nothing(mira: Person, vera: Person, ngo: Keeper) -> None:
    good, bad = seal(mira, ngo, "good"), seal(mira, ngo, "bad")
    ItemGrant.objects.filter(item=bad).update(sealed_data_key=b"damaged")
    found = finish(vera, ngo, begin(vera, ngo))
    assert (found.done, found.unreadable) == (1, 1)
    assert found.finished_at is not None
    assert opens(vera, ngo, good)


def test_a_keyring_from_before_cannot_go_on_and_spoil_anything(mira: Person, vera: Person, ngo: Keeper) -> None:
    """A request that looked the keys up before the exchange began."""
    item = seal(mira, ngo, "one")
    stale = vera.keyring.keeper_keys(ngo.pk)
    found = begin(mira, ngo)
    assert vera.keyring.keeper_keys(ngo.pk) is stale
    with pytest.raises(NotGranted):
        rotation.step(actor=vera.at(ngo), rotation=found)
    finish(mira, ngo, found)
    assert opens(mira, ngo, item) == {"name": "one"}


def test_it_is_audited_and_every_custodian_is_told(mira: Person, vera: Person, ngo: Keeper) -> None:
    printed.make_code(actor=mira.at(ngo))
    finish(vera, ngo, begin(vera, ngo))
    told = [one.act for one in notices.unseen(mira.at(ngo))]
    assert told == ["custody.rotation.finish", "custody.rotation.begin"]
    kept = AuditEntry.objects.filter(chain__kind="keeper", chain__chain_id=ngo.pk, act__startswith="custody.rotation")
    assert kept.count() == 2
    assert printed.code_of(ngo.pk) is None  # it wrapped a key that is gone


def test_a_second_exchange_follows_the_first(mira: Person, vera: Person, ngo: Keeper) -> None:
    item = seal(mira, ngo, "one")
    for generation in (2, 3):
        finish(vera, ngo, begin(vera, ngo))
        assert Keeper.objects.get(pk=ngo.pk).key_generation == generation
    assert set(ItemGrant.objects.values_list("key_generation", flat=True)) == {3}
    mira.keyring.forget(ngo.pk)
    assert opens(mira, ngo, item) == {"name": "one"}
