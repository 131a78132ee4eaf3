"""Custodians: who they are, and what they are told at once."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from fener.trust import accounts
from fener.trust.custody import custodians, notices
from fener.trust.errors import InvalidInput, NeedsSession, Refused
from fener.trust.models import AuditEntry, Custodian, CustodyNotice, Keeper, KeeperMember
from fener.trust.roles import Role
from tests.trust.people import Person, make_person

pytestmark = pytest.mark.django_db


def custodian(person: Person, keeper: Keeper) -> Person:
    Custodian.objects.create(keeper=keeper, user=person.user, since=timezone.now())
    return person


@pytest.fixture
def vera(mira: Person, ngo: Keeper) -> Person:
    found = make_person("vera")
    accounts.add_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=found.user)
    return found


def tell(person: Person, keeper: Keeper) -> CustodyNotice:
    return notices.notify_custodians(
        actor=person.at(keeper),
        keeper_id=keeper.pk,
        act="custody.custodian.name",
        subject_type="user",
        subject_id=uuid.uuid4(),
        detail={"count": 1},
    )


def test_every_other_custodian_sees_a_notice_until_they_have_seen_it(mira: Person, vera: Person, ngo: Keeper) -> None:
    custodian(mira, ngo), custodian(vera, ngo)
    told = tell(make_person("stranger"), ngo)
    assert list(notices.unseen(mira.at(ngo))) == list(notices.unseen(vera.at(ngo))) == [told]
    assert notices.mark_seen(actor=mira.at(ngo)) == 1
    assert list(notices.unseen(mira.at(ngo))) == []
    assert list(notices.unseen(vera.at(ngo))) == [told]


def test_whoever_did_it_is_not_told_of_it(mira: Person, vera: Person, ngo: Keeper) -> None:
    custodian(mira, ngo), custodian(vera, ngo)
    tell(mira, ngo)
    assert not notices.unseen(mira.at(ngo)).exists()
    assert notices.unseen(vera.at(ngo)).exists()


def test_nobody_but_a_custodian_of_that_body_sees_it(
    mira: Person, vera: Person, arben: Person, ngo: Keeper, shelter: Keeper
) -> None:
    custodian(arben, shelter)
    tell(mira, ngo)
    for actor in (vera.at(ngo), vera.at(ngo, Role.ORGANISATION_ADMIN), arben.at(shelter), arben.at(ngo)):
        assert not notices.unseen(actor).exists()


def test_what_nobody_has_seen_waits_for_whoever_is_named_later(mira: Person, vera: Person, ngo: Keeper) -> None:
    told = tell(vera, ngo)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        custodian(mira, ngo)
        assert list(notices.unseen(mira.at(ngo))) == [told]
        notices.mark_seen(actor=mira.at(ngo))
        third = custodian(make_person("third"), ngo)
        KeeperMember.objects.create(keeper=ngo, user=third.user, sealed_private_key=b"")
        assert not notices.unseen(third.at(ngo)).exists()  # seen, and before this person's time


def test_a_custodian_who_lost_the_key_is_none(mira: Person, vera: Person, ngo: Keeper) -> None:
    custodian(mira, ngo), custodian(vera, ngo)
    assert set(custodians.custodians_of(ngo.pk)) == {mira.user, vera.user}
    accounts.remove_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=vera.user)
    assert set(custodians.custodians_of(ngo.pk)) == {mira.user}
    tell(mira, ngo)
    assert not notices.unseen(vera.at(ngo)).exists()


def test_naming_and_releasing_is_audited_and_told(mira: Person, vera: Person, ngo: Keeper) -> None:
    custodian(mira, ngo)
    third = make_person("third")
    accounts.add_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=third.user)
    admin = third.at(ngo, Role.ORGANISATION_ADMIN, elevated=True)
    custodians.name_custodian(actor=admin, user=vera.user)
    custodians.release_custodian(actor=admin, user=vera.user)
    assert not custodians.custodians_of(ngo.pk).filter(pk=vera.user.pk).exists()
    acts = ["custody.custodian.release", "custody.custodian.name"]
    assert [one.act for one in notices.unseen(mira.at(ngo))] == acts
    kept = AuditEntry.objects.filter(act__in=acts, chain__kind="keeper", chain__chain_id=ngo.pk)
    assert kept.count() == 2


def test_only_somebody_who_holds_the_key_is_named(mira: Person, ngo: Keeper) -> None:
    admin = mira.at(ngo, Role.ORGANISATION_ADMIN, elevated=True)
    with pytest.raises(InvalidInput):
        custodians.name_custodian(actor=admin, user=make_person("newcomer").user)


def test_nobody_names_themselves(mira: Person, ngo: Keeper) -> None:
    admin = mira.at(ngo, Role.ORGANISATION_ADMIN, elevated=True)
    with pytest.raises(InvalidInput, match="Nobody names themselves"):
        custodians.name_custodian(actor=admin, user=mira.user)
    assert not Custodian.objects.exists()


def test_custodians_are_named_by_the_body_in_a_session_alone(mira: Person, vera: Person, ngo: Keeper) -> None:
    with pytest.raises(NeedsSession):
        custodians.name_custodian(actor=mira.at(ngo, Role.ORGANISATION_ADMIN), user=vera.user)
    for role in set(Role) - {Role.ORGANISATION_ADMIN}:
        with pytest.raises(Refused):
            custodians.name_custodian(actor=mira.at(ngo, role, elevated=True), user=vera.user)
    assert not Custodian.objects.exists()
