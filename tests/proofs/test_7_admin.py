"""Proof 7: a dump of the database, the files beside it and the system administrator's account together open nothing."""

from __future__ import annotations

import base64
import itertools
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from fener.casework.models import Case
from fener.network import first_account, selectors
from fener.network.models import Membership
from fener.trust import accounts, keys, search, session, vault
from fener.trust.actor import SYSTEM, Actor
from fener.trust.custody import printed, recovery
from fener.trust.errors import DomainError, Locked, NotGranted
from fener.trust.models import (
    Custodian,
    ItemGrant,
    Keeper,
    KeeperMember,
    OrganisationCode,
    RecoveryApproval,
    SealedItem,
    User,
)
from fener.trust.roles import Role
from fener.trust.signing_in import secrets
from tests.factories.casework import CaseFactory
from tests.factories.network import PASSWORD, Mechanism
from tests.trust.people import Person, make_person

pytestmark = [pytest.mark.proof, pytest.mark.urls("tests.trust.urls")]


@dataclass
class Admin:
    """Everything that the administrator has: the account, the machine and its files."""

    person: Person
    actor: Actor

    @property
    def private_keys(self) -> list[keys.PrivateKey]:
        own = self.person.keyring
        mine = KeeperMember.objects.filter(user=self.person.user).values_list("keeper_id", flat=True)
        return [own.user_private(), *(own.keeper_private(keeper_id) for keeper_id in mine)]

    @property
    def secrets(self) -> list[bytes]:
        """Every symmetric key on the machine, and those that the administrator's own keys open."""
        files = [settings.SECRET_KEY.encode()[:32].ljust(32, b"0")]
        if key := connection.settings_dict.get("KEY"):  # PostgreSQL has none
            files.append(bytes.fromhex(str(key)))
        derived = [secrets.derived(purpose) for purpose in ("second-factor", "passkey", "fingerprint")]
        mine = KeeperMember.objects.filter(user=self.person.user).values_list("keeper_id", flat=True)
        return [*files, *derived, *(self.person.keyring.index_key(keeper_id) for keeper_id in mine)]


@pytest.fixture
def case(mechanism: Mechanism, case_manager: Actor) -> Case:
    """A file of an organisation at work, whose case manager is signed in at this moment."""
    made: Case = CaseFactory(actor=case_manager)
    cache.clear()
    Client().post("/account/login/", {"login": case_manager.username, "password": PASSWORD})
    _custody(mechanism, case_manager)
    return made


def _custody(mechanism: Mechanism, case_manager: Actor) -> None:
    """A colleague's recovery that two custodians approved, and a printed code: in the dump as well."""
    colleagues = [mechanism.ngo.actor(Role.CASE_MANAGER), mechanism.ngo.actor(Role.CASE_MANAGER)]
    for one in colleagues:
        Custodian.objects.create(keeper_id=one.keeper_id, user_id=one.user_id, since=timezone.now())
    asked = recovery.file(actor=colleagues[0], user=User.objects.get(pk=case_manager.user_id))
    for one in colleagues:
        recovery.approve(actor=one, recovery_id=asked.pk)
    printed.make_code(actor=colleagues[0])


@pytest.fixture
def admin(case: Case) -> Admin:
    person = make_person("root-of-all")
    first_account.set_up(user=person.user, organisation="Whoever runs the machine")
    actor = selectors.actor_for(user=person.user, keyring=person.keyring, on=timezone.localdate())
    assert Role.SYSTEM_ADMIN in actor.roles
    assert actor.keyring is not None
    return Admin(person, actor)


def test_no_key_in_the_dump_opens_for_the_administrator(case: Case, admin: Admin) -> None:
    """Each sealed key of the dump is tried with each key at hand, in each place that it could have been meant for."""
    mine = set(KeeperMember.objects.filter(user=admin.person.user).values_list("keeper_id", flat=True))
    sealed = [(m.sealed_private_key, keys.member_context(m.keeper_id, m.user_id), m.keeper_id) for m in _members()]
    sealed += [(k.sealed_index_key, keys.index_key_context(k.pk), k.pk) for k in Keeper.objects.all()]
    for grant in ItemGrant.objects.select_related("item"):
        sealed.append((grant.sealed_data_key, vault._grant_context(grant.item, grant.keeper_id), grant.keeper_id))
    for half in RecoveryApproval.objects.all():
        sealed.append(
            (half.recovery.sealed_keeper_key, recovery._place(half.recovery, "outer"), half.recovery.keeper_id)
        )
        sealed.append(
            (half.recovery.sealed_keeper_key, recovery._place(half.recovery, "inner"), half.recovery.keeper_id)
        )
    opened = []
    for (text, context, keeper_id), private in itertools.product(sealed, admin.private_keys):
        try:
            keys.open_sealed(private, bytes(text), bound_to=context)
        except keys.DoesNotOpen:
            continue
        opened.append(keeper_id)
    assert set(opened) == mine  # the keys of the body that runs the machine, which holds no file
    assert len(sealed) > 2 * len(opened)
    assert not ItemGrant.objects.filter(keeper_id__in=mine).exists()


