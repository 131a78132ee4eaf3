"""An organisation's own sign-in proves who somebody is. It makes no account, matches no e-mail, and opens nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from fener.settings import oidc
from fener.trust.actor import Actor
from fener.trust.models import AuditEntry, User
from fener.trust.roles import Role
from tests.factories.network import PASSWORD, Mechanism
from tests.trust.issuer import Issuer

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    made = Issuer()
    yield made
    made.close()


@pytest.fixture
def worker(mechanism: Mechanism) -> Actor:
    return mechanism.ngo.actor(Role.CASE_MANAGER)


@pytest.fixture
def provider(issuer: Issuer, mechanism: Mechanism, settings: Any) -> str:
    """The NGO's sign-in is set up; the name it has in addresses."""
    app = oidc.app(issuer.entry(mechanism.ngo.organisation.pk), "the test")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    return str(app["provider_id"])


def there_and_back(client: Client, issuer: Issuer, provider: str, *, process: str = "") -> Any:
    """From our page to the issuer, and back from it."""
    query = {"process": process} if process else {}
    away = client.get(f"/account/oidc/{provider}/", query)
    assert away.status_code == 302, away
    asked = {name: values[0] for name, values in parse_qs(urlsplit(away.headers["Location"]).query).items()}
    back = urlsplit(issuer.authorize(asked))
    # As the page does that stands in between because our cookies do not come along from another site.
    return client.get(f"{back.path}?{back.query}&_redir=")


def signed_in_by_password(actor: Actor) -> Client:
    client = Client()
    assert client.post("/account/login/", {"login": actor.username, "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def linked(worker: Actor, issuer: Issuer, provider: str) -> Actor:
    there_and_back(signed_in_by_password(worker), issuer, provider, process="connect")
    assert SocialAccount.objects.get().user_id == worker.user_id
    return worker


def test_the_holder_links_the_two_and_nothing_but_who_is_stored(linked: Actor, issuer: Issuer) -> None:
    kept = SocialAccount.objects.get()
    assert (kept.uid, kept.extra_data) == ("person-1", {"iss": issuer.url})
    assert not SocialToken.objects.exists()
    assert issuer.asked[0]["scope"] == "openid"
    assert AuditEntry.objects.filter(act="account.change_own", detail__organisation_sign_in="linked").count() == 1
    stored = json.dumps(list(SocialAccount.objects.values()), default=str)
    assert "example.org" not in stored
    assert "Told By" not in stored


def test_after_it_the_passphrase_is_asked_on_a_page_of_its_own(linked: Actor, issuer: Issuer, provider: str) -> None:
    client = Client()
    answer = there_and_back(client, issuer, provider)
    assert answer.headers["Location"] == "/account/unlock/?next=%2F"
    assert "fener_key" not in client.cookies or client.cookies["fener_key"].value == ""
    assert client.get("/").status_code == 200  # what needs no key works
    assert "neither a passkey nor your organisation" in client.get("/account/unlock/").content.decode()
    assert client.post("/account/unlock/", {"password": "wrong"}).status_code == 422
    assert client.post("/account/unlock/", {"password": PASSWORD, "next": "/"}).status_code == 302
    assert client.cookies["fener_key"].value


def test_somebody_who_is_not_linked_gets_in_by_no_likeness(worker: Actor, issuer: Issuer, provider: str) -> None:
    issuer.claims = {"preferred_username": worker.username, "email": worker.username}
    client = Client()
    answer = there_and_back(client, issuer, provider)
    assert answer.status_code == 403
    assert "not linked with an account here" in answer.content.decode()
    assert client.get("/").status_code == 302
    assert not SocialAccount.objects.exists()
    assert User.objects.filter(pk=worker.user_id).exists()


@pytest.mark.parametrize(
    "lie",
    [
        {"claims": {"aud": "somebody-else"}},
        {"claims": {"iss": "https://other.example"}},
        {"claims": {"exp": 1}},
        {"signs_with_own_key": False},
        {"algorithm": "HS256"},
        {"algorithm": "none"},
        {"announced": "https://other.example"},
    ],
    ids=str,
)
def test_a_token_that_is_not_what_was_agreed_lets_nobody_in(
    linked: Actor, issuer: Issuer, provider: str, lie: dict[str, Any]
) -> None:
    for name, value in lie.items():
        setattr(issuer, name, value)
    client = Client()
    assert there_and_back(client, issuer, provider).status_code == 403
    assert client.get("/").status_code == 302


def test_a_code_is_worth_nothing_in_another_browser_or_a_second_time(
    linked: Actor, issuer: Issuer, provider: str
) -> None:
    client = Client()
    away = client.get(f"/account/oidc/{provider}/")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(away.headers["Location"]).query).items()}
    back = urlsplit(issuer.authorize(asked))
    address = f"{back.path}?{back.query}&_redir="
    assert Client().get(address).status_code == 403
    assert client.get(address).status_code == 302
    assert client.get(address).status_code == 403


