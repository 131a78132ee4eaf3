"""Every route has its visit, and axe finds nothing where language, colours or the moment differ from every day's.

What it finds on each page in the language and the colours of every day: test_every_page.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.conftest import SMALL, SitDown, sign_in
from tests.e2e.visits import ALL, BUTTONS, LEADING_ON, SAMPLE, routes
from tests.e2e.walking import Walk, faults
from tests.e2e.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_route_is_visited_or_says_why_it_has_no_page() -> None:
    known = {visit.route for visit in ALL} | BUTTONS | set(LEADING_ON)
    assert set(routes()) - known == set(), "add a line to tests/e2e/visits.py"
    assert known - set(routes()) == set(), "tests/e2e/visits.py names a route that is gone"


def test_axe_finds_nothing_in_cyrillic_and_in_the_dark(world: World, sit_down: SitDown) -> None:
    walk = Walk(world, sit_down, color_scheme="dark", viewport={"width": 320, "height": 640})
    found: list[Any] = []
    for visit in SAMPLE:
        page = walk.to(visit)
        if page.get_attribute("html", "lang") != "sr":
            with page.expect_navigation():
                page.click("button[name=language][value=sr]")
        assert page.get_attribute("html", "lang") == "sr", visit
        assert page.url == world.url + visit.address(world), visit
        found += [(str(visit), "dark", fault) for fault in faults(page)]
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            found.append((str(visit), "wider than the screen"))
        page.emulate_media(color_scheme="light")
        found += [(str(visit), "light", fault) for fault in faults(page)]
        page.emulate_media(color_scheme="dark")
    assert found == []


def test_axe_finds_nothing_on_what_an_account_meets_only_once(world: World, sit_down: SitDown) -> None:
    """The second step of signing in, a form that comes back, and a page that is not there."""
    page = sit_down(world.url, None, viewport=SMALL)
    found: list[Any] = []
    for account in ("careful", "manager"):
        page.context.clear_cookies()
        sign_in(page, world.url, world.accounts[account].username, world.accounts[account].password)
        found += [(page.url, fault) for fault in faults(page)]
    page.goto(f"{world.url}/cases/{world.at['case'].code}/consents/new/")
    with page.expect_navigation():
        page.click("main form button.govuk-button >> nth=0")
    assert page.locator(".govuk-error-summary").is_visible()
    found += [("a form that came back", fault) for fault in faults(page)]
    page.goto(f"{world.url}/cases/{world.at['case'].code}/nothing/")
    found += [("not there", fault) for fault in faults(page)]
    assert found == []
