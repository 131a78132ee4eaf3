"""The look in a real browser: nothing that axe finds, nothing that leaves the screen, and it works without scripts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

AXE = (Path(__file__).parent.parent / "assets" / "axe.min.js").read_text(encoding="utf-8")
PAGES = ["/styleguide/", "/form/", "/refused/", "/expired/", "/nowhere/", "/broken/"]

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.web.urls"), pytest.mark.django_db(transaction=True)]


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


@pytest.fixture(autouse=True)
def _demonstration(settings: Any) -> None:
    settings.FENER_DEMO = True


def open_page(browser: Browser, url: str, **options: object) -> Page:
    return _go(browser.new_context(bypass_csp=True, **options).new_page(), url)  # type: ignore[arg-type]


def _go(page: Page, url: str) -> Page:
    page.goto(url)
    return page


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_leaves_the_screen(live_server: LiveServer, browser: Browser, path: str) -> None:
    views = product((320, 768, 1280), ("light", "dark")) if path == PAGES[0] else [(320, "dark"), (1280, "light")]
    for width, scheme in views:
        page = open_page(browser, live_server.url + path, viewport={"width": width, "height": 800}, color_scheme=scheme)
        page.evaluate(AXE)
        found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))")
        wide = page.evaluate("document.documentElement.scrollWidth")
        page.context.close()
        assert found == [], (width, scheme)
        assert wide <= width, (width, scheme)


def test_the_policy_for_content_is_kept_without_a_complaint(live_server: LiveServer, browser: Browser) -> None:
    complaints: list[str] = []
    page = browser.new_context().new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(live_server.url + "/styleguide/")
    page.context.close()
    assert complaints == []


def test_everything_that_is_touched_is_large_enough_for_a_thumb(live_server: LiveServer, browser: Browser) -> None:
    page = open_page(browser, live_server.url + "/styleguide/", viewport={"width": 320, "height": 800})
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, summary, nav a')]
            .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height])
            .filter(([, height]) => height > 0 && height < 44)"""
    )
    page.context.close()
    assert small == []


def test_a_mistake_takes_the_focus_and_its_link_leads_to_the_field(live_server: LiveServer, browser: Browser) -> None:
    page = open_page(browser, live_server.url + "/form/")
    with page.expect_navigation():
        page.click("main button")
    page.wait_for_function("document.activeElement.className === 'govuk-error-summary'")
    page.click(".govuk-error-summary a >> nth=0")
    page.wait_for_function("document.activeElement.name === 'alias'")
    page.context.close()


def test_a_form_can_be_filled_and_sent_without_scripts(live_server: LiveServer, browser: Browser) -> None:
    page = open_page(browser, live_server.url + "/form/", java_script_enabled=False)
    page.fill("[name=met_on]", "31.2.2026")
    with page.expect_navigation():
        page.click("main button")
    assert page.locator(".govuk-error-summary").is_visible()
    assert page.input_value("[name=met_on]") == "31.2.2026"
    page.context.close()


def test_leaving_goes_elsewhere_at_once_and_leaves_no_way_back(live_server: LiveServer, browser: Browser) -> None:
    page = browser.new_context().new_page()
    page.route("https://**", lambda route: route.fulfill(body="<title>weather</title>"))
    page.goto(live_server.url + "/form/")
    page.goto(live_server.url + "/public/")
    page.click("text=Leave this page")
    page.wait_for_url("https://**")
    page.go_back()
    page.wait_for_url("**/form/")
    page.goto(live_server.url + "/public/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("https://**")
    page.context.close()


def test_the_language_is_switched_by_one_tap_and_stays_on_the_page(live_server: LiveServer, browser: Browser) -> None:
    page = open_page(browser, live_server.url + "/form/")
    with page.expect_navigation():
        page.click("button[value=sr]")
    assert page.url.endswith("/form/")
    assert page.get_attribute("html", "lang") == "sr"
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_menu_folds_on_a_phone_and_opens_by_keyboard(
    live_server: LiveServer, browser: Browser, scripts: bool
) -> None:
    phone = {"width": 360, "height": 740}
    page = open_page(browser, live_server.url + "/styleguide/", viewport=phone, java_script_enabled=scripts)
    menu, button = page.locator(".fener-nav--main details"), page.locator(".fener-nav--main summary")
    first = page.locator(".fener-nav--main a:visible")
    assert first.count() == 0
    assert button.inner_text().strip() == "Menu · Today"
    assert page.locator("h1").bounding_box()["y"] < 250  # type: ignore[index]
    button.focus()
    page.keyboard.press("Enter")
    first.nth(0).wait_for()
    assert first.count() == 18, "each place once"
    assert page.locator(".fener-nav--main a[aria-current=page]:visible").count() == 1
    page.keyboard.press("Tab")
    assert page.locator(".fener-nav--main a:focus").count() == 1
    if scripts:
        page.keyboard.press("Escape")
        page.wait_for_function("document.activeElement.matches('.fener-nav--main summary')")
        assert menu.get_attribute("open") is None
    page.context.close()


@pytest.mark.parametrize("language", ["en", "sr"])
def test_the_menu_stands_in_one_line_on_a_wide_screen_and_the_rest_under_more(
    live_server: LiveServer, browser: Browser, language: str
) -> None:
    page = open_page(browser, live_server.url + "/styleguide/", viewport={"width": 1280, "height": 800})
    if language != "en":
        with page.expect_navigation():
            page.click(f"button[value={language}]")
    links = page.locator(".fener-nav--main a:visible")
    assert links.count() == 6
    tops = {page.locator(".fener-nav--main a:visible").nth(at).bounding_box()["y"] for at in range(6)}  # type: ignore[index]
    more = page.locator(".fener-nav--main summary")
    assert tops == {more.bounding_box()["y"]}  # type: ignore[index]
    more.click()
    links.nth(6).wait_for()
    assert links.count() == 18, "each place once"
    page.context.close()


@pytest.mark.parametrize(
    ("width", "scripts", "folded"), [(360, True, True), (360, False, False), (1280, True, False), (1280, False, False)]
)
def test_a_filter_folds_only_where_it_would_push_the_list_away_and_can_be_unfolded(
    live_server: LiveServer, browser: Browser, width: int, scripts: bool, folded: bool
) -> None:
    size = {"width": width, "height": 740}
    page = open_page(browser, live_server.url + "/styleguide/", viewport=size, java_script_enabled=scripts)
    field = page.locator(".fener-filters input:not([type=hidden]), .fener-filters select").first
    assert field.is_visible() is not folded
    if folded:
        page.click(".fener-filters summary")
        field.wait_for(state="visible")
    page.context.close()


def test_the_menu_reads_from_the_right_where_the_language_does(live_server: LiveServer, browser: Browser) -> None:
    page = open_page(browser, live_server.url + "/styleguide/", viewport={"width": 1280, "height": 800})
    page.evaluate("document.documentElement.dir = 'rtl'")
    first, more = page.locator(".fener-nav--main a:visible").first, page.locator(".fener-nav--main summary")
    assert first.bounding_box()["x"] > more.bounding_box()["x"]  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


def test_print_keeps_the_footnote_and_drops_the_buttons(live_server: LiveServer, browser: Browser) -> None:
    page = open_page(browser, live_server.url + "/styleguide/")
    page.emulate_media(media="print")
    assert page.locator(".fener-footnotes").is_visible()
    assert not page.locator(".govuk-button >> nth=0").is_visible()
    assert not page.locator(".fener-nav:visible").count()
    page.context.close()
