"""Return: a journey that is to be decided, a removal, and a journey whose arrival is to be confirmed."""

from __future__ import annotations

from fener.casework.services import consents
from fener.casework.services.returns import recontact, removals, second_entry
from fener.network.models import Organisation
from fener.web.demo.acts import Teller
from tests.e2e.visit import Objects, Visit, case_and, pages
from tests.e2e.world import World
from tests.factories import interests
from tests.factories import returns as made


def prepare(world: World, t: Teller) -> None:
    """One journey before each kind of page."""
    at, actor = world.at, t.who("manager")
    case = at["returns case"] = t.opened("site", 12)
    at["journey"] = made.assessed(actor, made.told(actor, made.asked(actor, case)))
    at["ready journey"] = made.ready(actor, case)
    gone = removals.depart(actor=actor, journey=made.ready(actor, case), on=made.days_ago(4))
    at["gone journey"] = gone
    at["there journey"] = removals.confirm(
        actor=actor,
        journey=removals.depart(actor=actor, journey=made.ready(actor, case), on=made.days_ago(4)),
        by="service",
        on=made.days_ago(3),
    )
    there = Organisation.objects.exclude(agreements__agreement__parties__organisation=actor.keeper_id).first()
    assert there is not None
    consents.record_consent(
        actor=actor, case=case, recipient=there, purpose="return", compartments=["identity", "contact"],
        until=made.days_ago(-90), language="sr",
    )  # fmt: skip
    at["passed on"] = made.told_there(actor, at["journey"], there)
    case_before = t.opened("site", 4)
    gone_before = removals.carry_out_removal(
        actor=actor, journey=made.announced(actor, case_before), on=made.days_ago(2), happened=True
    )
    at["second entry case"], at["removal carried out"] = case_before, gone_before
    at["second entry"] = second_entry.came_back(actor=actor, removal=gone_before, on=made.days_ago(1))
    at["removal"] = made.announced(actor, case)  # under one that is announced nobody departs as voluntary
    at["search"] = interests.searched(actor, case)
    at["recontact"] = recontact.agree(
        actor=actor,
        case=case,
        channel="telephone",
        how="Mornings, ask for her sister.",
        on=made.days_ago(3),
        until=made.days_ago(-400),
    )


def _step(name: str, step: str) -> Visit:
    def args(at: Objects) -> list[object]:
        return [at["returns case"].code, at[name].pk, step]

    return Visit("casework:journey_step", "manager", args)


VISITS = [
    *pages("manager", case_and("returns case"), "casework:tracing_new"),
    *pages("manager", case_and("returns case", "search"), "casework:tracing_end", "casework:tracing_contact"),
    Visit("casework:chapter", "manager", lambda at: [at["returns case"].code, "returns"]),
    Visit("casework:chapter", "coordinator", lambda at: [at["returns case"].code, "returns"]),
    *pages(
        "manager", case_and("returns case"), "casework:journey_new", "casework:removal_new", "casework:recontact_new"
    ),
    *pages("manager", case_and("returns case", "recontact"), "casework:recontact_withdraw"),
    *pages("manager", case_and("returns case", "there journey"), "casework:recontact_contact"),
    Visit("casework:recontact_queue", "manager"),
    *pages("manager", case_and("returns case", "journey"), "casework:passed_on_new"),
    *pages("manager", case_and("second entry case", "removal carried out"), "casework:second_entry_new"),
    *pages("manager", case_and("second entry case", "second entry"), "casework:second_entry_answer"),
    Visit("casework:chapter", "manager", lambda at: [at["second entry case"].code, "returns"]),
    *pages("manager", case_and("returns case", "gone journey"), "casework:return_screening_new"),
    Visit("casework:returns_figures", "coordinator"),
    Visit("casework:returns_figures", "manager", status=404),
    *pages("manager", case_and("returns case", "passed on"), "casework:passed_on_demanded"),
    *(_step("journey", step) for step in ("tell", "assess", "decide", "decline", "protect", "leave", "stop")),
    *(_step("ready journey", step) for step in ("prepare", "depart")),
    _step("removal", "carry_out"),
    *(_step("gone journey", step) for step in ("transit", "arrive", "lose", "confirm")),
    _step("there journey", "close"),
]
