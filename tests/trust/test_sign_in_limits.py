"""How long a sign-in lasts at most, what a password given again is good for, where an issuer's word is looked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import requests
import time_machine
from allauth.socialaccount.adapter import get_adapter
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from fener.trust import session
from fener.trust.models import User
from tests.trust.people import PASSWORD, Person
from tests.trust.test_session import activate_totp, code_of, seen, sign_in

pytestmark = [pytest.mark.urls("tests.trust.urls"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _no_attempts_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_a_session_ends_after_its_longest_time_however_busy_somebody_is(
    client: Client, mira: Person, settings: Any
) -> None:
    with time_machine.travel("2026-03-10 06:00:00+00:00", tick=False) as clock:
        sign_in(client)
        for _quarter in range(settings.SESSION_LONGEST_HOURS * 4):  # never idle
            assert seen(client)["unlocked"] is True
            clock.shift(15 * 60)
        assert seen(client)["unlocked"] is True  # to the minute
        old = client.cookies["fener_session"].value
        clock.shift(1)
        answer = client.get("/")
        assert answer.json() == {"user": "None", "unlocked": False, "opened": []}
        assert answer["Clear-Site-Data"] == '"cache", "storage"'
        assert client.cookies[session.COOKIE].value == ""
        assert not Session.objects.filter(pk=old).exists()


def test_the_password_given_again_makes_a_copied_session_worthless(client: Client, mira: Person) -> None:
    sign_in(client)
    copied = Client()
    for name, cookie in client.cookies.items():
        copied.cookies[name] = cookie.value
    assert seen(copied)["unlocked"] is True
    client.post("/account/unlock/", {"password": "wrong"})
    assert seen(copied)["unlocked"] is True
    client.post("/account/unlock/", {"password": PASSWORD})
    assert seen(copied)["user"] == "None"
    assert seen(client)["unlocked"] is True


def test_the_code_of_a_second_step_is_good_once_and_for_half_a_minute(client: Client, mira: Person) -> None:
    with time_machine.travel("2026-03-10 06:00:00+00:00", tick=False) as clock:
        secret = activate_totp(mira.user)
        code = code_of(secret)
        for browser, let_in in ((client, True), (Client(), False)):
            sign_in(browser)
            answer = browser.post("/account/2fa/authenticate/", {"code": code})
            assert (answer.status_code == 302) is let_in
            assert seen(browser)["unlocked"] is let_in
        late, code = Client(), code_of(secret)
        clock.shift(60)
        cache.clear()  # not because it was used
        sign_in(late)
        assert late.post("/account/2fa/authenticate/", {"code": code}).status_code == 200


def test_what_an_issuer_sends_on_to_is_not_followed() -> None:
    asked = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/inside")
            self.end_headers()

        def log_message(self, *_told: Any) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with get_adapter().get_requests_session() as asking, pytest.raises(requests.RequestException):
            asking.get(f"http://127.0.0.1:{server.server_port}/configuration")
    finally:
        server.shutdown()
        server.server_close()
    assert asked == ["/configuration"]


@pytest.mark.parametrize(
    "password, good",
    [
        ("fener-fener-2026", False),
        ("Lozinka.policija1", False),
        ("MIRA-mira-mira-1", False),
        ("Mira Kovacevic", False),
        ("trafficking2026!", False),
        ("the lantern by our door", True),
        ("x" * 3 + " gusta magla nad rekom", True),
    ],
)
def test_a_password_is_not_made_of_the_words_that_everybody_here_would_try(password: str, good: bool) -> None:
    holder = User(username="mira", full_name="Mira Kovačević")
    if good:
        validate_password(password, holder)
    else:
        with pytest.raises(ValidationError):
            validate_password(password, holder)


@pytest.mark.parametrize("path", ["/account/2fa/webauthn/add/", "/account/2fa/totp/deactivate/"])
def test_a_second_step_is_changed_only_after_the_password(path: str, client: Client, mira: Person) -> None:
    with time_machine.travel("2026-03-10 06:00:00+00:00", tick=False) as clock:
        secret = activate_totp(mira.user)
        sign_in(client)
        client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
        assert client.get(path).status_code == 200  # the password was given a moment ago
        clock.shift(10 * 60)
        for answer in (client.get(path), client.post(path)):
            assert "reauthenticate" in answer["Location"]
        assert mira.user.authenticator_set.filter(type="totp").exists()


def test_a_password_does_not_grow_old(client: Client, mira: Person) -> None:
    with time_machine.travel("2036-03-10 06:00:00+00:00", tick=False):
        sign_in(client)
        assert seen(client)["unlocked"] is True
