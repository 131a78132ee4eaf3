"""Justice: interviews."""

from __future__ import annotations

from fener.web.demo.acts import Teller
from tests.e2e.visit import Visit, case_and, pages
from tests.e2e.world import World
from tests.factories import interviews as made


def prepare(world: World, t: Teller) -> None:
    """An interview that was held below the standard, and the same that is planned again."""
    case, actor = world.at["case"], t.who("manager")
    made.held(actor, case, how={"standard": made.answers(private="no")})
    world.at["interview"] = made.planned(actor, case, again="not_shared")


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
]
