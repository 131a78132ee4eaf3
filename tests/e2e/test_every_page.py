"""What holds on every page: it fits a small phone, one heading, a title that names nobody, a keyboard is enough.

And axe finds nothing on it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from fener.casework.models import Case, Need
from tests.e2e.conftest import SitDown
from tests.e2e.visits import BUTTONS, GROUPS, Visit, routes
from tests.e2e.walking import Walk, faults
from tests.e2e.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, WIDE = {"width": 320, "height": 568}, {"width": 1280, "height": 800}
NARROW = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
# Something shows where the focus is: an outline, a shadow or another ground than without it.
FOCUSED = """() => {
    const e = document.activeElement, tick = e.matches('[type=radio], [type=checkbox]');
    const marked = tick ? e.parentElement.querySelector('label') : e, look = () => {
        const s = getComputedStyle(marked, tick ? '::before' : null);
        return [s.outlineStyle, s.outlineWidth, s.boxShadow, s.backgroundColor].join();
    };
    const r = e.getBoundingClientRect(), shown = look();
    const name = e.tagName + ' ' + (e.textContent || e.name || '').trim().slice(0, 40);
    const seen = r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth;
    e.blur();
    return [name, seen, shown !== look()];
}"""


def unsound(page: Page, visit: Visit, world: World, headers: dict[str, str]) -> list[str]:
    """What is wrong with the page, in words."""
    title, found = page.title(), []
    if not page.evaluate(NARROW):
        found.append("is wider than a small phone")
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"has {headings} first headings")
    if not title.strip(" ·") or any(name in title for name in world.names):
        found.append(f"has the title {title!r}")
    if any(name in page.url for name in world.names):
        found.append("names somebody in its address")
    if visit.who and "no-store" not in headers.get("cache-control", ""):
        found.append("may be kept by the browser")
    return found + by_keyboard(page)


def by_keyboard(page: Page) -> list[str]:
    """The first key leads to the skip link, that to the page, and the focus can be seen."""
    found = []
    if page.evaluate("document.activeElement !== document.body"):
        page.evaluate("document.querySelector('.govuk-skip-link').focus()")  # a page that puts the focus into a field
    else:
        page.keyboard.press("Tab")
    if not page.evaluate("document.activeElement.matches('.govuk-skip-link')"):
        return ["has no skip link first"]
    if page.evaluate("document.activeElement.getBoundingClientRect().height") < 20:
        found.append("shows no skip link")
    page.keyboard.press("Enter")
    if not page.evaluate("document.activeElement.matches('#main')"):
        found.append("does not skip to the page")
    page.keyboard.press("Tab")
    name, seen, marked = page.evaluate(FOCUSED)
    if not (seen and marked):
        found.append(f"does not show the focus on {name!r}")
    return found


@pytest.mark.parametrize("group", GROUPS)
def test_every_page_fits_a_small_phone_names_nobody_and_works_by_keyboard(
    world: World, sit_down: SitDown, group: str
) -> None:
    """And axe finds nothing, there and on a wide screen: one visit of each page for everything that is looked at."""
    walk = Walk(world, sit_down, viewport=PHONE)
    found: list[Any] = []
    for visit in GROUPS[group]:
        page = walk.to(visit)
        assert walk.answer is not None
        found += [(str(visit), fault) for fault in unsound(page, visit, world, walk.answer.headers)]
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)
            found += [(str(visit), size["width"], fault) for fault in faults(page)]
    assert not found, "\n".join(map(str, found))


def test_the_address_of_a_button_says_that_it_is_one(world: World, sit_down: SitDown) -> None:
    page = Walk(world, sit_down).page("manager")
    known = routes()
    for route in BUTTONS:
        address = re.sub("<uuid:[a-z]+>", str(world.at["waiting"].pk), known[route])
        address = re.sub("<int:[a-z]+>", "1", address).replace("<slug:code>", world.at["intake"].code)
        answer = page.goto(f"{world.url}/{address}")
        assert answer is not None
        assert answer.status == 405, route
        assert page.locator("main a").count() >= 1, "and leads on"


def test_after_signing_out_the_way_back_shows_nothing(world: World, sit_down: SitDown) -> None:
    walk = Walk(world, sit_down)
    page = walk.to(Visit("casework:case", "manager", lambda at: [at["case"].code]))
    with page.expect_navigation():
        page.click("form[action*='/sealed/identity/'] button >> nth=0")
    opened, name = page.url, page.locator("main dd >> nth=0").inner_text()
    assert name in world.names
    with page.expect_navigation():
        page.click("header form button")
    for _ in range(3):
        with suppress(PlaywrightError):  # ERR_CACHE_MISS: the browser kept nothing of what a button opened
            page.go_back()
        page.wait_for_load_state("networkidle")  # where the browser asks anew, it is sent on to the sign-in page
        assert name not in page.content()
        assert world.at["case"].code not in page.inner_text("body")
    page.goto(opened)
    assert "/account/login/" in page.url


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_click_records_one_need(world: World, sit_down: SitDown, scripts: bool) -> None:
    walk = Walk(world, sit_down, java_script_enabled=scripts)
    code = world.at["without plan"].code
    before = Need.objects.filter(case__code=code).count()
    page = walk.to(Visit("casework:need_new", "manager", lambda _at: [code]))
    page.fill("[name=words]", "To sleep without the light on.")
    page.select_option("[name=kind]", "legal_advice")
    with page.expect_navigation(url="**/cases/*/*"):
        page.dblclick("main form button.govuk-button >> nth=0")
    page.wait_for_load_state()
    page.goto(world.url + reverse("casework:case", args=[code]))
    assert Need.objects.filter(case__code=code).count() == before + 1


def test_a_second_tab_is_shown_both_and_loses_nothing(world: World, sit_down: SitDown) -> None:
    walk = Walk(world, sit_down)
    code = world.at["case"].code
    first = walk.to(Visit("casework:case_facts", "manager", lambda _at: [code]))
    second = first.context.new_page()
    second.goto(first.url)
    for tab, age in ((first, "41"), (second, "42")):
        tab.fill("[name=age_at_contact]", age)
        with tab.expect_navigation():
            tab.click("main form button.govuk-button >> nth=0")
    shown = second.inner_text("main")
    assert "Somebody changed this while you were writing" in shown
    assert "41" in second.inner_text("section[aria-labelledby=current]")
    assert second.input_value("[name=age_at_contact]") == "42"
    with second.expect_navigation():
        second.click("main form button.govuk-button >> nth=0")
    kept = Case.objects.unscoped(reason="the test looks at what is stored").get(code=code)
    assert kept.facts["age_at_contact"] == 42
