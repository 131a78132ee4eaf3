"""Signing in, in a real browser: passkeys with a virtual authenticator, the way there and back of an organisation's own
sign-in over two sites, an idle form, recovery codes; without scripts the pages say what to do instead.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from fener.settings import oidc
from fener.trust.actor import Actor
from fener.trust.models import BrowserSession, User
from fener.trust.roles import Role
from fener.trust.signing_in import browsers
from tests.factories.network import PASSWORD, Mechanism
from tests.trust.issuer import Issuer
from tests.trust.test_session import activate_totp, code_of

AXE = (Path(__file__).parent.parent / "assets" / "axe.min.js").read_text(encoding="utf-8")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
SMALL = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def worker(transactional_db: None, mechanism: Mechanism) -> Actor:
    return mechanism.ngo.actor(Role.CASE_MANAGER)


@pytest.fixture
def today() -> None:
    """The real day: browser and server agree on it."""


@pytest.fixture
def node(live_server: LiveServer) -> str:
    """By its name: a passkey belongs to a name, and a number is none."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport=SMALL, bypass_csp=False)
    made.set_default_timeout(15_000)
    yield made
    made.close()


def authenticator(page: Page) -> None:
    """A device that has passkeys and verifies its holder, as the browser's own tools pretend one."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(page: Page, node: str, actor: Actor) -> None:
    cache.clear()
    page.goto(f"{node}/account/login/")
    page.fill("[name=login]", actor.username)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main form >> nth=0 >> button[type=submit]")


def sign_out(page: Page) -> None:
    with page.expect_navigation():
        page.click("header button:has-text('Sign out')")


def add_passkey(page: Page, node: str, *, alone: bool = False) -> None:
    page.goto(f"{node}/account/2fa/webauthn/add/")
    if alone:
        page.check("[name=passwordless]")
    with page.expect_navigation():
        page.click("form[data-passkey] button[type=submit]")


def is_unlocked(page: Page, node: str) -> bool:
    return any(one["name"] == "fener_key" and one.get("value") for one in page.context.cookies(node))


def faults(page: Page) -> Any:
    """What is wrong with the page for somebody who does not see it, or sees it small."""
    page.evaluate(AXE) if page.evaluate("typeof axe") == "undefined" else None
    told = page.evaluate("axe.run().then(r => r.violations.map(v => v.id))")
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [*told, *(["too wide"] if wide else [])]


def test_a_passkey_is_the_second_step_and_the_password_unlocks(
    context: BrowserContext, node: str, worker: Actor
) -> None:
    page = context.new_page()
    authenticator(page)
    sign_in(page, node, worker)
    add_passkey(page, node)
    assert "/recovery-codes/" in page.url  # they come with the first second step, once
    assert page.locator(".fener-codes li").count() == 10
    sign_out(page)
    sign_in(page, node, worker)
    assert "/2fa/authenticate/" in page.url
    assert not page.locator("[data-passkey-without]").is_visible()
    with page.expect_navigation(url=lambda address: "/2fa/" not in address):
        page.click("form[data-passkey] button[type=submit]")
    assert page.url == f"{node}/"
    assert is_unlocked(page, node)


def test_a_passkey_alone_signs_in_and_the_passphrase_is_asked_next(
    context: BrowserContext, node: str, worker: Actor
) -> None:
    page = context.new_page()
    authenticator(page)
    sign_in(page, node, worker)
    add_passkey(page, node, alone=True)
    sign_out(page)
    page.goto(f"{node}/account/login/")
    with page.expect_navigation(url=lambda address: "/account/unlock/" in address):
        page.click("form[data-passkey] button[type=submit]")
    assert not is_unlocked(page, node)
    with page.expect_navigation():
        page.click("text=Go on without it")
    assert page.url == f"{node}/"
    page.goto(f"{node}/account/unlock/")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    assert is_unlocked(page, node)


def test_a_passkey_is_sealed_at_rest_and_does_not_open_for_somebody_else(
    context: BrowserContext, node: str, worker: Actor, mechanism: Mechanism
) -> None:
    page = context.new_page()
    authenticator(page)
    sign_in(page, node, worker)
    page.goto(f"{node}/account/2fa/webauthn/add/")
    page.fill("[name=name]", "Blue telephone")
    with page.expect_navigation():
        page.click("form[data-passkey] button[type=submit]")
    kept = Authenticator.objects.get(user_id=worker.user_id, type="webauthn")
    assert kept.wrap().name == "Blue telephone"
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator WHERE type = 'webauthn'")
        raw = str(cursor.fetchone()[0])
    for word in ("Blue", "credential", kept.data["credential"]["id"], kept.data["credential"]["rawId"]):
        assert word not in raw
    assert set(json.loads(raw)) == {"sealed"}
    other = mechanism.ngo.actor(Role.CASE_MANAGER)
    Authenticator.objects.filter(pk=kept.pk).update(user_id=other.user_id)
    with pytest.raises(Exception, match=r"^$"):
        Authenticator.objects.get(pk=kept.pk)


def test_a_passkey_that_is_cancelled_is_said_in_words(context: BrowserContext, node: str, worker: Actor) -> None:
    page = context.new_page()
    authenticator(page)
    sign_in(page, node, worker)
    add_passkey(page, node)
    sign_out(page)
    another = context.browser.new_context(viewport=SMALL)  # type: ignore[union-attr]
    page = another.new_page()
    # As a browser answers when somebody closes its window.
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError'))")
    sign_in(page, node, worker)
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_selector("[data-passkey-failed]:not([hidden])")
    assert "No passkey was used" in page.inner_text("[data-passkey-failed]")
    page.fill("[name=code]", "000000")  # the code is still there to be used
    another.close()


def test_without_scripts_the_pages_say_what_to_do(browser: Browser, node: str, worker: Actor) -> None:
    plain = browser.new_context(viewport=SMALL, java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{node}/account/login/")
    assert not page.locator("form[data-passkey]").is_visible()
    sign_in(page, node, worker)
    page.goto(f"{node}/account/2fa/webauthn/add/")
    assert not page.locator("form[data-passkey]").is_visible()
    assert "An authenticator app works everywhere" in page.inner_text("[data-passkey-without]")
    with page.expect_navigation():
        page.click("[data-passkey-without] a")
    assert "/2fa/totp/activate/" in page.url
    plain.close()


def test_recovery_codes_are_shown_once_used_up_and_made_anew(context: BrowserContext, node: str, worker: Actor) -> None:
    user = User.objects.get(pk=worker.user_id)
    secret = activate_totp(user)
    page = context.new_page()
    sign_in(page, node, worker)
    page.fill("[name=code]", code_of(secret))
    with page.expect_navigation():
        page.click("main form:has([name=code]) button[type=submit]")
    page.goto(f"{node}/account/2fa/recovery-codes/generate/")
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    codes = page.locator(".fener-codes li").all_inner_texts()
    assert len(codes) == 10
    page.reload()
    assert page.locator(".fener-codes li").count() == 0
    assert "not shown again" in page.inner_text("main")
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator WHERE type = 'recovery_codes'")
        raw = str(cursor.fetchone()[0])
    assert not [code for code in codes if code in raw]
    sign_out(page)
    for way_in in (True, False):  # the same code, twice
        sign_in(page, node, worker)
        page.fill("[name=code]", codes[0])
        with page.expect_navigation():
            page.click("main form:has([name=code]) button[type=submit]")
        assert ("/2fa/authenticate/" not in page.url) is way_in
        if way_in:
            page.goto(f"{node}/account/2fa/recovery-codes/")
            assert "9 codes are left" in page.inner_text("main")
            sign_out(page)


@pytest.fixture
def issuer(settings: Any, worker: Actor) -> Iterator[Issuer]:
    made = Issuer()
    app = oidc.app(made.entry(worker.keeper_id), "the test")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield made
    made.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_there_and_back_over_two_sites(
    browser: Browser, node: str, worker: Actor, issuer: Issuer, scripts: bool
) -> None:
    """Our cookies are not sent with a visit that comes from another site: a page of ours stands in between."""
    context = browser.new_context(viewport=SMALL, java_script_enabled=scripts)
    page = context.new_page()
    sign_in(page, node, worker)
    page.goto(f"{node}/account/organisation/")
    with page.expect_navigation(url=re.compile(r"/account/organisation/$")):
        page.click("main a.govuk-button")
    assert SocialAccount.objects.get().user_id == worker.user_id
    assert "Linked" in page.inner_text("main")
    sign_out(page)
    page.goto(f"{node}/account/login/")
    with page.expect_navigation(url=lambda address: "/account/unlock/" in address):
        page.click("text=City clinic")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    assert page.url == f"{node}/"
    assert is_unlocked(page, node)
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_form_that_was_being_filled_in_goes_on_after_the_password(
    browser: Browser, node: str, worker: Actor, scripts: bool
) -> None:
    context = browser.new_context(viewport=SMALL, java_script_enabled=scripts)
    page = context.new_page()
    sign_in(page, node, worker)
    page.goto(f"{node}/account/")
    page.check("[name=language][value=sr-latn]")
    session = SessionStore(BrowserSession.objects.get(user_id=worker.user_id).session_key)
    session[browsers.SEEN] -= 31 * 60
    session.save()
    with page.expect_navigation():
        page.click("main form:has([name=language]) button[type=submit]")
    assert "Your password first" in page.inner_text("h1")
    assert not is_unlocked(page, node)
    page.fill("[name=fener-idle-password]", PASSWORD)
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    assert User.objects.get(pk=worker.user_id).language == "sr-latn"
    assert is_unlocked(page, node)
    context.close()


def test_the_pages_of_signing_in_are_for_everybody(browser: Browser, node: str, worker: Actor, issuer: Issuer) -> None:
    context = browser.new_context(viewport=SMALL, bypass_csp=True)
    page = context.new_page()
    authenticator(page)
    for address in ("/account/login/", "/invitation/", "/account/recover/"):
        page.goto(node + address)
        assert faults(page) == [], address
    sign_in(page, node, worker)
    add_passkey(page, node)
    assert faults(page) == [], page.url
    passkey = Authenticator.objects.get(type="webauthn").pk
    for address in (
        "/account/sessions/", "/account/organisation/", "/account/2fa/", "/account/2fa/webauthn/",
        "/account/2fa/webauthn/add/", f"/account/2fa/webauthn/keys/{passkey}/edit/",
        f"/account/2fa/webauthn/keys/{passkey}/remove/", "/account/unlock/", "/account/2fa/webauthn/reauthenticate/",
        "/account/2fa/recovery-codes/", "/handover/", "/invitation/",
    ):  # fmt: skip
        assert page.goto(node + address).status == 200, address  # type: ignore[union-attr]
        assert faults(page) == [], address
    context.close()
