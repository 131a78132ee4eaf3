"""People at work, as a server sees them: each signed in, thinking between clicks, doing what their role does."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from bench.browser import Answer, Browser, hidden
from fener.web.demo import names

CODE = re.compile(r'href="/cases/([0-9B-Z]{4}-[0-9B-Z]{4})/"')
ROW = re.compile(r"error-message[^>]*>(.*?)</p>", re.S)
# What people of a role do, in hundredths. Whoever creates a case asks for its form first, which is counted apart.
DOES: dict[str, dict[str, int]] = {
    "case_manager": {"list": 40, "case": 35, "search": 15, "create": 10},
    "lawyer": {"list": 50, "case": 50},
    "health_worker": {"list": 50, "case": 50},
    "mechanism_coordinator": {"list": 60, "case": 40},
}
# Of ten people: seven case managers, a lawyer, a doctor, a co-ordinator of the whole country.
MIX = ("case_manager",) * 7 + ("lawyer", "health_worker", "mechanism_coordinator")
SORTS = ("next_due", "-next_due", "code", "-opened_on", "opened_on", "status", "-state")
STATES = ("", "", "", "", "all", "Closed")
STATUSES = ("", "", "", "presumed", "potential")
ONLY = ("", "", "", "", "mine", "overdue", "from_others")


@dataclass(frozen=True)
class Done:
    """One request: when it was to begin, how long it took, what went wrong if something did."""

    action: str
    at: float
    seconds: float
    error: str = ""


@dataclass
class Person:
    """One signed-in person. ``browser`` is theirs alone."""

    browser: Browser
    role: str
    rng: random.Random
    codes: list[str] = field(default_factory=list)
    _form: dict[str, str] = field(default_factory=dict)

    def sign_in(self, username: str, password: str) -> None:
        """Raises RuntimeError where it is refused."""
        self.browser.sign_in(username, password)

    def draws(self) -> str:
        """What this person does next."""
        does = DOES[self.role]
        wanted = self.rng.choices(list(does), list(does.values()))[0]
        return "list" if wanted == "case" and not self.codes else wanted

    def steps(self, action: str) -> list[tuple[str, Callable[[], tuple[Answer, str]]]]:
        """The requests of an action, in their order, each with a name to count it under."""
        if action == "create":
            return [("form", self._ask_form), ("create", self._create)]
        return [(action, {"list": self._list, "case": self._case, "search": self._search}[action])]

    def _list(self) -> tuple[Answer, str]:
        rng = self.rng
        asked = {"sort": rng.choice(SORTS), "state": rng.choice(STATES), "status": rng.choice(STATUSES),
                 "only": rng.choice(ONLY), "page": str(int(rng.expovariate(1 / 3)) + 1)}  # fmt: skip
        answer = self.browser.get(f"/cases/?{urlencode({name: value for name, value in asked.items() if value})}")
        self.codes = CODE.findall(answer.text) or self.codes
        return answer, _wants(answer, 200, "<main")

    def _case(self) -> tuple[Answer, str]:
        code = self.rng.choice(self.codes)
        answer = self.browser.get(f"/cases/{code}/")
        return answer, _wants(answer, 200, code)

    def _search(self) -> tuple[Answer, str]:
        fields = self._form or hidden(self.browser.get("/search/").text)
        self._form = fields
        answer = self.browser.post("/search/", {**fields, "text": searched(self.rng)})
        return answer, _wants(answer, 200, "")

    def _ask_form(self) -> tuple[Answer, str]:
        answer = self.browser.get("/cases/new/")
        self._new = hidden(answer.text)
        return answer, _wants(answer, 200, "<form")

    def _create(self) -> tuple[Answer, str]:
        answer = self.browser.post("/cases/new/", {**self._new, **new_case(self.rng)})
        return answer, _wants(answer, 302, "")


def _wants(answer: Answer, status: int, text: str) -> str:
    if answer.status != status:
        said = " ".join(ROW.findall(answer.text))[:200]
        return f"{answer.status} instead of {status} {said}".strip()
    return "" if text in answer.text else "the page lacks what it is for"


def searched(rng: random.Random) -> str:
    """A name as somebody types it: whole or the second one alone, in either script."""
    pool = names.LATIN if rng.random() < 0.5 else names.CYRILLIC
    first, second = rng.choice(pool)[0], rng.choice(pool)[1]
    return f"{first} {second}" if rng.random() < 0.7 else second


def new_case(rng: random.Random) -> dict[str, str | list[str]]:
    """The form of a new case, filled in."""
    first, second = names.person(rng)
    return {
        "language": "sr",
        "told": ["who_we_are", "procedure", "no_need_to_answer", "rights", "who_will_know"],
        "keep_giver": "person",
        "keep_compartments": ["identity", "contact", "narrative"],
        "keep_until": (datetime.now(UTC) + timedelta(days=300)).date().isoformat(),
        "status": "presumed",
        "gender": "Masculine",
        "age_at_contact": str(rng.randrange(18, 60)),
        "age_at_contact_certainty": "stated",
        "exploitation": ["ForcedLabour"],
        "first_name": first,
        "second_name": second,
        "mobile_phone": names.phone(rng),
        "wishes": "To sleep.",
    }
