"""Reintegration: an agreed plan with something on it, and a version that waits for the person."""

from __future__ import annotations

from fener.web.demo.acts import Teller
from tests.e2e.visit import Visit, at_, case_and, pages
from tests.e2e.world import World
from tests.factories import reintegration as made


def prepare(world: World, t: Teller) -> None:
    """Something that runs, and a newer version."""
    case, manager = world.at["case"], t.who("manager")
    made.agreed(manager, case)
    world.at["reintegration entry"] = made.entered(manager, case)
    world.at["reintegration plan"] = made.drawn_up(manager, case)
    world.at["family agreement"] = made.asked_about_family(manager, case)
    world.at["programme"] = made.programme(manager, "social_enterprise")
    world.at["participation"] = made.begun(manager, case, world.at["programme"], ago=0)
    made.put_in(manager, case)
    made.taken(manager, case)


VISITS = [
    Visit("casework:figures", "coordinator"),
    Visit("casework:figures", "manager", status=404),
    *pages("manager", lambda _at: [], "casework:programmes", "casework:programme_new"),
    *pages("manager", at_("programme"), "casework:programme_safeguards", "casework:programme_launch"),
    *pages("manager", case_and(), "casework:participation_new"),
    *pages("manager", case_and("case", "participation"), "casework:participation_step"),
    *pages("manager", case_and(), "casework:papers_record", "casework:family_agreement_new"),
    *pages(
        "manager",
        case_and("case", "family agreement"),
        "casework:family_agreement_end",
        "casework:family_agreement_support",
    ),
    *pages("manager", case_and(), "casework:outcome_new", "casework:failure_tag"),
    *pages("manager", case_and(), "casework:savings_in", "casework:savings_out", "casework:savings_correct"),
    Visit("casework:chapter", "manager", lambda at: [at["case"].code, "reintegration"]),
    *pages("manager", case_and(), "casework:reintegration_plan_new", "casework:reintegration_entry_new"),
    *pages("manager", case_and("case", "reintegration plan"), "casework:reintegration_plan_agree"),
    *pages("manager", case_and("case", "reintegration entry"), "casework:reintegration_entry_done"),
]
