"""Children: a child's case with something of everything on it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

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
from fener.norms.path.checklists import checklist
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.web.demo.acts import Teller
from tests.e2e.visit import Visit, case_and, pages
from tests.e2e.world import World
from tests.factories.children import child


def prepare(world: World, t: Teller) -> None:
    """A child for whom a guardian answers, with a part that a body has."""
    manager, at = t.who("manager"), world.at
    case = at["child"] = child(manager)
    terms = guardians.GuardianTerms(
        kind="guardian", mandate="whole", legal_basis="Family Act, article 124", since=t.on(9), who="Jasna Petrović"
    )
    at["guardian"] = guardians.name_guardian(actor=manager, case=case, terms=terms)
    part = parts.PartTerms(part="legal", organisation_id=case.organisation_id, since=t.on(9))
    at["part"] = parts.name_part(actor=manager, case=case, terms=part)
    _decided(manager, world, t)
    _met(manager, world, t)
    _lives(manager, world, t)
    _needs(manager, world, t)


def _decided(manager: Actor, world: World, t: Teller) -> None:
    """What the child says, and the durable solution."""
    case = world.at["child"]
    decisions.record_view(
        actor=manager, case=case, about="solution", heard=True, on=t.on(8), words="I want to stay with my sister."
    )
    terms = decisions.SolutionTerms(
        solution="local_integration",
        decided_on=t.on(7),
        panel=("child_protection", "health"),
        words="School and friends are here.",
        criteria=dict.fromkeys(vocabulary("solution_criterion").codes(), "yes"),
        family_first=True,
    )
    world.at["solution"] = decisions.choose_solution(actor=manager, case=case, terms=terms)


def _met(manager: Actor, world: World, t: Teller) -> None:
    """A conference that does not hold, and a measure."""
    terms = conferences.ConferenceTerms(
        held_on=t.on(6), present=("child_protection", "school"), chair="child_protection", level="high"
    )
    held = world.at["conference"] = conferences.hold_conference(actor=manager, case=world.at["child"], terms=terms)
    world.at["measure"] = conferences.agree_measure(
        actor=manager, conference=held, sector="school", due_on=t.on(2), words="A place in class."
    )


def _lives(manager: Actor, world: World, t: Teller) -> None:
    """A place, a hand-over by police alone, and a plan for leaving care."""
    case, at = world.at["child"], world.at
    terms = placements.PlacementTerms(kind="foster_family", since=timezone.now(), offered_first=True)
    placements.place_child(actor=manager, case=case, terms=terms)
    at["hand-over"] = placements.record_hand_over(actor=manager, case=case, by="police_only", to="family", on=t.on(6))
    row = leaving.set_eighteenth(actor=manager, case=case, on=t.on(2) + timedelta(days=3 * 365))
    at["leaving"] = leaving.plan_leaving(
        actor=manager, leaving=row, leaves="care", leaves_on=t.on(2), words="A room and the bakery."
    )
    at["follow-up"] = LeavingFollowUp.objects.filter(case=case).earliest("due_on")


def _needs(manager: Actor, world: World, t: Teller) -> None:
    """Marks, a checklist, the parents, and somebody who depends on the adult of another case."""
    case, at = world.at["child"], world.at
    care.mark_child(
        actor=manager, case=case, marks=("separated",), met_at=timezone.now(), alone="no", without_parents="yes"
    )
    answers = {item.code: "given" for item in checklist(care.LIST).items} | {"schooling": "missing"}
    care.check_needs(actor=manager, case=case, answers=answers, on=t.on(5))
    at["parents"] = care.agree_with_parents(
        actor=manager,
        case=case,
        duties=("school",),
        poverty=True,
        on=t.on(5),
        review_on=t.on(1),
        words="Child benefit.",
    )
    terms = dependants.DependantTerms(
        kind="child", under_18=True, papers="missing", since=t.on(5), who="Lana Kos", needs="A kindergarten."
    )
    at["dependant"] = dependants.add_dependant(actor=manager, case=at["case"], terms=terms)


VISITS = [
    Visit("casework:chapter", "manager", lambda at: [at["child"].code, "children"]),
    Visit("casework:chapter", "coordinator", lambda at: [at["child"].code, "children"]),
    Visit("casework:chapter", "officer", lambda at: [at["child"].code, "children"], status=404),
    *pages("manager", lambda _at: [], "casework:guardian_load"),
    *pages("manager", case_and("child"), "casework:guardian_new", "casework:child_part_new"),
    *pages(
        "manager",
        case_and("child", "guardian"),
        "casework:guardian_change",
        "casework:guardian_flag",
        "casework:guardian_end",
    ),
    *pages("manager", case_and("child", "part"), "casework:child_part_end"),
    *pages(
        "manager",
        case_and("child"),
        "casework:child_view_new",
        "casework:child_decision_new",
        "casework:child_solution_new",
    ),
    *pages("manager", case_and("child", "solution"), "casework:child_solution_done"),
    *pages("manager", case_and("child"), "casework:conference_call", "casework:conference_new"),
    *pages("manager", case_and("child", "conference"), "casework:conference_measure"),
    *pages("manager", case_and("child", "measure"), "casework:conference_measure_done"),
    *pages(
        "manager",
        case_and("child"),
        "casework:child_placement_new",
        "casework:child_hand_over_new",
        "casework:leaving_care_new",
    ),
    *pages("manager", case_and("child", "hand-over"), "casework:child_hand_over_seen"),
    *pages("manager", case_and("child", "leaving"), "casework:leaving_care_plan"),
    *pages("manager", case_and("child", "follow-up"), "casework:leaving_follow_up"),
    *pages(
        "manager", case_and("child"), "casework:child_marks", "casework:child_checklist", "casework:parents_plan_new"
    ),
    *pages("manager", case_and("child", "parents"), "casework:parents_plan_review"),
    Visit("casework:chapter", "manager", lambda at: [at["case"].code, "children"]),
    *pages("manager", case_and(), "casework:dependant_new"),
    *pages("manager", case_and("case", "dependant"), "casework:dependant_plan", "casework:dependant_end"),
]
