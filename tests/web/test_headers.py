"""What every answer tells the browser: keep nothing, run nothing of others, tell nobody where one came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from fener.trust.roles import Role
from tests.access.world import PUBLIC, routes, things
from tests.factories.network import Mechanism

pytestmark = [pytest.mark.django_db]


def faults(answer: Any) -> list[str]:
    """What the headers of an answer lack, in words."""
    policy = dict(part.strip().partition(" ")[::2] for part in answer.get("Content-Security-Policy", "").split(";"))
    wanted = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
        "base-uri": "'none'",
    }
    found = [f"{name} is {policy.get(name)!r}" for name, value in wanted.items() if policy.get(name) != value]
    found += [f"{name} allows {value!r}" for name, value in policy.items() if "unsafe" in value or "*" in value]
    exactly = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
    }
    found += [f"{name} is {answer.get(name)!r}" for name, value in exactly.items() if answer.get(name) != value]
    allowed = answer.get("Permissions-Policy", "")
    found += [
        f"{name} is not refused" for name in ("camera", "microphone", "geolocation") if f"{name}=()" not in allowed
    ]
    return found


def test_every_address_answers_with_the_same_strict_headers_and_is_kept_by_nobody(
    mechanism: Mechanism, signed_in: Callable[..., Client]
) -> None:
    own = things(mechanism, mechanism.ngo)
    browser, stranger = signed_in(own.body.actor(Role.CASE_MANAGER)), Client()
    found: list[str] = []
    for route in routes():
        address = reverse(route.name, kwargs=own.arguments(route)) if route.name else f"/{route.pattern}"
        for who, client in (("staff", browser), ("nobody", stranger)):
            answer = client.get(address)
            found += [f"{address} for {who}: {fault}" for fault in faults(answer)]
            if "no-store" not in answer.get("Cache-Control", ""):
                found.append(f"{address} for {who}: may be kept")
            if who == "nobody" and answer.status_code == 200 and route.name not in PUBLIC:
                found.append(f"{address} is shown to anybody")
    assert found == []


@pytest.mark.parametrize("address", ["/nowhere/", "/account/login/", "/help/"])
def test_a_page_for_everybody_has_them_too(client: Client, address: str) -> None:
    assert faults(client.get(address)) == []


def test_signing_out_clears_what_the_browser_kept(mechanism: Mechanism, signed_in: Callable[..., Client]) -> None:
    browser = signed_in(mechanism.ngo.actor(Role.CASE_MANAGER))
    assert browser.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache", "storage"'


def test_the_check_would_notice_a_looser_policy() -> None:
    answer = HttpResponse()
    answer["Content-Security-Policy"] = "default-src 'none'; script-src 'self' 'unsafe-inline'"
    assert "script-src allows \"'self' 'unsafe-inline'\"" in faults(answer)


def test_a_form_from_a_page_without_origin_or_of_another_site_is_refused() -> None:
    """``no-referrer`` would make browsers send this origin with our own forms: hence ``same-origin``."""
    client = Client(enforce_csrf_checks=True)
    client.get(reverse("account_login"))
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    form = {"login": "mira", "password": "no", "csrfmiddlewaretoken": token}
    for origin, status in (("null", 403), ("https://elsewhere.example", 403), ("http://testserver", 200)):
        assert client.post(reverse("account_login"), form, HTTP_ORIGIN=origin).status_code == status, origin


def test_words_that_are_given_back_after_the_end_of_a_session_are_kept_by_no_browser() -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(reverse("account_login"))
    form = {"account": "He was met at noon.", "csrfmiddlewaretoken": "x" * 32}
    answer = client.post(reverse("casework:case_open"), form, HTTP_ORIGIN="http://testserver")
    assert answer.status_code == 403
    assert "He was met at noon." in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(
    mechanism: Mechanism, signed_in: Callable[..., Client]
) -> None:
    browser = signed_in(mechanism.ngo.actor(Role.CASE_MANAGER))
    assert {"fener_session", "fener_key", "fener_csrf"} <= set(browser.cookies)
    for name in ("fener_session", "fener_key", "fener_csrf"):
        cookie = browser.cookies[name]
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Strict", name
    assert not browser.cookies["fener_key"]["max-age"]
