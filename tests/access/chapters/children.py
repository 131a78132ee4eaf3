"""Children: a child with a guardian, a place, and one of everything that a chapter's address names."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.children.placement import LeavingFollowUp
from fener.casework.services.children import (
    care,
    conferences,
    decisions,
    dependants,
    guardians,
    leaving,
    parts,
    placements,
)
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from tests.factories.casework import CaseFactory
from tests.factories.children import child

OF = {
    "casework:guardian": "guardian",
    "casework:child_part": "part of a body",
    "casework:child_solution": "solution",
    "casework:conference": "conference",
    "casework:conference_measure_done": "measure",
    "casework:child_hand_over": "hand-over",
    "casework:leaving_care": "leaving",
    "casework:leaving_follow": "follow-up",
    "casework:parents": "plan of the parents",
    "casework:dependant": "dependant",
}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """On a case of its own: the other one is a grown person's."""
    of_child, today = child(holder), timezone.localdate()
    terms = guardians.GuardianTerms(
        kind="guardian", mandate="whole", legal_basis="Family Act, article 124", since=today, who="Jasna Petrović"
    )
    part = parts.PartTerms(part="legal", organisation_id=case.organisation_id, since=today)
    return {
        "guardian": guardians.name_guardian(actor=holder, case=of_child, terms=terms),
        "part of a body": parts.name_part(actor=holder, case=of_child, terms=part),
        **_decided(holder, of_child),
        **_lives(holder, of_child),
        **_family(holder, of_child, CaseFactory(actor=holder)),
    }


def _decided(holder: Actor, of_child: Case) -> dict[str, Any]:
    today = timezone.localdate()
    decisions.record_view(actor=holder, case=of_child, about="solution", heard=True, on=today, words="To stay.")
    terms = decisions.SolutionTerms(
        solution="local_integration",
        decided_on=today,
        panel=("child_protection", "health"),
        words="School and friends are here.",
        criteria=dict.fromkeys(vocabulary("solution_criterion").codes(), "yes"),
        family_first=True,
    )
    held = conferences.hold_conference(
        actor=holder,
        case=of_child,
        terms=conferences.ConferenceTerms(
            held_on=today, present=("child_protection", "school"), chair="child_protection", level="high"
        ),
    )
    return {
        "solution": decisions.choose_solution(actor=holder, case=of_child, terms=terms),
        "conference": held,
        "measure": conferences.agree_measure(
            actor=holder, conference=held, sector="school", due_on=today, words="A place in class."
        ),
    }


def _lives(holder: Actor, of_child: Case) -> dict[str, Any]:
    today = timezone.localdate()
    terms = placements.PlacementTerms(kind="foster_family", since=timezone.now(), offered_first=True)
    placements.place_child(actor=holder, case=of_child, terms=terms)
    handed = placements.record_hand_over(actor=holder, case=of_child, by="police_only", to="family", on=today)
    row = leaving.set_eighteenth(actor=holder, case=of_child, on=today + timedelta(days=3 * 365))
    return {
        "hand-over": handed,
        "leaving": leaving.plan_leaving(actor=holder, leaving=row, leaves="care", leaves_on=today, words="A room."),
        "follow-up": LeavingFollowUp.objects.filter(case=of_child).earliest("due_on"),
    }


def _family(holder: Actor, of_child: Case, of_adult: Case) -> dict[str, Any]:
    """The child's parents, and somebody who depends on an adult."""
    today = timezone.localdate()
    later = today + timedelta(days=30)
    terms = dependants.DependantTerms(
        kind="child", under_18=True, papers="missing", since=today, who="Lana Kos", needs="A kindergarten."
    )
    return {
        "plan of the parents": care.agree_with_parents(
            actor=holder, case=of_child, duties=("school",), poverty=True, on=today, review_on=later, words="Benefit."
        ),
        "dependant": dependants.add_dependant(actor=holder, case=of_adult, terms=terms),
    }
