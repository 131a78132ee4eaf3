"""Justice: interviews, a lawyer, what was told, statements; a child that is weighed."""

from __future__ import annotations

from fener.web.demo.acts import Teller
from tests.e2e.visit import Visit, case_and, pages
from tests.e2e.world import World
from tests.factories import interviews as made
from tests.factories import statements as law


def prepare(world: World, t: Teller) -> None:
    """An interview that was held below the standard, and the same that is planned again."""
    case, actor = world.at["case"], t.who("manager")
    made.held(actor, case, how={"standard": made.answers(private="no")})
    world.at["interview"] = made.planned(actor, case, again="not_shared")
    who = world.at["lawyer"] = law.lawyer(actor, case)
    law.told(actor, case, by=who)
    law.stated(actor, case)
    law.opinion(actor, world.at["child"], "prosecutor", favours=False)
    law.procedure(actor, world.at["child"])


VISITS: list[Visit] = [
    Visit("casework:chapter", "manager", lambda at: [at["case"].code, "justice"]),
    *pages("manager", case_and(), "casework:interview_plan", "casework:interview_new"),
    *pages(
        "manager",
        case_and("case", "interview"),
        "casework:interview_hold",
        "casework:interview_spare",
        "casework:interview_end",
    ),
    Visit("casework:chapter", "manager", lambda at: [at["child"].code, "justice"]),
    *pages("manager", case_and(), "casework:legal_mandate_new", "casework:legal_told_new", "casework:statement_new"),
    *pages("manager", case_and("case", "lawyer"), "casework:legal_mandate_end"),
    *pages("manager", case_and("child"), "casework:statement_opinion", "casework:statement_procedure"),
]
