"""The people of the story at their screens, and what they see there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from fener.web.demo import mechanism as demo
from tests.e2e.conftest import SMALL, SitDown

# What only the person and whom he trusts may know. None of it is in the demonstration.
FIRST, SECOND = "Теодор", "Плантов"
NAMES = (FIRST, SECOND, "Teodor", "Plantov")
NICK = "Kestrel"
NUMBER, LATER_NUMBER = "+38160998877", "+38160223344"
ACCOUNT = "He marks the days on the blue door."
OWN_WORDS = "I carried bricks and was told to be glad."
NGO_REASONS = "The foreman keeps the passports in a tin."
POLICE_REASONS = "A neighbour heard the lock at night."
DECIDED_BECAUSE = "Two looks agree on deception by the foreman."
GOAL = "To call his brother on Sunday from a telephone of his own."
NEED = "A bed far from the brick kiln."
SECRETS = (
    *NAMES, NICK, NUMBER, LATER_NUMBER, ACCOUNT, OWN_WORDS, NGO_REASONS, POLICE_REASONS, DECIDED_BECAUSE, GOAL, NEED
)  # fmt: skip


FIRST_BUTTON = "main form button.govuk-button"


@dataclass
class Cast:
    """Everybody's page, opened when first needed; every page that anybody saw is kept."""

    sit_down: SitDown
    url: str
    made: demo.Mechanism
    scripts: bool
    code: str = ""
    pages: dict[str, Page] = field(default_factory=dict, repr=False)
    seen: dict[str, list[tuple[str, str]]] = field(default_factory=dict, repr=False)

    def page(self, username: str) -> Page:
        """The page of that account, on a small phone."""
        if username not in self.pages:
            account = next(one for one in self.made.accounts if one.username == username)
            page = self.sit_down(self.url, account, java_script_enabled=self.scripts, viewport=SMALL)
            self.seen[username] = [(page.url, page.content())]
            self.pages[username] = page
        return self.pages[username]

    def open(self, username: str, route: str, *args: object) -> str:
        """Go to a page of the product; its words."""
        page = self.page(username)
        page.goto(self.url + reverse(route, args=args))
        return self.words(username)

    def words(self, username: str) -> str:
        """What stands on the page that this person sees, single-spaced; the whole source is kept for the end."""
        page = self.page(username)
        self.seen[username].append((page.url, page.content()))
        return re.sub(r"\s+", " ", page.inner_text("body"))

    def press(self, username: str, words: str = "") -> str:
        """Press the button, or follow the link, with these words (none: the form's first button); where it leads."""
        things = f"main button:has-text('{words}'), main a:has-text('{words}')" if words else FIRST_BUTTON
        return self.tap(username, things)

    def tap(self, username: str, selector: str) -> str:
        """Press what the selector finds first, and read where it leads."""
        page = self.page(username)
        with page.expect_navigation():
            page.locator(selector).first.click()
        return self.words(username)

    def says(self, username: str, *texts: str) -> None:
        """Each of these stands on the page that this person sees."""
        shown = self.words(username)
        missing = [text for text in texts if text not in shown]
        assert not missing, f"{username} does not read {missing} at {self.page(username).url}:\n{shown[:3000]}"

    def fill(self, username: str, **values: Any) -> None:
        """Fill in a form by its names: text, ``True`` for a tick, a list for several ticks, else what is chosen."""
        page = self.page(username)
        for name, value in values.items():
            name = name.replace("__", ".")
            field_ = page.locator(f"main [name='{name}']")
            kind = field_.first.evaluate("e => e.type || e.tagName.toLowerCase()")
            if kind in {"radio", "checkbox"}:
                wanted = [None] if value is True else value if isinstance(value, list) else [value]
                for one in wanted:
                    pick = "" if one is None else f"[value='{one}']"
                    page.locator(f"main [name='{name}']{pick}").first.check(force=True)
            elif kind == "select-one":
                field_.first.select_option(str(value))
            else:
                field_.first.fill(str(value))

    def tick_all(self, username: str, name: str) -> None:
        """Tick every box of that name."""
        for box in self.page(username).locator(f"main [name='{name}']").all():
            box.check(force=True)

    def unfold(self, username: str) -> None:
        """Open everything on the page that is folded away."""
        for summary in self.page(username).locator("main details:not([open]) > summary").all()[::-1]:
            summary.click()
