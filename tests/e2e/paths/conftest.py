"""The people of the demonstration at their screens, and cases that are opened by the services before a story begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from pytest_django.live_server_helper import LiveServer

from fener.casework.models import Case
from fener.web.demo import mechanism as demo
from fener.web.demo.acts import Teller
from tests.e2e.cast import Cast
from tests.e2e.conftest import SitDown

RUNS_OVER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Path(Cast):
    """The cast at a case that exists, with the days of the story counted back from today."""

    teller: Teller = field(kw_only=True)

    def on(self, days: int) -> date:
        """The day that many days ago; negative: in so many days."""
        return self.teller.on(0) - timedelta(days=days)

    def begins(self, who: str, case: Case, chapter: str) -> str:
        """At the chapter of the case, from which every form of the story is one tap away."""
        self.code = case.code
        return self.chapter(who, chapter)

    def chapter(self, who: str, chapter: str) -> str:
        """The chapter's page of the story's case; its words."""
        return self.open(who, "casework:chapter", self.code, chapter)

    def enters(self, who: str, door: str, /, **values: object) -> str:
        """Follow a door of the page, fill in what is behind it, send it; where it leads."""
        self.press(who, door)
        self.fill(who, **values)
        return self.press(who)

    def names(self, who: str, begins: str) -> list[str]:
        """The names of what is asked on the page that begin so, each once."""
        fields = self.page(who).locator(f"main [name^='{begins}']").all()
        return list(dict.fromkeys(str(one.get_attribute("name")) for one in fields))

    def fits(self, who: str) -> None:
        """Nothing on the page that this person sees runs over its edge on a small phone."""
        page = self.page(who)
        assert page.evaluate(RUNS_OVER) <= 0, page.url

    def answer(self, who: str, route: str, *args: object) -> tuple[int, str]:
        """What the product answers at an address: its number and its words, without what names the address."""
        page = self.page(who)
        answer = page.goto(self.url + reverse(route, args=args))
        assert answer is not None
        return answer.status, page.inner_text("main")


def said(day: date) -> str:
    """A day as pages write it."""
    return date_format(day)


@pytest.fixture
def path(transactional_db: None, live_server: LiveServer, sit_down: SitDown) -> Path:
    """The demonstration's bodies and accounts, and no case yet."""
    made = demo.make()
    return Path(sit_down, live_server.url, made, scripts=False, teller=Teller(made))
