"""Accounts, the keys behind them, and the ways back in."""

from __future__ import annotations

import logging
from uuid import uuid4

import pytest

from fener.trust import accounts, keys, vault
from fener.trust.actor import SYSTEM, Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput, Locked, NotGranted, Refused
from fener.trust.models import AuditEntry, Keeper, KeeperMember, User
from fener.trust.roles import Role
from tests.trust.people import PASSWORD, Person, make_person

NEW = "another-long-password-2"


def test_a_new_account_has_a_key_that_only_its_password_opens(mira: Person) -> None:
    assert accounts.open_private_key(mira.user, PASSWORD) is not None
    assert accounts.open_private_key(mira.user, PASSWORD + "x") is None
    with pytest.raises(Locked):
        accounts.open_keyring(mira.user, "wrong")


def test_a_user_name_is_taken_whatever_its_case(mira: Person) -> None:
    for taken in ("mira", "MIRA", " Mira ", "ｍｉｒａ"):
        with pytest.raises(InvalidInput) as refused:
            make_person(taken)
        assert "username" in refused.value.errors


@pytest.mark.django_db
@pytest.mark.parametrize("bad", ["", "ab", "мира", "mira savic", "-mira", "mira\u202e", "a" * 61, "mira\n"])
def test_an_ill_formed_user_name_is_refused(bad: str) -> None:
    if bad.strip() == "mira":  # blanks around are not meant
        assert make_person(bad).user.username == "mira"
        return
    with pytest.raises(InvalidInput) as refused:
        make_person(bad)
    assert "username" in refused.value.errors
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("weak", ["short", "password1234", "123456789012"])
def test_a_weak_password_is_refused(weak: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        make_person("mira", password=weak)
    assert "password" in refused.value.errors


def test_only_administrators_make_accounts(mira: Person, ngo: Keeper) -> None:
    for role in Role:
        actor = mira.at(ngo, role, elevated=True)
        make = {"actor": actor, "username": f"u-{role}".replace("_", "-"), "full_name": "U", "password": PASSWORD}
        if role in {Role.ORGANISATION_ADMIN, Role.SYSTEM_ADMIN}:
            assert accounts.create_user(**make).user.pk
        else:
            with pytest.raises(Refused):
                accounts.create_user(**make)


def test_a_changed_password_opens_the_same_key(mira: Person, ngo: Keeper) -> None:
    accounts.change_password(actor=mira.at(ngo), user=mira.user, old_password=PASSWORD, new_password=NEW)
    mira.user.refresh_from_db()
    assert accounts.open_private_key(mira.user, PASSWORD) is None
    ring = accounts.open_keyring(mira.user, NEW)
    assert ring.keeper_private(ngo.pk).raw == mira.keyring.keeper_private(ngo.pk).raw
    assert mira.user.check_password(NEW)


def test_changing_a_password_needs_the_old_one_and_a_strong_new_one(mira: Person, ngo: Keeper) -> None:
    before = bytes(mira.user.wrapped_private_key)
    for old, new, field in [("wrong", NEW, "old_password"), (PASSWORD, "short", "new_password")]:
        with pytest.raises(InvalidInput) as refused:
            accounts.change_password(actor=mira.at(ngo), user=mira.user, old_password=old, new_password=new)
        assert field in refused.value.errors
    mira.user.refresh_from_db()
    assert bytes(mira.user.wrapped_private_key) == before


def test_nobody_changes_somebody_elses_password(mira: Person, arben: Person, ngo: Keeper) -> None:
    with pytest.raises(Refused):
        accounts.change_password(actor=mira.at(ngo), user=arben.user, old_password=PASSWORD, new_password=NEW)


def test_the_printed_code_recovers_the_key_once(mira: Person, ngo: Keeper) -> None:
    again = accounts.reset_with_recovery_code(username="Mira", code=mira.recovery_code.lower(), new_password=NEW)
    ring = accounts.open_keyring(again.user, NEW)
    assert ring.keeper_private(ngo.pk).raw == mira.keyring.keeper_private(ngo.pk).raw
    assert again.recovery_code != mira.recovery_code
    with pytest.raises(InvalidInput):
        accounts.reset_with_recovery_code(username="mira", code=mira.recovery_code, new_password=NEW)


def test_recovery_tells_nothing_about_which_accounts_exist(mira: Person) -> None:
    told = set()
    for username, code in [("mira", keys.new_recovery_code()), ("nobody", mira.recovery_code), ("mira", ""), ("", "")]:
        with pytest.raises(InvalidInput) as refused:
            accounts.reset_with_recovery_code(username=username, code=code, new_password=NEW)
        told.add(str(refused.value))
    assert len(told) == 1


def test_a_keepers_key_goes_to_its_members_alone(mira: Person, arben: Person, ngo: Keeper) -> None:
    assert keys.PublicKey(bytes(ngo.public_key)) == mira.keyring.keeper_private(ngo.pk).public()
    with pytest.raises(keys.DoesNotOpen):
        arben.keyring.keeper_private(ngo.pk)
    accounts.add_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=arben.user)
    fresh = accounts.open_keyring(arben.user, PASSWORD)
    assert fresh.keeper_private(ngo.pk).raw == mira.keyring.keeper_private(ngo.pk).raw
    assert fresh.index_key(ngo.pk) == mira.keyring.index_key(ngo.pk)


