"""On a telephone: what waits stands on the first screen, the menu takes one line, a thumb hits what it aims at."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.conftest import SMALL, SitDown
from tests.e2e.visits import SAMPLE, Visit
from tests.e2e.walking import Walk
from tests.e2e.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What somebody came for, and the page where it is.
FIRST = [
    (Visit("web:today", "shelter"), ".fener-task"),
    (Visit("web:today", "coordinator"), ".fener-task"),
    (Visit("casework:cases", "manager"), "main tbody tr th a"),
    (Visit("contact:intakes", "manager"), "main tbody tr th a"),
    (Visit("network:directory", "helpline"), "main tbody tr th a"),
    (Visit("casework:desk", "shelter"), "main tbody tr th a"),
]
BOTTOM = "e => e.getBoundingClientRect().bottom + scrollY"
# Buttons, fields and ways between pages; a link within a sentence may be as high as its line.
SMALL_TARGETS = """() => [...document.querySelectorAll(
        'header a, header button, nav a, main button, main select, main summary, main .govuk-button,'
        + ' main .fener-actions a, main .govuk-summary-list__actions a, main .govuk-button-group a, a[href^="tel:"]')]
    .filter(e => e.checkVisibility() && !e.closest('.govuk-visually-hidden'))
    .map(e => [e.textContent.trim().slice(0, 40), Math.round(e.getBoundingClientRect().height)])
    .filter(([, height]) => height > 0 && height < 44)"""


def test_what_somebody_came_for_is_on_the_first_screen(world: World, sit_down: SitDown) -> None:
    walk = Walk(world, sit_down)
    found: list[Any] = []
    for visit, what in FIRST:
        page = walk.to(visit)
        bottom = page.locator(what).first.evaluate(BOTTOM)
        if bottom > SMALL["height"]:
            found.append((str(visit), bottom))
    assert found == []


def test_a_thumb_hits_what_it_aims_at(world: World, sit_down: SitDown) -> None:
    walk = Walk(world, sit_down)
    found = [(str(visit), *small) for visit in SAMPLE for small in walk.to(visit).evaluate(SMALL_TARGETS)]
    assert found == []


def test_a_case_says_where_one_is_and_leads_away_with_two_taps(world: World, sit_down: SitDown) -> None:
    walk = Walk(world, sit_down, java_script_enabled=False)
    page = walk.to(Visit("casework:case", "manager", lambda at: [at["case"].code]))
    assert page.locator(".fener-nav--main summary").inner_text().strip() == "Menu · Cases"
    page.click(".fener-nav--main summary")
    assert page.locator(".fener-nav--main a[aria-current]:visible").inner_text() == "Cases"
    with page.expect_navigation():
        page.click(".fener-nav--main details a >> text=First contacts")
    assert page.locator("h1").inner_text() == "First contacts"


def test_what_can_wait_is_folded_when_a_case_is_opened_and_a_mistake_folds_nothing(
    world: World, sit_down: SitDown
) -> None:
    walk = Walk(world, sit_down)
    page = walk.to(Visit("casework:case_open", "manager"))
    assert not page.locator("[name=first_name]").is_visible()
    assert page.locator("select[name=language]").is_visible()
    with page.expect_navigation():
        page.click("main form button.govuk-button >> nth=-1")
    assert page.locator(".govuk-error-summary").is_visible()
    assert page.locator("[name=first_name]").is_visible()
