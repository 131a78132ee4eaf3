"""The pages of a case in a real browser: on a small phone, with a keyboard, and without scripts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from fener.casework.models import Case
from fener.casework.services import compartments
from fener.trust.actor import Actor
from fener.trust.models import Consent
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import PASSWORD, Mechanism

AXE = (Path(__file__).parent.parent / "assets" / "axe.min.js").read_text(encoding="utf-8")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Playwright keeps an event loop in this thread; nothing that the tests themselves do is asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def worker(transactional_db: None) -> Actor:
    """A case manager, on the day of the browser: its clock is not ours to stop."""
    from datetime import date

    return Mechanism(since=date(2020, 1, 1)).ngo.actor(Role.CASE_MANAGER)


@pytest.fixture
def case(worker: Actor) -> Case:
    made: Case = CaseFactory(actor=worker)
    return made


def signed_in(browser: Browser, server: LiveServer, actor: Actor, **options: object) -> Page:
    page = browser.new_context(bypass_csp=True, **options).new_page()  # type: ignore[arg-type]
    page.goto(server.url + "/account/login/")
    page.fill("[name=login]", actor.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda address: "/account/login" not in address)
    return page


def url(server: LiveServer, name: str, *args: object) -> str:
    return str(server.url) + reverse(f"casework:{name}", args=args)


def sound(page: Page, width: int) -> tuple[list[object], bool]:
    """What axe finds, and whether the page fits."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))")
    return found, page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_and_every_page_fits_a_small_phone(
    live_server: LiveServer, browser: Browser, worker: Actor, case: Case
) -> None:
    page = signed_in(browser, live_server, worker)
    names = ("case", "consent_new", "assessment_new", "case_facts", "who_knows", "information", "override_new")
    for width, scheme in ((320, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for where in [url(live_server, "cases"), url(live_server, "case_open")] + [
            url(live_server, name, case.code) for name in names
        ]:
            page.goto(where)
            assert sound(page, width) == ([], True), (where, width)
    page.context.close()


def test_an_opened_part_closes_by_itself_and_can_be_kept_open(
    live_server: LiveServer, browser: Browser, worker: Actor, case: Case
) -> None:
    page = signed_in(browser, live_server, worker)
    page.clock.install()
    page.goto(url(live_server, "case", case.code))
    with page.expect_navigation():
        page.click("#sealed form button >> nth=0")
    page.wait_for_selector("text=Ilić")
    page.wait_for_load_state("networkidle")  # the script that counts has begun to
    page.clock.fast_forward(245_000)
    page.wait_for_selector("text=This closes in one minute.")
    page.click("text=Keep it open")
    page.clock.fast_forward(120_000)
    assert page.is_visible("text=Ilić")
    page.clock.fast_forward(200_000)
    page.wait_for_url("**#sealed")
    assert not page.is_visible("text=Ilić")
    page.context.close()


def test_a_consent_is_recorded_without_scripts_and_withdrawn_by_keyboard(
    live_server: LiveServer, browser: Browser, worker: Actor, case: Case
) -> None:
    keep = Consent.objects.get(subject_id=case.pk)
    page = signed_in(browser, live_server, worker, java_script_enabled=False, viewport={"width": 320, "height": 700})
    page.goto(url(live_server, "consent_new", case.code))
    page.select_option("[name=recipient]", str(worker.keeper_id))
    page.check("[name=purpose][value=recontact]")
    page.check("[name=compartments][value=contact]")
    with page.expect_navigation():
        page.click("text=Show the sentence")
    page.wait_for_selector("main >> text=to make contact again later")
    page.click("text=The person agrees: record it")
    page.wait_for_url("**#agreed")
    given = Consent.objects.exclude(pk=keep.pk).get()
    page.focus(f"a[href*='{given.pk}']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/withdraw/")
    page.focus("main form button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/consents/{given.pk}/")
    given.refresh_from_db()
    assert given.withdrawn_at is not None
    page.context.close()


def test_a_second_tab_does_not_save_over_the_first(
    live_server: LiveServer, browser: Browser, worker: Actor, case: Case
) -> None:
    first = signed_in(browser, live_server, worker)
    second = first.context.new_page()
    for tab in (first, second):
        tab.goto(url(live_server, "compartment_edit", case.code, "contact"))
        with tab.expect_navigation():
            tab.click("text=Open and change")
    first.fill("[name=mobile_phone]", "+381600000001")
    first.click("main form button >> text=Seal")
    first.wait_for_url("**#sealed")
    second.fill("[name=mobile_phone]", "+381600000002")
    with second.expect_navigation():
        second.click("main form button >> text=Seal")
    assert "+381600000001" in second.inner_text("main")
    assert second.input_value("[name=mobile_phone]") == "+381600000002"
    item = compartments.main_item(case, "contact")
    assert item is not None
    assert item.version == 2
    first.context.close()
