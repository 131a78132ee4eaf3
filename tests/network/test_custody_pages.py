"""Keys and custodians, through the pages: naming, a forgotten password, the sheet, new keys."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.network.models import Membership
from fener.network.views import custody as views
from fener.trust import accounts
from fener.trust.actor import Actor
from fener.trust.custody import printed, rotation
from fener.trust.models import (
    AccountRecovery,
    AuditEntry,
    Custodian,
    CustodyNotice,
    ItemGrant,
    Keeper,
    KeeperMember,
    KeyRotation,
    OrganisationCode,
    User,
)
from fener.trust.roles import Role
from tests.casework.browsing import read, send, sent
from tests.factories.casework import CaseFactory
from tests.factories.network import PASSWORD, Body, Mechanism
from tests.web.pages import words

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
SHOWN = re.compile(r'<strong class="fener-code fener-code--long">([^<]+)</strong>')
NEW = "seven-herons-by-the-lake"


def custodian(body: Body, role: Role = Role.CASE_MANAGER) -> Actor:
    found = body.actor(role)
    Custodian.objects.create(keeper_id=body.organisation.pk, user_id=found.user_id, since=timezone.now())
    return found


@pytest.fixture
def two(ngo: Body) -> tuple[Actor, Actor]:
    return custodian(ngo), custodian(ngo, Role.SHELTER_WORKER)


def stranger() -> Client:
    cache.clear()
    return Client()


def only_code(answer: Any) -> str:
    assert "no-store" in answer.headers["Cache-Control"]
    found = SHOWN.findall(answer.content.decode())
    assert len(found) == 1, words(answer.content.decode())
    return str(found[0])


def full_name(actor: Actor) -> str:
    return User.objects.get(pk=actor.user_id).full_name


def test_the_page_says_what_is_missing(ngo: Body, signed_in: Browser) -> None:
    admin = ngo.actor(Role.ORGANISATION_ADMIN)
    client = signed_in(admin)
    page = read(client, reverse("network:custody"))
    assert "Name 2." in page
    assert "There is no printed code" in page
    for n, said in ((1, "Name 1 more."), (2, "A third custodian would help")):
        sent(client, reverse("network:custody_name"), user_id=str(ngo.actor(Role.CASE_MANAGER).user_id))
        assert said in read(client, reverse("network:custody")), n
    sent(client, reverse("network:custody_name"), user_id=str(ngo.actor(Role.CASE_MANAGER).user_id))
    page = read(client, reverse("network:custody"))
    assert "Custodians are missing" not in page
    assert "A third" not in page


def test_only_colleagues_who_hold_the_key_are_offered_and_taken(
    ngo: Body, mechanism: Mechanism, signed_in: Browser
) -> None:
    admin, without, elsewhere = ngo.actor(Role.ORGANISATION_ADMIN), ngo.actor(Role.LAWYER), mechanism.shelter.actor()
    KeeperMember.objects.filter(user_id=without.user_id).delete()
    client = signed_in(admin)
    page = client.get(reverse("network:custody_name")).content.decode()
    for nobody in (without, elsewhere):
        assert str(nobody.user_id) not in page
        answer = send(client, reverse("network:custody_name"), user_id=str(nobody.user_id))
        assert answer.status_code == 422
    assert not Custodian.objects.exists()


def test_a_custodian_is_released_by_the_body(ngo: Body, two: tuple[Actor, Actor], signed_in: Browser) -> None:
    client = signed_in(ngo.actor(Role.ORGANISATION_ADMIN))
    sent(client, reverse("network:custody_release", args=[two[0].user_id]))
    assert not Custodian.objects.filter(user_id=two[0].user_id).exists()
    assert f"released {full_name(two[0])} from being custodian" in read(signed_in(two[1]), "/")


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.SYSTEM_ADMIN, Role.AUDITOR, Role.LAWYER])
def test_nobody_else_sees_the_page(ngo: Body, two: tuple[Actor, Actor], role: Role, signed_in: Browser) -> None:
    client = signed_in(ngo.actor(role))
    for name in ("custody", "custody_code", "custody_exchange", "custody_name"):
        assert client.get(reverse(f"network:{name}")).status_code in {403, 404}
    assert reverse("network:custody") not in client.get(reverse("network:account")).content.decode()


def test_from_a_forgotten_password_to_work_again(ngo: Body, two: tuple[Actor, Actor], signed_in: Browser) -> None:
    """The whole way: asked on the public page, approved by two, both codes, a new password, and the file opens."""
    nada = ngo.actor(Role.CASE_MANAGER)
    case = CaseFactory(actor=nada)
    somebody = stranger()
    assert somebody.post(reverse("network:forgotten"), {"username": nada.username}).status_code == 200
    asked = AccountRecovery.objects.get()
    codes = []
    for one in two:
        client = signed_in(one)
        assert full_name(nada) in read(client, "/")
        address = reverse("network:custody_recovery", args=[asked.pk])
        assert f'href="{address}"' in client.get(reverse("network:custody")).content.decode()
        codes.append(only_code(send(client, address)))
    told = {
        "username": nada.username, "first": codes[1], "second": codes[0].lower(),
        "new_password": NEW, "new_password_again": NEW,
    }  # fmt: skip
    answer = somebody.post(reverse("network:forgotten_codes"), told)
    assert only_code(answer)
    cache.clear()
    again = Client()
    assert again.post("/account/login/", {"login": nada.username, "password": NEW}).status_code == 302
    assert case.code in read(again, reverse("casework:case", args=[case.code]))
    assert stranger().post("/account/login/", {"login": nada.username, "password": PASSWORD}).status_code == 200


def test_the_answer_is_the_same_whether_there_is_such_an_account(
    ngo: Body, two: tuple[Actor, Actor], mechanism: Mechanism
) -> None:
    closed = ngo.actor(Role.LAWYER)
    User.objects.filter(pk=closed.user_id).update(is_active=False)
    left = ngo.actor(Role.LAWYER)
    Membership.objects.filter(user_id=left.user_id).update(until=timezone.localdate() - timedelta(days=1))
    names = [ngo.actor(Role.CASE_MANAGER).username, "nobody-here", closed.username, left.username, two[0].username]
    asked = {stranger().post(reverse("network:forgotten"), {"username": n}).content.decode() for n in names * 2}
    assert len({re.sub(r'value="[^"]{40,}"', "", page) for page in asked}) == 1
    assert AccountRecovery.objects.count() == 2
    told = {"first": "A", "second": "B", "new_password": NEW, "new_password_again": NEW}
    said = set()
    for name in names:
        page = stranger().post(reverse("network:forgotten_codes"), {"username": name, **told})
        said.add((page.status_code, words(page.content.decode()).replace(name, "")))
    assert len(said) == 1


def test_guessing_codes_has_to_wait(ngo: Body, two: tuple[Actor, Actor]) -> None:
    client, told = stranger(), {"first": "A", "second": "B", "new_password": NEW, "new_password_again": NEW}
    for _attempt in range(6):
        page = client.post(reverse("network:forgotten_codes"), {"username": two[0].username, **told})
    assert "failed attempts" in words(page.content.decode())


def test_a_colleague_asks_and_the_person_who_is_in_after_all_stops_it(
    ngo: Body, two: tuple[Actor, Actor], signed_in: Browser
) -> None:
    nada, colleague = ngo.actor(Role.LAWYER), ngo.actor(Role.CASE_MANAGER)
    place = Membership.objects.get(user_id=nada.user_id)
    sent(signed_in(colleague), reverse("network:file_recovery", args=[ngo.organisation.pk, place.pk]))
    client = signed_in(nada)
    assert "Somebody asked to let you back in" in read(client, "/")
    client.post(reverse("network:custody_stop"))
    assert "Somebody asked" not in read(client, "/")
    assert AccountRecovery.objects.get().ended == "stopped"


def test_the_administrator_of_the_server_has_no_part_in_it(
    ngo: Body, two: tuple[Actor, Actor], mechanism: Mechanism, signed_in: Browser
) -> None:
    nada = ngo.actor(Role.LAWYER)
    stranger().post(reverse("network:forgotten"), {"username": nada.username})
    asked = AccountRecovery.objects.get()
    place = Membership.objects.get(user_id=nada.user_id)
    client = signed_in(mechanism.co_ordination.actor(Role.SYSTEM_ADMIN))
    for address in (
        reverse("network:custody_recovery", args=[asked.pk]),
        reverse("network:custody_refuse", args=[asked.pk]),
        reverse("network:file_recovery", args=[ngo.organisation.pk, place.pk]),
    ):
        assert client.get(address).status_code in {403, 404}
        assert client.post(address, {"once": str(uuid.uuid4())}).status_code in {403, 404}
    assert not asked.approvals.exists()


def test_the_person_sees_no_button_to_approve_their_own(
    ngo: Body, two: tuple[Actor, Actor], signed_in: Browser
) -> None:
    stranger().post(reverse("network:forgotten"), {"username": two[0].username})
    asked = AccountRecovery.objects.get()
    address = reverse("network:custody_recovery", args=[asked.pk])
    client = signed_in(two[0])
    assert "Approve and show my code" not in read(client, address)
    assert client.post(address, {"once": str(uuid.uuid4())}).status_code == 422


def test_the_sheet_is_shown_once_and_lets_a_member_in(ngo: Body, two: tuple[Actor, Actor], signed_in: Browser) -> None:
    nada = ngo.actor(Role.CASE_MANAGER)
    client = signed_in(two[0])
    code = only_code(send(client, reverse("network:custody_code")))
    assert code not in client.get(reverse("network:custody_code")).content.decode()
    assert code not in client.get(reverse("network:custody")).content.decode()
    told = {"username": nada.username, "code": code, "new_password": NEW, "new_password_again": NEW}
    early = stranger().post(reverse("network:forgotten_organisation"), told)
    assert (early.status_code, "every custodian can see it first" in early.content.decode()) == (422, True)
    OrganisationCode.objects.update(made_at=timezone.now() - printed.WAITS)
    assert only_code(stranger().post(reverse("network:forgotten_organisation"), told))
    assert accounts.open_keyring(User.objects.get(pk=nada.user_id), NEW).keeper_private(ngo.organisation.pk)
    page = read(signed_in(two[1]), "/")
    assert f"{full_name(nada)} got back in with the organisation&#x27;s recovery code".replace("&#x27;", "'") in page
    assert not OrganisationCode.objects.exists()
    assert stranger().post(reverse("network:forgotten_organisation"), told).status_code == 422


def test_new_keys_go_on_over_several_requests_and_can_be_left(
    ngo: Body, two: tuple[Actor, Actor], signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = CaseFactory(actor=two[0])
    leaver = ngo.actor(Role.LAWYER)
    Membership.objects.filter(user_id=leaver.user_id).update(until=timezone.localdate() - timedelta(days=1))
    monkeypatch.setattr(rotation, "PORTION", 1)
    monkeypatch.setattr(views, "SECONDS_A_REQUEST", 0.0)
    client, address = signed_in(two[0]), reverse("network:custody_exchange")
    assert "New keys are due" in read(client, reverse("network:custody"))
    assert full_name(leaver) in read(client, address)
    total = ItemGrant.objects.filter(keeper_id=ngo.organisation.pk).count()
    sent(client, address)
    page = client.get(f"{address}?going=1").content.decode()
    assert f"0 of {total}" in words(page)
    assert 'data-fener="go-on"' in page
    client.post(address)
    other = signed_in(two[1])
    assert "The keys are being exchanged" in read(other, reverse("network:custody"))
    assert 'data-fener="go-on"' not in other.get(address).content.decode()  # only whoever began it is led on
    assert case.code in read(other, reverse("casework:case", args=[case.code]))
    for _tap in range(total):
        other.post(address)
    assert KeyRotation.objects.get().finished_at is not None
    assert "the old key is destroyed" in words(other.get(f"{address}?going=1").content.decode())
    assert not KeeperMember.objects.filter(user_id=leaver.user_id).exists()
    assert Keeper.objects.get(pk=ngo.organisation.pk).sealed_earlier_key is None


def test_what_custodians_are_told_is_on_today_until_they_have_seen_it(
    ngo: Body, two: tuple[Actor, Actor], signed_in: Browser
) -> None:
    send(signed_in(two[1]), reverse("network:custody_code"))
    client = signed_in(two[0])
    sentence = f"{full_name(two[1])} made a new recovery code of the organisation."
    assert sentence in read(client, "/")
    client.post(reverse("network:custody_seen"))
    assert sentence not in read(client, "/")
    assert sentence in read(client, reverse("network:custody"))
    assert CustodyNotice.objects.get().seen.get().user_id == two[0].user_id
    assert sentence not in read(signed_in(ngo.actor(Role.CASE_MANAGER)), "/")


def test_what_the_administrator_did_in_a_session_is_read_by_custodians(
    ngo: Body, two: tuple[Actor, Actor], signed_in: Browser
) -> None:
    admin = ngo.actor(Role.ORGANISATION_ADMIN)
    place = Membership.objects.get(user_id=two[1].user_id)
    sent(signed_in(admin), reverse("network:take_key", args=[ngo.organisation.pk, place.pk]))
    client = signed_in(two[0])
    page = client.get(reverse("network:administration")).content.decode()
    assert "what the test is about" in page
    ids = re.findall(r"administration/([0-9a-f-]{36})/", page)
    found = [reverse("network:administration_session", args=[one]) for one in ids]
    assert any("account.revoke_key" in read(client, address) for address in found)
    entry = AuditEntry.objects.get(act="account.revoke_key")
    assert entry.detail["session"]


def test_a_recovery_that_is_over_looks_like_none(ngo: Body, two: tuple[Actor, Actor], signed_in: Browser) -> None:
    nada = ngo.actor(Role.LAWYER)
    stranger().post(reverse("network:forgotten"), {"username": nada.username})
    address = reverse("network:custody_recovery", args=[AccountRecovery.objects.get().pk])
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        assert signed_in(two[0]).get(address).status_code == 404
        assert signed_in(two[0]).get(reverse("network:custody_recovery", args=[uuid.uuid4()])).status_code == 404
