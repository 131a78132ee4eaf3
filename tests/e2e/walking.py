"""Going to pages one after the other, each account in a browser of its own; what axe finds on one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Response

from tests.e2e.conftest import SitDown
from tests.e2e.visits import Visit
from tests.e2e.world import World

AXE = (Path(__file__).parent.parent / "assets" / "axe.min.js").read_text(encoding="utf-8")
RUN = """axe.run(document, {resultTypes: ['violations'], iframes: false})
    .then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 200))]))"""

# What opens by a button: the page on which the button is.
FROM = {
    "contact:intake_contact": "contact:intake",
    "casework:attachment": "casework:attachments",
    "casework:compartment_open": "casework:case",
    "casework:words_open": "casework:case",
    "casework:referral_told": "casework:referral",
}


def begin_session(page: Page, url: str, password: str) -> None:
    """Through the page, as every administrator does before changing anything."""
    page.goto(url + "/administration/begin/")
    page.fill("[name=reason]", "what the test is about")
    page.fill("[name=proof]", password)
    with page.expect_navigation():
        page.click("main form button.govuk-button")
    assert page.locator(".fener-administration").count() == 1


def faults(page: Page) -> list[Any]:
    """What axe finds on the page as it stands."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found: list[Any] = page.evaluate(RUN)
    return found


class Walk:
    """``walk.to(visit)``: the page of that visit, as its account sees it."""

    def __init__(self, world: World, sit_down: SitDown, **options: Any) -> None:
        self.world, self.sit_down, self.options = world, sit_down, options
        self.pages: dict[tuple[str, bool], Page] = {}
        self.answer: Response | None = None  # of the last page that was gone to

    def page(self, who: str, *, session: bool = False) -> Page:
        """The browser of an account (empty: of nobody); ``session``: another one, in which they administer."""
        if (who, session) not in self.pages:
            account = self.world.accounts[who] if who else None
            page = self.sit_down(self.world.url, account, secret=self.world.secret, **self.options)
            if session and account is not None:
                begin_session(page, self.world.url, account.password)
            self.pages[who, session] = page
        return self.pages[who, session]

    def to(self, visit: Visit) -> Page:
        """Go there, press what leads on, and see that it is the page that was meant."""
        page = self.page(visit.who, session=visit.session)
        start = Visit(FROM.get(visit.route, visit.route), visit.who, visit.args, query=visit.query)
        address = self.world.url + start.address(self.world)
        self.answer = page.goto(address)
        assert self.answer is not None, visit
        assert (self.answer.status, page.url) == (visit.status, address), f"{visit}: {self.answer.status} {page.url}"
        if visit.press:
            with page.expect_navigation() as led:
                page.locator(visit.press).first.click()
            self.answer = led.value
            assert self.answer is not None, visit
            assert (self.answer.status, page.url == address) == (200, False), visit
        return page
