"""axe finds nothing on any page: each as somebody who works with it, on a small phone and on a wide screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.e2e.conftest import SitDown
from tests.e2e.visits import ALL, BUTTONS, GROUPS, LEADING_ON, Visit, routes
from tests.e2e.walking import Walk
from tests.e2e.world import World

AXE = (Path(__file__).parent.parent / "assets" / "axe.min.js").read_text(encoding="utf-8")
RUN = "axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 200))]))"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def faults(page: Page) -> list[Any]:
    """What axe finds on the page as it stands."""
    page.evaluate(AXE)
    found: list[Any] = page.evaluate(RUN)
    return found


def test_every_route_is_visited_or_says_why_it_has_no_page() -> None:
    known = {visit.route for visit in ALL} | BUTTONS | set(LEADING_ON)
    assert set(routes()) - known == set(), "add a line to tests/e2e/visits.py"
    assert known - set(routes()) == set(), "tests/e2e/visits.py names a route that is gone"


@pytest.mark.parametrize("group", GROUPS)
def test_axe_finds_nothing_on_a_small_phone_and_on_a_wide_screen(world: World, sit_down: SitDown, group: str) -> None:
    walk = Walk(world, sit_down)
    found = []
    for visit in GROUPS[group]:
        page = walk.to(visit)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            found += [(str(visit), width, fault) for fault in faults(page)]
    assert found == []
