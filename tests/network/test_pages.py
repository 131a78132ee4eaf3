"""From ``fener init`` to a colleague at work, through the pages; and who is shown which of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from fener.network import first_account
from fener.network.models import Invitation, Membership, Organisation
from fener.trust import accounts
from fener.trust.actor import SYSTEM, Actor
from fener.trust.models import User
from fener.trust.roles import Role
from tests.casework.browsing import page, read, send, sent
from tests.factories.network import PASSWORD, Body, Mechanism
from tests.web.pages import words

Browser = Callable[..., Client]
OWN = "a-sentence-of-my-own-9"
SHOWN = re.compile(r'<strong class="fener-code fener-code--long">([^<]+)</strong>')


def sign_in(username: str, password: str) -> Client:
    cache.clear()
    client = Client()
    answer = client.post("/account/login/", {"login": username, "password": password})
    assert answer.status_code == 302, "nobody was signed in"
    return client


def lands(client: Client) -> None:
    """They are at work: Today opens."""
    assert client.get("/").status_code == 200, "nobody landed"


def administers(client: Client, password: str) -> Client:
    """An administration session in that browser."""
    told = {"reason": "what the test is about", "minutes": "30", "proof": password, "once": str(uuid4())}
    assert client.post("/administration/begin/", told).status_code == 302, "no administration session began"
    return client


def takes_up(code: str, username: str) -> Client:
    """A new browser in which somebody takes an invitation up; they are signed in."""
    client = Client()
    assert client.post("/invitation/", {"code": code}).headers["Location"] == "/invitation/account/"
    told = {"username": username, "new_password": OWN, "new_password_again": OWN}
    answer = client.post("/invitation/account/", told)
    assert answer.status_code == 200, words(answer.content.decode())
    assert len(SHOWN.findall(answer.content.decode())) == 1, "the recovery code"
    return client


@pytest.fixture
def first(db: None, today: date) -> Client:
    """Whoever set the node up with ``fener init``."""
    user = accounts.create_user(actor=SYSTEM, username="goran", full_name="Goran Tisa", password=PASSWORD).user
    first_account.set_up(user=user, organisation="Office of the Co-ordinator")
    return administers(sign_in("goran", PASSWORD), PASSWORD)


NEW_BODY = {
    "body_name": "Svetionik, help for people",
    "short_name": "Svetionik",
    "sector": "ngo",
    "country": "RS",
    "languages": ["sr", "sq"],
    "trained_assessor": "on",
    "full_name": "Mira Jela",
    "roles": ["organisation_admin"],
    "since": "2.3.2026",
}


def test_from_the_first_account_to_a_colleague_who_opens_what_the_body_keeps(first: Client) -> None:
    answer = send(first, reverse("network:add_body"), **NEW_BODY)
    assert "no-store" in answer.headers["Cache-Control"]
    assert not Organisation.objects.filter(short_name="Svetionik").exists()  # nobody could hold its keys yet
    (code,) = SHOWN.findall(answer.content.decode())
    assert "Bodies that are expected" in read(first, reverse("network:bodies"))
    mira = takes_up(code, "mira")
    body = Organisation.objects.get(short_name="Svetionik")
    assert "Bodies that are expected" not in read(first, reverse("network:bodies"))

    administers(mira, OWN)
    answer = send(
        mira, reverse("network:add_member", args=[body.pk]),
        full_name="Nada Bor", roles=["case_manager"], since="2.3.2026",
    )  # fmt: skip
    (code,) = SHOWN.findall(answer.content.decode())
    assert "Invitations that nobody has used yet" in read(mira, reverse("network:own"))
    takes_up(code, "nada")
    html = page(mira, reverse("network:own"))
    assert "Nada Bor (user name nada) has an account and opens nothing before" in words(html)
    place = Membership.objects.get(user__username="nada")
    address = reverse("network:hand_on_key", args=[body.pk, place.pk])
    token = re.search(rf'action="{address}".*?name="once" value="([^"]+)"', html, re.S)
    assert token, "one tap"
    assert mira.post(address, {"once": token.group(1)}).status_code == 302
    assert accounts.open_keyring(User.objects.get(username="nada"), OWN).keeper_private(body.pk)
    assert "waits for a colleague" not in read(mira, reverse("network:own"))


def test_the_code_is_shown_once_and_kept_nowhere(first: Client) -> None:
    (code,) = SHOWN.findall(send(first, reverse("network:add_body"), **NEW_BODY).content.decode())
    for address in ("/network/", reverse("network:add_body")):
        assert code not in page(first, address)
    assert code.replace("-", "") not in str(list(Invitation.objects.values()))


def test_the_form_that_is_sent_twice_makes_one_invitation_and_shows_no_code_again(first: Client) -> None:
    address = reverse("network:add_body")
    token = re.search(r'name="once" value="([^"]+)"', page(first, address)).group(1)  # type: ignore[union-attr]
    first.post(address, {"once": token, **NEW_BODY})
    again = first.post(address, {"once": token, **NEW_BODY})
    assert again.headers["Location"] == reverse("network:bodies")
    assert Invitation.objects.count() == 1


def test_an_account_that_is_closed_is_signed_out_at_once(ngo: Body, signed_in: Browser) -> None:
    admin, colleague = ngo.actor(Role.ORGANISATION_ADMIN), ngo.actor(Role.CASE_MANAGER)
    there = signed_in(colleague)
    assert there.get("/").status_code == 200
    place = Membership.objects.get(user_id=colleague.user_id)
    here = signed_in(admin)
    sent(here, reverse("network:close_account", args=[ngo.organisation.pk, place.pk]))
    assert "/account/login/" in there.get("/").headers["Location"]
    with pytest.raises(AssertionError, match="landed"):
        lands(sign_in(colleague.username, PASSWORD))
    sent(here, reverse("network:open_account", args=[ngo.organisation.pk, place.pk]))
    assert signed_in(colleague).get("/").status_code == 200


def test_the_whole_of_a_body_is_set_up_through_the_pages(ngo: Body, mechanism: Mechanism, signed_in: Browser) -> None:
    runs = signed_in(mechanism.co_ordination.actor(Role.SYSTEM_ADMIN))
    body = ngo.organisation
    sent(
        runs, reverse("network:give_mandate", args=[body.pk]),
        function="identify", legal_basis="Act on the mechanism, article 9", since="1.3.2026", until="",
    )  # fmt: skip
    given = body.mandates.get(function="identify")
    sent(runs, reverse("network:end_mandate", args=[body.pk, given.pk]), until="1.6.2026")
    sent(
        runs, reverse("network:add_desk", args=[body.pk]),
        name="Night desk", receives=["service", "intake"], escalates_to=str(mechanism.shelter.desk().pk),
    )  # fmt: skip
    desk = body.desks.get(name="Night desk")
    sent(
        runs, reverse("network:add_service", args=[body.pk]),
        kind="shelter", name="Eight places", desk=str(desk.pk), capacity="8", min_age="18", max_age="",
        languages=["sr"],
    )  # fmt: skip
    service = body.services.get(name="Eight places")
    sent(
        runs, reverse("network:change_service", args=[body.pk, service.pk]),
        name="Six places", desk=str(desk.pk), capacity="6", min_age="18", max_age="", active="on",
    )  # fmt: skip
    sent(
        runs, reverse("network:change_desk", args=[body.pk, desk.pk]),
        name="Night desk", receives=["service"], escalates_to="",
    )  # fmt: skip
    told = read(runs, reverse("network:body", args=[body.pk]))
    for words_ in (
        "Act on the mechanism, article 9",
        "1 June 2026",
        "Night desk",
        "closed",
        "Six places",
        "from 18 years",
    ):
        assert words_ in told


def test_a_mistake_comes_back_beside_its_field_with_everything_that_was_typed(first: Client) -> None:
    answer = send(first, reverse("network:add_body"), **{**NEW_BODY, "roles": []})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "roles" in html
    assert 'value="Svetionik, help for people"' in html
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_whose_pages_of_the_network_they_are(mechanism: Mechanism, ngo: Body, signed_in: Browser, role: Role) -> None:
    client = signed_in(ngo.actor(role))
    other = mechanism.shelter.organisation
    place = Membership.objects.filter(organisation=ngo.organisation).first()
    runs = role is Role.SYSTEM_ADMIN
    own = role in {Role.ORGANISATION_ADMIN, Role.CASE_MANAGER}
    expected = {
        reverse("network:account"): True,
        reverse("network:own"): own or runs,
        reverse("network:bodies"): runs,
        reverse("network:add_body"): runs,
        reverse("network:body", args=[other.pk]): runs,
        reverse("network:body", args=[ngo.organisation.pk]): own or runs,
        reverse("network:member", args=[ngo.organisation.pk, place.pk]): own or runs,  # type: ignore[union-attr]
        reverse("network:give_mandate", args=[ngo.organisation.pk]): runs,
        reverse("network:add_desk", args=[ngo.organisation.pk]): runs or role is Role.ORGANISATION_ADMIN,
        reverse("network:add_desk", args=[other.pk]): runs,
        reverse("network:add_member", args=[ngo.organisation.pk]): runs or role is Role.ORGANISATION_ADMIN,
        reverse("network:hand_on_key", args=[ngo.organisation.pk, place.pk]): own,  # type: ignore[union-attr]
    }
    for address, allowed in expected.items():
        assert (client.get(address).status_code == 200) is allowed, (role, address)


def test_a_body_that_is_not_ours_looks_like_one_that_does_not_exist(
    mechanism: Mechanism, ngo: Body, signed_in: Browser
) -> None:
    client = signed_in(ngo.actor(Role.ORGANISATION_ADMIN, elevated=False))
    nowhere = "/network/00000000-0000-4000-8000-000000000000/"
    there = client.get(reverse("network:body", args=[mechanism.shelter.organisation.pk]))
    assert there.status_code == 404
    assert words(there.content.decode()) == read(client, nowhere, status=404)
    assert client.get(reverse("network:member", args=[ngo.organisation.pk, 999999])).status_code == 404


def test_a_person_of_one_body_is_not_reached_through_the_address_of_another(
    mechanism: Mechanism, ngo: Body, signed_in: Browser
) -> None:
    stranger = mechanism.shelter.actor(Role.SHELTER_WORKER)
    place = Membership.objects.get(user_id=stranger.user_id)
    client = signed_in(ngo.actor(Role.ORGANISATION_ADMIN))
    assert client.get(reverse("network:member", args=[ngo.organisation.pk, place.pk])).status_code == 404
    assert client.post(reverse("network:take_key", args=[ngo.organisation.pk, place.pk]), {}).status_code == 404


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.ORGANISATION_ADMIN])
def test_whoever_administers_reaches_no_case_from_any_page(ngo: Body, signed_in: Browser, role: Role) -> None:
    client = signed_in(ngo.actor(role))
    seen: set[str] = set()
    waiting = ["/", "/organisation/", "/network/"]
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith(("/static/", "/account/2fa/")):
            continue
        seen.add(address)
        answer = client.get(address)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            waiting += re.findall(r'href="(/[^"#?]*)', answer.content.decode())
    assert len(seen) > 8
    assert not [address for address in seen if address.startswith(("/cases/", "/referrals/", "/intakes/"))]


def test_the_language_that_somebody_chose_is_theirs_on_every_device(ngo: Body, signed_in: Browser) -> None:
    worker = ngo.actor(Role.CASE_MANAGER)
    client = signed_in(worker)
    assert 'lang="en"' in page(client, "/")
    sent(client, reverse("network:account"), language="sr-latn")
    assert 'lang="sr-latn"' in page(client, "/")
    assert 'lang="sr-latn"' in page(signed_in(worker), "/")
    client.post("/language/", {"language": "sr", "next": "/"})
    assert 'lang="sr"' in page(signed_in(worker), "/")


def test_the_account_page_is_one_tap_away_for_everybody(ngo: Body, signed_in: Browser) -> None:
    client = signed_in(ngo.actor(Role.FRONTLINE_OFFICER))
    assert f'href="{reverse("network:account")}"' in page(client, "/")
    told = read(client, reverse("network:account"))
    for words_ in (ngo.organisation.name, "Front-line officer", "Change your password", "Sign out"):
        assert words_ in told


def test_somebody_without_a_place_in_a_body_still_has_an_account_page(db: None, signed_in: Browser) -> None:
    account = accounts.create_user(actor=SYSTEM, username="nobody", full_name="No Body", password=PASSWORD)
    client = signed_in(Actor(user_id=account.user.pk, username="nobody"))
    assert "none today" in read(client, reverse("network:account"))
    assert client.get(reverse("network:own")).status_code == 404
