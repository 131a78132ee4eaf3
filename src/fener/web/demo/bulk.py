"""Further cases by the hundred, through the same services: for trying lists and searches, and for measuring."""

from __future__ import annotations

import random
from typing import Any

from django.utils import timezone

from fener.casework.domain.own_view import AGREES
from fener.casework.models import Case
from fener.casework.services import cases, referral_answers
from fener.trust.compartments import Compartment as C
from fener.web.demo import beside, names
from fener.web.demo.acts import SHARED, Teller
from fener.web.demo.mechanism import Mechanism

FORMS = (
    ("ForcedLabour", "F_Construction"), ("ForcedLabour", "textile_workshop"), ("seasonal_agriculture", "forestry"),
    ("SexualExploitation", "entertainment"), ("domestic_servitude", "domestic_work"), ("forced_criminality", ""),
    ("forced_begging_adult", ""),
)  # fmt: skip
CHANNELS = ("ngo", "helpline", "police", "labour_inspection", "outreach", "self", "health", "border")
NEEDS = ("psychological_care", "legal_advice", "medical_care", "wage_claim", "identity_documents", "language_course")
LANGUAGES = ("sr", "sr", "sr", "sq", "uk", "ro", "bg", "tr")
LONGEST_AGO = 700  # days
FULL_FROM = 60  # days: a long history has had time
# How many of a hundred cases have come so far.
ASSESSED, ASKED_CLINIC, AT_CLINIC, CLOSED = 45, 15, 10, 20


class Maker:
    """Makes one case after the other; the same ``seed`` gives the same people and the same course.

    ``full``: every case has the history of a long one: several needs with their services, and every chapter."""

    def __init__(self, made: Mechanism, seed: int = 2026, *, full: bool = False) -> None:
        self.teller = Teller(made)
        self.full = full
        self.rng = random.Random(seed)  # noqa: S311  (invented people, no secret)
        self.number = 0

    def make_case(self) -> Case:
        """One case of an adult at Lanterna, in the caller's transaction."""
        self.number += 1
        days = self.rng.randrange(FULL_FROM if self.full else 1, LONGEST_AGO)
        case = cases.open_case(
            actor=self.teller.who("manager" if self.number % 3 else "manager2"), **self._opening(days)
        )
        need = self.teller.needs(case, self.rng.choice(NEEDS), days, "What the person said.")
        if self.full or self._happens(ASSESSED):
            self.teller.assesses(case, days, "presumed", "Several elements are found.")
        if self.full:
            self._much_happens(case, days)
        if self._happens(ASKED_CLINIC):
            self._ask_clinic(case, days, accepted=self._happens(100 * AT_CLINIC // ASKED_CLINIC))
        elif self._happens(50):
            self.teller.takes(self.teller.offers(case, need, days), days)
        if self._happens(CLOSED):
            cases.close_case(
                actor=self.teller.holder(case), case=case, version=case.version, reason="goals_reached",
                at=self.teller.ago(max(days - 60, 1)),
            )  # fmt: skip
        return case

    def _happens(self, of_a_hundred: int) -> bool:
        return self.rng.randrange(100) < of_a_hundred

    def _much_happens(self, case: Case, days: int) -> None:
        """Every need with a service that was given, a plan, one more who may know, and what runs beside the path."""
        t = self.teller
        lines = []
        for number, kind in enumerate(NEEDS):
            if case.needs.filter(kind=kind).exists():
                continue
            need = t.needs(case, kind, days - number, "What the person said.")
            lines.append((need, ""))
            t.gets(t.takes(t.offers(case, need, days - number), days - number - 1), days - 20, "yes", "It was good.")
        t.says(case, days, AGREES, "It was like that.")
        t.plans(case, days - 9, "First sleep, then work.", *lines)
        t.agrees(case, "pristan", days - 3)
        beside.history(t, case)

    def _ask_clinic(self, case: Case, days: int, *, accepted: bool) -> None:
        days = days if accepted else min(days, 2)
        if not case.needs.filter(kind="medical_care").exists():
            self.teller.needs(case, "medical_care", days, "A doctor.")
        self.teller.agrees(case, "clinic", days)
        asked = self.teller.refers(case, days, service="medical", parts=SHARED)
        if accepted:
            at = self.teller.ago(max(days - 1, 0.1))
            referral_answers.accept_referral(actor=self.teller.who("doctor"), referral=asked, at=at)

    def _opening(self, days: int) -> dict[str, Any]:
        rng, when = self.rng, self.teller.ago(days)
        first, second = names.person(rng)
        form, industry = rng.choice(FORMS)
        language = rng.choice(LANGUAGES)
        told = self.teller.told(language, days)
        facts: dict[str, Any] = {
            "role": "exploited",
            "age_at_contact": rng.randrange(18, 66),
            "age_at_contact_certainty": "stated",
            "gender": rng.choice(("Feminine", "Masculine")),
            "contact_channel": rng.choice(CHANNELS),
            "contacted_on": timezone.localdate(when),
            "exploitation": [form],
            "control_methods": ["wages_withheld"],
        }
        return {
            **told,
            "facts": {**facts, "industry": industry} if industry else facts,
            "status": "presumed" if rng.randrange(5) else "potential",
            "compartments": {
                C.IDENTITY: {"first_name": first, "second_name": f"{second} {self.number}"},
                C.CONTACT: {"mobile_phone": names.phone(rng), "mailing_city": names.town(rng)},
                C.NARRATIVE: {"account": "Invented for measuring. " * 20},
            },
            "at": when,
        }
