"""Children: a child's case with something of everything on it."""

from __future__ import annotations

from fener.casework.services.children import conferences, decisions, guardians, parts
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
]
