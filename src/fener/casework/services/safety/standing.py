"""How the danger stands on a day, as gates and other chapters ask for it (rules WP-01, WP-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from fener.casework.models import Case
from fener.casework.models.safety.risk import ProtectionMeasure, RiskAssessment
from fener.casework.services.children.eighteen import is_adult
from fener.norms.path.flags import Flag
from fener.norms.path.risk import plan_gaps
from fener.norms.vocab import vocabulary
from fener.trust.standing import node_level

PERSON, NONE, FAMILY, WITNESS = "person", "none", "family_threatened", "witness"
Subject = tuple[str, int]
WHOLE = "the danger counts as it stands, whoever acts on the case"


@dataclass(frozen=True)
class RiskStanding:
    """The assessment in force for one subject on one day. ``level`` None: nothing was found."""

    subject: Subject
    level: str | None
    assessed_on: date
    review_on: date
    reviewed: bool
    answers: dict[str, str]
    on: date

    @property
    def lapsed(self) -> bool:
        """Whether the review should have taken place before the day."""
        return self.review_on < self.on

    @property
    def found(self) -> frozenset[str]:
        """The kinds of risk that were found."""
        return frozenset(kind for kind, level in self.answers.items() if level != NONE)

    @property
    def passed(self) -> bool:
        """Whether a review asked about every danger and found none. It follows from the answers; nobody types it."""
        dangers = vocabulary("risk_kind").in_group("danger")
        return self.reviewed and dangers <= self.answers.keys() and not dangers & self.found


@node_level(reason=WHOLE)
def risk_standings(case: Case, on: date) -> dict[Subject, RiskStanding]:
    """The assessment in force on that day for everybody who was assessed, by ``(subject, which)``. One query."""
    rows = RiskAssessment.objects.filter(case=case, assessed_on__lte=on).order_by("turn")
    return {(row.subject, row.which): standing_of(row, on) for row in rows}


def risk_standing(case: Case, on: date) -> RiskStanding | None:
    """The assessment of the person in force on that day; None where there is none."""
    return risk_standings(case, on).get((PERSON, 1))


def standing_of(row: RiskAssessment, on: date) -> RiskStanding:
    """One row as it stands on a day."""
    return RiskStanding(
        subject=(row.subject, row.which),
        level=row.level or None,
        assessed_on=row.assessed_on,
        review_on=row.review_on,
        reviewed=row.is_review,
        answers=row.answers,
        on=on,
    )


@node_level(reason=WHOLE)
def measures_on(case: Case, on: date) -> dict[Subject, set[str]]:
    """The kinds of measures that run on that day, by subject. One query."""
    running = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    found: dict[Subject, set[str]] = {}
    for row in ProtectionMeasure.objects.filter(running, case=case, since__lte=on):
        found.setdefault((row.subject, row.which), set()).add(row.kind)
    return found


def gaps(standing: RiskStanding, measures: set[str]) -> tuple[Flag, ...]:
    """What the safety plan of one subject leaves out; recruiters where they live are always asked about."""
    return plan_gaps(asked=standing.answers.keys(), risks=standing.found, measures=measures)


def plan_in_force(case: Case, on: date) -> tuple[bool, bool, bool]:
    """Of the person, of every relative at risk, and whether no relative is at risk: for a testimony.

    A plan is in force with an assessment that has not lapsed, a measure that runs, and no gap.
    """
    standings, measures = risk_standings(case, on), measures_on(case, on)

    def holds(subject: Subject) -> bool:
        one, plan = standings.get(subject), measures.get(subject, set())
        return one is not None and not one.lapsed and bool(plan) and not gaps(one, plan)

    family = [subject for subject, one in standings.items() if subject[0] not in (PERSON, WITNESS) and one.found]
    person = standings.get((PERSON, 1))
    none_at_risk = person is not None and not person.lapsed and person.answers.get(FAMILY) == NONE and not family
    return holds((PERSON, 1)), bool(family) and all(holds(one) for one in family), none_at_risk


def end_facts(case: Case, subject: Subject, *, since: date, on: date, wish: bool) -> dict[str, bool]:
    """The facts of the gate ``end_protection`` on a day, for a measure or a stay that runs since a day.

    Reviewed: since it began, for the person (asked about threats to relatives too) and for every relative who was
    assessed, and none of it lapsed. Passed: for the subject; a relative's danger is also what the person's review says
    of threats to relatives. The wish is the person's own alone.
    """
    standings = risk_standings(case, on)
    person, own = standings.get((PERSON, 1)), standings.get(subject)
    every = all(one.reviewed and not one.lapsed and one.assessed_on >= since for one in standings.values())
    passed = own is not None and own.passed
    if subject[0] != PERSON:
        passed = passed and person is not None and person.answers.get(FAMILY) == NONE
    return {
        "danger_reviewed": person is not None and own is not None and FAMILY in person.answers and every,
        "danger_has_passed": passed,
        "own_wish_to_end": wish and subject[0] == PERSON,
        "is_adult": is_adult(case, on),
    }