def test_only_somebody_who_holds_the_key_hands_it_on(mira: Person, arben: Person, ngo: Keeper) -> None:
    with pytest.raises(NotGranted):
        accounts.add_member_key(actor=arben.at(ngo), keeper_id=ngo.pk, user=arben.user)
    with pytest.raises(Locked):
        accounts.add_member_key(actor=mira.at(ngo, locked=True), keeper_id=ngo.pk, user=arben.user)
    with pytest.raises(Locked):
        accounts.add_member_key(actor=SYSTEM, keeper_id=ngo.pk, user=arben.user)
    assert KeeperMember.objects.count() == 1


def test_a_membership_row_copied_to_somebody_else_opens_nothing(mira: Person, arben: Person, ngo: Keeper) -> None:
    row = KeeperMember.objects.get(keeper=ngo)
    KeeperMember.objects.create(keeper=ngo, user=arben.user, sealed_private_key=row.sealed_private_key)
    with pytest.raises(keys.DoesNotOpen):
        accounts.open_keyring(arben.user, PASSWORD).keeper_private(ngo.pk)


def test_who_leaves_loses_the_way_to_the_key(mira: Person, arben: Person, ngo: Keeper) -> None:
    accounts.add_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=arben.user)
    item = vault.seal(
        actor=mira.at(ngo), subject_id=uuid4(), compartment=Compartment.IDENTITY, content={}, for_keepers=[ngo.pk]
    )
    accounts.remove_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=arben.user)
    left = Person(arben.user, accounts.open_keyring(arben.user, PASSWORD), "")
    with pytest.raises(NotGranted):
        vault.open_item(actor=left.at(ngo), item=item, purpose="keep")


def test_the_last_key_of_a_keeper_cannot_be_taken_away(mira: Person, arben: Person, ngo: Keeper) -> None:
    with pytest.raises(InvalidInput, match="last person"):
        accounts.remove_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=mira.user)
    accounts.add_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=arben.user)
    User.objects.filter(pk=arben.user.pk).update(is_active=False)
    with pytest.raises(InvalidInput, match="last person"):  # an account that is closed does not count
        accounts.remove_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=mira.user)


def test_every_change_is_in_the_audit_and_no_secret_is(mira: Person, arben: Person, ngo: Keeper) -> None:
    accounts.add_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=arben.user)
    accounts.remove_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=arben.user)
    accounts.change_password(actor=mira.at(ngo), user=mira.user, old_password=PASSWORD, new_password=NEW)
    acts = list(AuditEntry.objects.order_by("at", "pk").values_list("act", flat=True))
    assert acts == [
        *["account.create"] * 2, "keeper.create", "account.grant_key", "account.revoke_key", "account.change_own",
    ]  # fmt: skip
    told = repr(list(AuditEntry.objects.values()))
    for secret in (PASSWORD, NEW, mira.recovery_code, "Mira", "mira"):
        assert secret not in told


def test_secrets_are_never_logged_nor_shown(caplog: pytest.LogCaptureFixture, db: None) -> None:
    caplog.set_level(logging.DEBUG)
    account = accounts.create_user(actor=SYSTEM, username="vera", full_name="Vera", password=PASSWORD)
    again = accounts.reset_with_recovery_code(username="vera", code=account.recovery_code, new_password=NEW)
    actor = Actor(user_id=account.user.pk, keyring=accounts.open_keyring(again.user, NEW))
    shown = caplog.text + repr(account) + repr(actor) + repr(account.user)
    for secret in (PASSWORD, NEW, account.recovery_code):
        assert secret not in shown
