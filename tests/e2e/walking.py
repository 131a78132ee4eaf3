"""Going to pages one after the other, each account in a browser of its own."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, Response

from tests.e2e.conftest import SitDown
from tests.e2e.visits import Visit
from tests.e2e.world import World

# What opens by a button: the page on which the button is.
FROM = {
    "contact:intake_contact": "contact:intake",
    "casework:compartment_open": "casework:case",
    "casework:words_open": "casework:case",
    "casework:referral_told": "casework:referral",
}


class Walk:
    """``walk.to(visit)``: the page of that visit, as its account sees it."""

    def __init__(self, world: World, sit_down: SitDown, **options: Any) -> None:
        self.world, self.sit_down, self.options = world, sit_down, options
        self.pages: dict[str, Page] = {}
        self.answer: Response | None = None  # of the last page that was gone to

    def page(self, who: str) -> Page:
        """The browser of an account; empty: of nobody."""
        if who not in self.pages:
            account = self.world.accounts[who] if who else None
            self.pages[who] = self.sit_down(self.world.url, account, secret=self.world.secret, **self.options)
        return self.pages[who]

    def to(self, visit: Visit) -> Page:
        """Go there, press what leads on, and see that it is the page that was meant."""
        page = self.page(visit.who)
        start = Visit(FROM.get(visit.route, visit.route), visit.who, visit.args, query=visit.query)
        address = self.world.url + start.address(self.world)
        self.answer = page.goto(address)
        assert self.answer is not None, visit
        assert (self.answer.status, page.url) == (visit.status, address), visit
        if visit.press:
            with page.expect_navigation() as led:
                page.locator(visit.press).first.click()
            self.answer = led.value
            assert self.answer is not None, visit
            assert (self.answer.status, page.url == address) == (200, False), visit
        return page