def test_no_ciphertext_opens_with_any_secret_of_the_machine(case: Case, admin: Admin) -> None:
    texts = [(bytes(item.ciphertext), keys.context("fener", "item", *vault._place(item))) for item in _items()]
    for user in User.objects.exclude(pk=admin.person.user.pk):
        texts.append((bytes(user.wrapped_private_key), keys.user_key_context(user.pk, "password")))
        texts.append((bytes(user.recovery_wrapped_private_key or b""), keys.user_key_context(user.pk, "recovery")))
    for stored in Session.objects.all():
        entry = stored.get_decoded().get(session.SEALED)
        if entry:
            texts.append((base64.b64decode(entry["sealed"]), keys.user_key_context(UUID(entry["user"]), "session")))
    for one in OrganisationCode.objects.exclude(keeper__members__user=admin.person.user):
        texts.append((bytes(one.wrapped_private_key), keys.context("fener", "organisation-code", one.keeper_id)))
    for half in RecoveryApproval.objects.all():
        place = recovery._place(half.recovery, "half", half.custodian_id)
        texts.append((bytes(half.wrapped_private_key), place))
    assert len(texts) >= 9
    for (text, context), secret in itertools.product(texts, admin.secrets):
        with pytest.raises(InvalidTag):
            AESGCM(secret).decrypt(text[:12], text[12:], context)


def test_no_file_of_the_node_holds_a_private_key(case: Case, admin: Admin, case_manager: Actor) -> None:
    keyring = case_manager.keyring
    assert keyring is not None
    assert case_manager.keeper_id is not None
    secrets = [keyring.user_private().raw, keyring.keeper_private(case_manager.keeper_id).raw]
    secrets.append(keyring.index_key(case_manager.keeper_id))
    for path in Path(settings.FENER_HOME).rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            for secret in secrets:
                assert secret not in raw
                assert secret.hex().encode() not in raw
                assert base64.b64encode(secret) not in raw


def test_the_services_open_nothing_for_the_administrator(case: Case, admin: Admin) -> None:
    for item in _items():
        for keeper_id in Keeper.objects.values_list("pk", flat=True):
            pretending = Actor(
                user_id=admin.actor.user_id,
                keeper_id=keeper_id,
                roles=frozenset(Role),  # whatever roles are written into the database
                keyring=admin.actor.keyring,
            )
            for actor in (admin.actor, pretending):
                with pytest.raises(NotGranted):
                    vault.open_item(actor=actor, item=item, purpose="keep")
    with pytest.raises(NotGranted):
        search.find(actor=admin.actor, text="Đorđe Ilić")


def test_rows_written_into_the_database_give_the_administrator_no_key(
    case: Case, admin: Admin, case_manager: Actor
) -> None:
    """Whoever can write the database can make a membership and copy rows; none of it makes a key."""
    Membership.objects.create(
        user=admin.person.user,
        organisation_id=case_manager.keeper_id,
        roles=[Role.CASE_MANAGER.value],
        since=timezone.localdate().replace(year=2000),
    )
    theirs = KeeperMember.objects.get(keeper_id=case_manager.keeper_id, user_id=case_manager.user_id)
    KeeperMember.objects.create(
        keeper_id=theirs.keeper_id, user=admin.person.user, sealed_private_key=theirs.sealed_private_key
    )
    actor = selectors.actor_for(
        user=admin.person.user,
        keyring=accounts.keyring_for(admin.person.user.pk, admin.person.keyring.user_private()),
        on=timezone.localdate(),
    )
    assert Role.CASE_MANAGER in actor.roles
    for item in _items():
        with pytest.raises(NotGranted):
            vault.open_item(actor=actor, item=item, purpose="keep")


def test_a_password_that_the_administrator_sets_signs_in_and_opens_nothing(
    case: Case, admin: Admin, case_manager: Actor
) -> None:
    user = User.objects.get(pk=case_manager.user_id)
    user.set_password("set-by-the-administrator")
    user.save()
    cache.clear()
    client = Client()
    client.post("/account/login/", {"login": user.username, "password": "set-by-the-administrator"})
    assert client.get("/").json() == {"user": str(user.pk), "unlocked": False, "opened": []}
    with pytest.raises(Locked):
        accounts.open_keyring(user, "set-by-the-administrator")


def test_jobs_have_no_keys(case: Case) -> None:
    for item in _items():
        with pytest.raises(DomainError):
            vault.open_item(actor=SYSTEM, item=item, purpose="keep")


def test_the_case_manager_opens_what_the_administrator_cannot(case: Case, case_manager: Actor) -> None:
    """The proof's other half: there is something to open, and its keeper opens it."""
    items = list(_items())
    assert len(vault.open_items(actor=case_manager, items=items, purpose="keep")) == len(items) == 3


def _items() -> list[SealedItem]:
    return list(SealedItem.objects.all())


def _members() -> list[KeeperMember]:
    return list(KeeperMember.objects.all())