def test_an_account_of_another_organisation_is_not_linked_with_it(
    mechanism: Mechanism, issuer: Issuer, provider: str
) -> None:
    stranger = signed_in_by_password(mechanism.shelter.actor(Role.SHELTER_WORKER))
    assert there_and_back(stranger, issuer, provider, process="connect").status_code == 403
    assert "has no sign-in of its own" in stranger.get("/account/organisation/").content.decode()
    assert not SocialAccount.objects.exists()


def test_one_identity_is_linked_with_one_account(
    linked: Actor, mechanism: Mechanism, issuer: Issuer, provider: str
) -> None:
    colleague = mechanism.ngo.actor(Role.CASE_MANAGER)
    there_and_back(signed_in_by_password(colleague), issuer, provider, process="connect")
    assert SocialAccount.objects.get().user_id == linked.user_id


def test_the_link_is_taken_away_by_its_holder(linked: Actor, issuer: Issuer, provider: str) -> None:
    client = signed_in_by_password(linked)
    assert "Linked" in client.get("/account/organisation/").content.decode()
    client.post("/account/organisation/unlink/")
    assert there_and_back(Client(), issuer, provider).status_code == 403


def test_a_closed_account_is_not_entered_by_it(linked: Actor, issuer: Issuer, provider: str) -> None:
    User.objects.filter(pk=linked.user_id).update(is_active=False)
    client = Client()
    there_and_back(client, issuer, provider)
    assert client.get("/").status_code == 302


def test_a_row_in_the_database_adds_no_way_in(provider: str, issuer: Issuer) -> None:
    SocialApp.objects.create(
        provider="openid_connect", provider_id="mine", name="x", client_id="x", settings={"server_url": issuer.url}
    )
    assert Client().get("/account/oidc/mine/").status_code == 404


def test_an_issuer_that_does_not_answer_is_told_in_words(provider: str, issuer: Issuer) -> None:
    issuer.close()
    answer = Client().get(f"/account/oidc/{provider}/")
    assert answer.status_code == 403
    assert "did not answer" in answer.content.decode()


def test_the_sign_in_page_offers_it_where_there_is_one(provider: str, client: Client, settings: Any) -> None:
    assert "City clinic" in client.get("/account/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "With your organisation" not in client.get("/account/login/").content.decode()


GOOD = {
    "issuer": "https://login.example.org",
    "client_id": "fener",
    "secret": "hidden-word",
    "organisation": "0b7c4c5e-2f5e-4f0f-9f43-2f0f3a1d2c3b",
    "name": "City clinic",
}


@pytest.mark.parametrize(
    "change, said",
    [
        ({"issuer": "http://login.example.org"}, "https"),
        ({"client_id": ""}, "client_id"),
        ({"organisation": "clinic"}, "organisation"),
    ],
)
def test_a_setting_that_cannot_work_is_named_and_the_secret_is_not(
    change: dict[str, str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, today: date
) -> None:
    file = tmp_path / "oidc.json"
    file.write_text(json.dumps([{**GOOD, **change}]), encoding="utf-8")
    monkeypatch.setenv("FENER_OIDC_FILE", str(file))
    with pytest.raises(ImproperlyConfigured) as refused:
        oidc.organisations()
    assert said in str(refused.value)
    assert "hidden-word" not in str(refused.value)


def test_one_organisation_is_set_by_the_environment_and_several_by_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert oidc.organisations() == []
    for key, value in GOOD.items():
        monkeypatch.setenv(f"FENER_OIDC_{key.upper()}", value)
    (one,) = oidc.organisations()
    assert one["settings"]["organisation"] == GOOD["organisation"]
    file = tmp_path / "oidc.json"
    file.write_text(json.dumps([{**GOOD, "issuer": "https://two.example"}]), encoding="utf-8")
    monkeypatch.setenv("FENER_OIDC_FILE", str(file))
    assert len(oidc.organisations()) == 2
    file.write_text(json.dumps([GOOD]), encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match="twice"):
        oidc.organisations()
