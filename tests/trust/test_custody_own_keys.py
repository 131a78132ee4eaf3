"""New keys of one's own, at a change of the password."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from fener.trust import accounts, keys, vault
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput, Locked
from fener.trust.models import Keeper, KeeperMember, User
from fener.trust.roles import Role
from tests.casework.browsing import read
from tests.factories.casework import CaseFactory
from tests.factories.network import PASSWORD as WORKERS
from tests.factories.network import Mechanism
from tests.trust.people import PASSWORD, Person

pytestmark = pytest.mark.django_db
NEW = "seven-herons-by-the-lake"


def changed(person: Person, ngo: Keeper, *, new_keys: bool) -> tuple[User, str]:
    code = accounts.change_password(
        actor=person.at(ngo), user=person.user, old_password=PASSWORD, new_password=NEW, new_keys=new_keys
    )
    return User.objects.get(pk=person.user.pk), code


def test_the_kept_old_private_key_opens_nothing_of_the_account(mira: Person, ngo: Keeper) -> None:
    old = mira.keyring.user_private()
    user, code = changed(mira, ngo, new_keys=True)
    place = keys.member_context(ngo.pk, user.pk)
    sealed = bytes(KeeperMember.objects.get(keeper=ngo, user=user).sealed_private_key)
    with pytest.raises(keys.DoesNotOpen):
        keys.open_sealed(old, sealed, bound_to=place)
    assert bytes(user.public_key) != old.public().raw
    assert code


def test_everything_opens_as_before_with_the_new_password(mira: Person, ngo: Keeper) -> None:
    item = vault.seal(
        actor=mira.at(ngo),
        subject_id=uuid.uuid4(),
        compartment=Compartment.IDENTITY,
        content={"name": "Ana"},
        for_keepers=[ngo.pk],
    )
    user, _code = changed(mira, ngo, new_keys=True)
    again = Person(user, accounts.open_keyring(user, NEW), "")
    assert vault.open_item(actor=again.at(ngo), item=item, purpose="keep") == {"name": "Ana"}
    with pytest.raises(Locked):
        accounts.open_keyring(user, PASSWORD)


def test_the_old_printed_code_is_void_and_the_new_one_works(mira: Person, ngo: Keeper) -> None:
    _user, code = changed(mira, ngo, new_keys=True)
    with pytest.raises(InvalidInput):
        accounts.reset_with_recovery_code(username="mira", code=mira.recovery_code, new_password=NEW + "-2")
    assert accounts.reset_with_recovery_code(username="mira", code=code, new_password=NEW + "-2")


def test_without_the_wish_the_keys_and_the_code_stay(mira: Person, ngo: Keeper) -> None:
    user, code = changed(mira, ngo, new_keys=False)
    assert code == ""
    assert accounts.open_keyring(user, NEW).user_private().raw == mira.keyring.user_private().raw


def test_the_browser_in_which_it_was_done_stays_unlocked(mechanism: Mechanism, signed_in: object) -> None:
    manager = mechanism.ngo.actor(Role.CASE_MANAGER)
    case = CaseFactory(actor=manager)
    client: Client = signed_in(manager)  # type: ignore[operator]
    told = {"old_password": WORKERS, "new_password": NEW, "new_password_again": NEW, "new_keys": "on"}
    answer = client.post("/account/password/", told)
    assert len(re.findall(r"fener-code--long", answer.content.decode())) == 1
    page = read(client, reverse("casework:case", args=[case.code]))
    assert case.code in page
    answer = client.post(
        reverse("casework:compartment_open", args=[case.code, "identity"]),
        {"once": str(uuid.uuid4()), "purpose": "keep"},
    )
    assert answer.status_code != 403, "the keys are locked"
