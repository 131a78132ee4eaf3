"""Who is signed in has their keys at hand; nobody else, no dump and no job has."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from fener.trust import accounts, keys, session
from fener.trust.models import Keeper, User
from tests.trust.people import PASSWORD, Person

pytestmark = pytest.mark.urls("tests.trust.urls")
NEW = "another-long-password-2"


@pytest.fixture(autouse=True)
def _no_attempts_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, username: str = "mira", password: str = PASSWORD) -> Any:
    return client.post("/account/login/", {"login": username, "password": password})


def seen(client: Client, path: str = "/", **query: Any) -> dict[str, Any]:
    answer = client.get(path, query)
    assert answer.status_code == 200, answer
    told: dict[str, Any] = answer.json()
    return told


def test_signing_in_unlocks_the_keys_for_the_next_requests(client: Client, mira: Person, ngo: Keeper) -> None:
    assert sign_in(client).status_code == 302
    told = seen(client, keeper=str(ngo.pk))
    assert told == {"user": str(mira.user.pk), "unlocked": True, "opened": [bytes(ngo.public_key).hex()[:16]]}


def test_one_sees_only_the_keepers_one_belongs_to(client: Client, mira: Person, ngo: Keeper, shelter: Keeper) -> None:
    sign_in(client)
    assert seen(client, keeper=str(shelter.pk))["opened"] == ["no"]


@pytest.mark.parametrize("username, password", [("mira", "wrong"), ("nobody", PASSWORD), ("mira", ""), ("", "")])
def test_a_wrong_name_or_password_unlocks_nothing(username: str, password: str, client: Client, mira: Person) -> None:
    assert sign_in(client, username, password).status_code == 200
    assert session.COOKIE not in client.cookies
    assert seen(client) == {"user": "None", "unlocked": False, "opened": []}


def test_a_closed_account_does_not_sign_in(client: Client, mira: Person) -> None:
    User.objects.filter(pk=mira.user.pk).update(is_active=False)
    sign_in(client)
    assert seen(client)["user"] == "None"
    assert session.COOKIE not in client.cookies


def test_an_account_that_is_closed_is_out_at_the_next_request(client: Client, mira: Person) -> None:
    sign_in(client)
    User.objects.filter(pk=mira.user.pk).update(is_active=False)
    assert seen(client)["unlocked"] is False


def test_the_cookie_is_kept_from_scripts_other_sites_and_the_disk(client: Client, mira: Person) -> None:
    sign_in(client)
    cookie = client.cookies[session.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["max-age"] == cookie["expires"] == ""  # gone when the browser closes
    assert not cookie["secure"]  # the demonstration node has no TLS


def test_outside_the_demonstration_the_cookie_needs_tls(client: Client, mira: Person, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    sign_in(client)
    assert client.cookies[session.COOKIE]["secure"]


def test_the_session_without_the_cookie_is_signed_in_and_locked(client: Client, mira: Person) -> None:
    sign_in(client)
    del client.cookies[session.COOKIE]
    assert seen(client) == {"user": str(mira.user.pk), "unlocked": False, "opened": []}


@pytest.mark.parametrize("cookie", ["", "x", "é", "A" * 43, base64.urlsafe_b64encode(bytes(32)).decode()])
def test_a_wrong_cookie_leaves_the_session_locked(cookie: str, client: Client, mira: Person) -> None:
    sign_in(client)
    client.cookies[session.COOKIE] = cookie
    assert seen(client)["unlocked"] is False


def test_the_session_store_alone_opens_nothing(client: Client, mira: Person) -> None:
    sign_in(client)
    stored = Session.objects.get().get_decoded()
    assert client.cookies[session.COOKIE].value not in json.dumps(stored)
    sealed = base64.b64decode(stored[session.SEALED]["sealed"])
    private = accounts.open_private_key(mira.user, PASSWORD)
    assert private is not None
    assert private.raw not in sealed
    with pytest.raises(keys.DoesNotOpen):
        keys.decrypt(bytes(32), sealed, bound_to=keys.user_key_context(mira.user.pk, "session"))


def test_a_sealed_key_put_into_somebody_elses_session_does_not_open(
    client: Client, mira: Person, arben: Person
) -> None:
    sign_in(client)
    other = Client()
    sign_in(other, "arben")
    stolen = client.session[session.SEALED]
    for entry in (stolen, {**stolen, "user": str(arben.user.pk)}):
        theirs = other.session
        theirs[session.SEALED] = entry
        theirs.save()
        other.cookies[session.COOKIE] = client.cookies[session.COOKIE].value
        assert seen(other)["unlocked"] is False


def test_signing_in_again_makes_a_new_cookie_and_signing_out_removes_it(client: Client, mira: Person) -> None:
    sign_in(client)
    first = client.cookies[session.COOKIE].value
    client.post("/account/logout/")
    assert client.cookies[session.COOKIE].value == ""
    assert seen(client) == {"user": "None", "unlocked": False, "opened": []}
    sign_in(client)
    assert client.cookies[session.COOKIE].value not in {"", first}
    assert all(session.SEALED not in s.get_decoded() or s.get_decoded()["_auth_user_id"] for s in Session.objects.all())


def test_the_password_unlocks_a_locked_session(client: Client, mira: Person) -> None:
    sign_in(client)
    del client.cookies[session.COOKIE]
    assert client.post("/account/unlock/", {"password": "wrong"}).status_code == 422
    assert seen(client)["unlocked"] is False
    answer = client.post("/account/unlock/", {"password": PASSWORD, "next": "/work/?a=1"})
    assert answer["Location"] == "/work/?a=1"
    assert seen(client)["unlocked"] is True


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil", ""])
def test_unlocking_leads_nowhere_else(target: str, client: Client, mira: Person) -> None:
    sign_in(client)
    assert client.post("/account/unlock/", {"password": PASSWORD, "next": target})["Location"] == "/"


def test_unlocking_needs_somebody_who_is_signed_in(client: Client, mira: Person) -> None:
    assert client.get("/account/unlock/")["Location"].startswith("/account/login/")
    sent = client.post("/account/unlock/", {"password": PASSWORD})
    assert sent.status_code == 403  # the page gives back what was typed


def test_guessing_passwords_is_slowed_down(client: Client, mira: Person) -> None:
    sign_in(client)
    del client.cookies[session.COOKIE]
    for _attempt in range(12):
        client.post("/account/unlock/", {"password": "wrong"})
    client.post("/account/unlock/", {"password": PASSWORD})
    assert seen(client)["unlocked"] is False  # the right one comes too late as well


def test_after_an_idle_time_pages_wait_for_the_password_and_the_keys_are_gone(
    client: Client, mira: Person, settings: Any
) -> None:
    with time_machine.travel("2026-03-10 12:00:00+00:00", tick=False) as clock:
        sign_in(client)
        seen(client)
        clock.shift(60 * settings.FENER_IDLE_MINUTES - 1)
        assert seen(client)["unlocked"] is True  # somebody worked until just now
        clock.shift(60 * settings.FENER_IDLE_MINUTES + 1)
        answer = client.get("/work/?q=1")
        assert answer["Location"] == "/account/unlock/?next=%2Fwork%2F%3Fq%3D1"
        assert client.cookies[session.COOKIE].value == ""
        assert session.SEALED not in client.session
        assert client.get("/work/")["Location"].startswith("/account/unlock/")  # and stays so
        waiting = client.post("/work/", {"words": "what was typed"})  # a form that was being filled in
        assert waiting.status_code == 403
        assert 'value="what was typed"' in waiting.content.decode()
        client.post("/account/unlock/", {"password": PASSWORD})
        assert seen(client)["unlocked"] is True


def test_changing_the_password_keeps_this_browser_and_signs_out_the_others(
    client: Client, mira: Person, ngo: Keeper
) -> None:
    other = Client()
    sign_in(client)
    sign_in(other)
    form = {"old_password": PASSWORD, "new_password": NEW, "new_password_again": NEW}
    assert client.post("/account/password/", {**form, "new_password_again": "x"}).status_code == 422
    assert client.post("/account/password/", {**form, "old_password": "x"}).status_code == 422
    assert client.post("/account/password/", form).status_code == 302
    assert seen(client, keeper=str(ngo.pk))["opened"] == [bytes(ngo.public_key).hex()[:16]]
    assert seen(other)["user"] == "None"
    sign_in(other)
    assert seen(other)["user"] == "None"
    sign_in(other, password=NEW)
    assert seen(other)["unlocked"] is True


def test_the_recovery_page_sets_a_password_and_shows_the_next_code_once(client: Client, mira: Person) -> None:
    form = {"username": "mira", "code": "0000", "new_password": NEW, "new_password_again": NEW}
    assert client.post("/account/recover/", form).status_code == 422
    answer = client.post("/account/recover/", {**form, "code": mira.recovery_code})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    code = answer.context["code"]
    assert code in answer.content.decode()
    sign_in(client, password=NEW)
    assert seen(client)["unlocked"] is True


@pytest.mark.parametrize("path", ["/account/signup/", "/account/password/reset/", "/account/email/"])
def test_there_is_no_sign_up_and_nothing_by_mail(path: str, client: Client, mira: Person) -> None:
    assert client.get(path).status_code == 404


def activate_totp(user: User) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def code_of(secret: str) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time())))))


def test_with_a_second_factor_the_keys_wait_for_it(client: Client, mira: Person) -> None:
    secret = activate_totp(mira.user)
    assert sign_in(client)["Location"] == "/account/2fa/authenticate/"
    assert seen(client) == {"user": "None", "unlocked": False, "opened": []}
    first = client.cookies[session.COOKIE].value
    assert client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert seen(client)["user"] == "None"
    assert client.post("/account/2fa/authenticate/", {"code": code_of(secret)}).status_code == 302
    assert seen(client)["unlocked"] is True
    assert client.cookies[session.COOKIE].value != first  # a new key once somebody is signed in


def test_the_second_factors_secret_is_not_readable_in_the_database(mira: Person) -> None:
    secret = activate_totp(mira.user)
    stored = Authenticator.objects.get(user=mira.user, type="totp").data["secret"]
    assert secret not in stored
    assert len(base64.b64decode(stored)) == 12 + len(secret) + 16


def test_where_a_second_factor_is_asked_for_nobody_works_without_one(
    client: Client, mira: Person, settings: Any
) -> None:
    settings.FENER_REQUIRE_MFA = True
    sign_in(client)
    for path in ("/", "/work/", "/account/password/"):
        assert client.get(path)["Location"] == "/account/2fa/totp/activate/"
        assert client.post(path)["Location"] == "/account/2fa/totp/activate/"
    assert client.get("/account/2fa/totp/activate/").status_code == 200
    assert client.post("/account/logout/")["Location"] == "/"


def test_a_second_factor_can_be_changed_but_not_done_without(client: Client, mira: Person, settings: Any) -> None:
    settings.FENER_REQUIRE_MFA = True
    secret = activate_totp(mira.user)
    sign_in(client)
    client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert seen(client, "/work/")["unlocked"] is True
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=mira.user, type="totp").exists()
    assert client.get("/work/")["Location"] == "/account/2fa/totp/activate/"
