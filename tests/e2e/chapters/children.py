"""Children: a child's case with something of everything on it."""

from __future__ import annotations

from fener.casework.services.children import guardians, parts
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
]
