"""One browser for the room, one node with people in every stage of the path, and a way to sit down at it as anybody."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from fener.web.demo import mechanism as demo
from tests.e2e.again import world_again
from tests.e2e.world import World, make_world

# Playwright keeps an event loop in this thread; nothing that the tests themselves do is asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ARGS = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
SMALL = {"width": 360, "height": 740}

SitDown = Callable[..., Page]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of the room on this worker. Other rooms start their own after it has ended."""
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def world(transactional_db: None, live_server: LiveServer) -> Iterator[World]:
    """The demonstration's people with some more, served."""
    made = world_again(make_world)
    demo.write_accounts(made.mechanism.accounts)
    made.url = live_server.url
    yield made
    demo.accounts_file().unlink(missing_ok=True)


def sign_in(page: Page, url: str, username: str, password: str) -> None:
    """Through the page, as everybody does."""
    cache.clear()  # attempts to sign in are counted
    page.goto(url + "/account/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda address: "/account/login" not in address)


def second_factor(page: Page, secret: str) -> None:
    """The code that an authenticator would show now."""
    counter = int(time.time()) // 30
    page.fill("[name=code]", format_hotp_value(hotp_value(secret, counter)))
    page.click("main form button.govuk-button >> nth=0")
    page.wait_for_url(lambda address: "/2fa/" not in address)


@pytest.fixture
def sit_down(browser: Browser) -> Iterator[SitDown]:
    """``sit_down(url, account, **options of the browser)``: the page of somebody who has signed in."""
    contexts: list[BrowserContext] = []

    def open_page(url: str, account: demo.Account | None, *, secret: str = "", **options: Any) -> Page:
        context = browser.new_context(**{"viewport": SMALL, "bypass_csp": True, "service_workers": "block", **options})
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        if account is not None:
            sign_in(page, url, account.username, account.password)
            if "/2fa/authenticate/" in page.url:
                second_factor(page, secret)
        return page

    yield open_page
    for context in contexts:
        context.close()
