"""A forgotten password: two custodians, face to face, and never the administrator."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from fener.trust import accounts, keys, vault
from fener.trust.actor import SYSTEM
from fener.trust.compartments import Compartment
from fener.trust.custody import notices, recovery, rotation
from fener.trust.errors import DomainError, InvalidInput, Locked, NotGranted, Refused
from fener.trust.models import (
    AccountRecovery,
    AuditEntry,
    Custodian,
    Keeper,
    KeeperMember,
    RecoveryApproval,
    SealedItem,
    User,
)
from fener.trust.roles import Role
from tests.trust.people import PASSWORD, Person, make_person

pytestmark = pytest.mark.django_db
NEW = "seven-herons-by-the-lake"


def member(mira: Person, ngo: Keeper, name: str, *, custodian: bool = False) -> Person:
    found = make_person(name)
    accounts.add_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=found.user)
    if custodian:
        Custodian.objects.create(keeper=ngo, user=found.user, since=timezone.now())
    return found


@pytest.fixture
def vera(mira: Person, ngo: Keeper) -> Person:
    return member(mira, ngo, "vera", custodian=True)


@pytest.fixture
def luka(mira: Person, ngo: Keeper) -> Person:
    return member(mira, ngo, "luka", custodian=True)


@pytest.fixture
def nada(mira: Person, ngo: Keeper) -> Person:
    """Who forgets her password."""
    return member(mira, ngo, "nada")


@pytest.fixture
def asked(nada: Person, ngo: Keeper) -> AccountRecovery:
    found = recovery.ask(user=nada.user, keeper_id=ngo.pk)
    assert found is not None
    return found


@pytest.fixture
def item(mira: Person, ngo: Keeper) -> SealedItem:
    return vault.seal(
        actor=mira.at(ngo),
        subject_id=uuid.uuid4(),
        compartment=Compartment.IDENTITY,
        content={"name": "Ana"},
        for_keepers=[ngo.pk],
    )


def approved(asked: AccountRecovery, ngo: Keeper, *who: Person) -> list[str]:
    return [recovery.approve(actor=one.at(ngo), recovery_id=asked.pk) for one in who]


def complete(nada: Person, *codes: str, password: str = NEW) -> accounts.NewAccount:
    return recovery.complete(username=nada.user.username, codes=codes, new_password=password)


def test_with_both_codes_the_person_is_back_and_opens_what_the_organisation_keeps(
    asked: AccountRecovery, nada: Person, vera: Person, luka: Person, ngo: Keeper, item: SealedItem
) -> None:
    told = complete(nada, *approved(asked, ngo, vera, luka))
    again = Person(told.user, accounts.open_keyring(told.user, NEW), told.recovery_code)
    assert vault.open_item(actor=again.at(ngo), item=item, purpose="keep") == {"name": "Ana"}
    with pytest.raises(Locked):
        accounts.open_keyring(told.user, PASSWORD)


def test_the_codes_are_taken_in_any_order_and_as_people_type_them(
    asked: AccountRecovery, nada: Person, vera: Person, luka: Person, ngo: Keeper
) -> None:
    first, second = approved(asked, ngo, vera, luka)
    assert complete(nada, second.lower().replace("-", " "), first)


def test_one_custodian_is_not_enough_whatever_they_try(
    asked: AccountRecovery, nada: Person, vera: Person, luka: Person, ngo: Keeper
) -> None:
    code = approved(asked, ngo, vera)[0]
    with pytest.raises(InvalidInput):
        recovery.approve(actor=vera.at(ngo), recovery_id=asked.pk)
    for codes in ((code, code), (code, ""), (code, keys.new_recovery_code(5))):
        with pytest.raises(InvalidInput):
            complete(nada, *codes)
    approved(asked, ngo, luka)
    for codes in ((code, code), (code, ""), (code, keys.new_recovery_code(5))):
        with pytest.raises(InvalidInput):
            complete(nada, *codes)
    assert accounts.open_keyring(User.objects.get(pk=nada.user.pk), PASSWORD)


def test_nothing_in_the_database_opens_for_one_custodian_with_their_own_code(
    asked: AccountRecovery, nada: Person, vera: Person, luka: Person, ngo: Keeper
) -> None:
    """Each code with each half, by direct use of the keys: what is sealed inside the other stays closed."""
    codes = approved(asked, ngo, vera, luka)
    asked.refresh_from_db()
    halves = list(RecoveryApproval.objects.order_by("pk"))
    for mine, code in enumerate(codes):
        private = recovery._open_half(halves[mine], keys.typed_recovery_code(code))
        assert private is not None
        assert recovery._open_half(halves[1 - mine], keys.typed_recovery_code(code)) is None
        for place in ("outer", "inner"):
            try:
                opened = keys.open_sealed(
                    private, bytes(asked.sealed_keeper_key or b""), bound_to=recovery._place(asked, place)
                )
            except keys.DoesNotOpen:
                continue
            with pytest.raises(keys.DoesNotOpen):
                keys.open_sealed(private, opened, bound_to=recovery._place(asked, "inner"))


def test_custodians_are_unlocked_of_that_body_and_never_the_person(
    asked: AccountRecovery, nada: Person, vera: Person, mira: Person, arben: Person, ngo: Keeper, shelter: Keeper
) -> None:
    Custodian.objects.create(keeper=shelter, user=arben.user, since=timezone.now())
    Custodian.objects.create(keeper=ngo, user=nada.user, since=timezone.now())
    with pytest.raises(Locked):
        recovery.approve(actor=vera.at(ngo, locked=True), recovery_id=asked.pk)
    with pytest.raises(InvalidInput):
        recovery.approve(actor=nada.at(ngo), recovery_id=asked.pk)
    for stranger in (
        mira.at(ngo),
        mira.at(ngo, Role.ORGANISATION_ADMIN, elevated=True),
        mira.at(ngo, Role.SYSTEM_ADMIN, elevated=True),
        arben.at(shelter),
        arben.at(ngo),
    ):
        with pytest.raises(Refused):
            recovery.approve(actor=stranger, recovery_id=asked.pk)
    assert not RecoveryApproval.objects.exists()


def test_the_old_key_browsers_and_second_steps_are_gone(
    asked: AccountRecovery, nada: Person, vera: Person, luka: Person, ngo: Keeper, item: SealedItem
) -> None:
    cache.clear()
    browser = Client()
    browser.post("/account/login/", {"login": "nada", "password": PASSWORD})
    assert Session.objects.exists()
    Authenticator.objects.create(user=nada.user, type=Authenticator.Type.TOTP, data={})
    complete(nada, *approved(asked, ngo, vera, luka))
    assert not Authenticator.objects.filter(user=nada.user).exists()
    assert "/account/login/" in browser.get("/").headers["Location"]
    nada.keyring.forget(ngo.pk)
    with pytest.raises(NotGranted):
        vault.open_item(actor=nada.at(ngo), item=item, purpose="keep")
    with pytest.raises(InvalidInput):
        accounts.reset_with_recovery_code(username="nada", code=nada.recovery_code, new_password=NEW + "x")


def test_every_step_is_audited_and_told_to_the_other_custodians(
    asked: AccountRecovery, nada: Person, vera: Person, luka: Person, ngo: Keeper
) -> None:
    complete(nada, *approved(asked, ngo, vera, luka))
    acts = ["custody.recovery.file", "custody.recovery.approve", "custody.recovery.approve", "account.recover"]
    kept = AuditEntry.objects.filter(chain__kind="keeper", chain__chain_id=ngo.pk, subject_id=nada.user.pk)
    assert [entry.act for entry in kept.exclude(act="account.grant_key").order_by("seq")] == acts
    assert kept.get(act="account.recover").detail["approved_by"] == [str(vera.user.pk), str(luka.user.pk)]
    assert [one.act for one in notices.unseen(vera.at(ngo))] == [acts[3], acts[1], acts[0]]


def test_a_code_is_of_no_use_twice(
    asked: AccountRecovery, nada: Person, vera: Person, luka: Person, ngo: Keeper
) -> None:
    codes = approved(asked, ngo, vera, luka)
    complete(nada, *codes)
    with pytest.raises(InvalidInput):
        complete(nada, *codes, password=NEW + "-2")
    asked.refresh_from_db()
    assert asked.ended == "done"
    assert asked.sealed_keeper_key is None
    assert not RecoveryApproval.objects.exists()


@pytest.mark.parametrize(
    "end",
    [
        lambda vera, nada, ngo, asked: recovery.refuse(actor=vera.at(ngo), recovery_id=asked.pk),
        lambda vera, nada, ngo, asked: recovery.stop(actor=nada.at(ngo)),
    ],
    ids=["a custodian refuses", "the person stops it"],
)
def test_one_no_ends_it(
    asked: AccountRecovery, nada: Person, vera: Person, luka: Person, ngo: Keeper, end: Callable[..., Any]
) -> None:
    codes = approved(asked, ngo, vera, luka)
    end(vera, nada, ngo, asked)
    with pytest.raises(InvalidInput):
        complete(nada, *codes)
    assert not RecoveryApproval.objects.exists()
    assert accounts.open_keyring(User.objects.get(pk=nada.user.pk), PASSWORD)


def test_it_ends_by_itself_after_three_days(
    asked: AccountRecovery, nada: Person, vera: Person, luka: Person, ngo: Keeper
) -> None:
    codes = approved(asked, ngo, vera, luka)
    with time_machine.travel(timezone.now() + timedelta(days=3, seconds=1)):
        with pytest.raises(InvalidInput):
            complete(nada, *codes)
        assert not recovery.open_for(vera.at(ngo)).exists()
        assert recovery.ask(user=nada.user, keeper_id=ngo.pk) is not None
    assert AccountRecovery.objects.get(pk=asked.pk).ended == "expired"


def test_asking_again_and_again_tells_custodians_once(
    asked: AccountRecovery, nada: Person, vera: Person, ngo: Keeper
) -> None:
    for _again in range(3):
        assert recovery.ask(user=nada.user, keeper_id=ngo.pk) is None
    assert notices.unseen(vera.at(ngo)).count() == 1
    recovery.refuse(actor=vera.at(ngo), recovery_id=asked.pk)
    assert recovery.ask(user=nada.user, keeper_id=ngo.pk) is None  # a stranger does not get a new try at once
    assert recovery.file(actor=vera.at(ngo), user=nada.user)  # a colleague does


def test_an_exchange_of_keys_meanwhile_lets_the_person_back_in_without_the_key(
    asked: AccountRecovery, nada: Person, vera: Person, luka: Person, ngo: Keeper, item: SealedItem
) -> None:
    codes = approved(asked, ngo, vera, luka)
    rotation.begin(actor=vera.at(ngo), remain=KeeperMember.objects.filter(keeper=ngo).values_list("user_id", flat=True))
    told = complete(nada, *codes)
    again = Person(told.user, accounts.open_keyring(told.user, NEW), "")
    with pytest.raises(NotGranted):
        vault.open_item(actor=again.at(ngo), item=item, purpose="keep")
    accounts.add_member_key(actor=vera.at(ngo), keeper_id=ngo.pk, user=told.user)
    assert vault.open_item(actor=again.at(ngo), item=item, purpose="keep")


def test_somebody_who_never_held_the_key_gets_none(vera: Person, luka: Person, ngo: Keeper) -> None:
    newcomer = make_person("newcomer")
    asked = recovery.file(actor=vera.at(ngo), user=newcomer.user)
    complete(newcomer, *approved(asked, ngo, vera, luka))
    assert not KeeperMember.objects.filter(user=newcomer.user).exists()


def test_a_weak_password_leaves_everything_as_it_was(
    asked: AccountRecovery, nada: Person, vera: Person, luka: Person, ngo: Keeper
) -> None:
    codes = approved(asked, ngo, vera, luka)
    with pytest.raises(InvalidInput) as refused:
        complete(nada, *codes, password="short")
    assert set(refused.value.errors) == {"new_password"}
    assert complete(nada, *codes)


def test_nobody_is_told_which_part_did_not_fit(
    asked: AccountRecovery, nada: Person, vera: Person, luka: Person, ngo: Keeper
) -> None:
    codes = approved(asked, ngo, vera, luka)
    said = set()
    for name, given in (("nobody-here", codes), ("nada", ["", ""]), ("nada", [codes[0], codes[0]]), ("vera", codes)):
        with pytest.raises(DomainError) as refused:
            recovery.complete(username=name, codes=given, new_password=NEW)
        said.add(str(refused.value))
    assert len(said) == 1


def test_whoever_alone_holds_another_bodys_key_is_not_cut_off_from_it(
    asked: AccountRecovery, nada: Person, vera: Person, luka: Person, ngo: Keeper
) -> None:
    accounts.create_keeper(actor=SYSTEM, first_member=nada.user)
    with pytest.raises(InvalidInput):
        complete(nada, *approved(asked, ngo, vera, luka))
    assert accounts.open_keyring(User.objects.get(pk=nada.user.pk), PASSWORD)
