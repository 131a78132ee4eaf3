"""Health: a test whose result is in, with a departure before it, as a clinic and as the case manager see it."""

from __future__ import annotations

from fener.casework.services.health import cards, care
from fener.trust.compartments import Compartment as C
from fener.web.demo.acts import Teller
from tests.e2e.visit import Objects, Visit, case_and, pages
from tests.e2e.world import World
from tests.factories import health, returns


def prepare(world: World, t: Teller) -> None:
    """Somebody who is brought to a clinic, and means to go home."""
    at, doctor, manager = world.at, t.who("doctor"), t.who("manager")
    parts = (C.IDENTITY, C.CONTACT, C.HEALTH)
    case = at["health case"] = t.opened("ill", 40, "outreach")
    t.needs(case, "medical_care", 39, "To be looked at.")
    t.agrees(case, "clinic", 39, *parts)
    t.accepts(t.refers(case, 38, service="medical", parts=parts), 38, "doctor")
    care.offer_care(
        actor=doctor, case=case, stage="stay", offer="counselling", on=returns.days_ago(20), words="She came."
    )
    at["offered test"] = health.offered(doctor, case)
    at["declined test"] = health.stepped(doctor, health.offered(doctor, case), "decline", ago=20)
    at["counselled test"] = health.stepped(doctor, health.offered(doctor, case), "counsel", ago=20)
    at["taken test"] = health.taken(doctor, case)
    at["result test"] = health.stepped(doctor, health.taken(doctor, case), "result", ago=20)
    at["given test"] = health.delivered(doctor, case)
    at["treated test"] = health.stepped(doctor, health.delivered(doctor, case), "treat", ago=10)
    returns.ready(manager, case)
    at["health card"], _code = cards.give_card(
        actor=manager, case=case, opens=["urgent", "maternity"], until=returns.days_ago(-60)
    )


def _step(name: str, step: str) -> Visit:
    def args(at: Objects) -> list[object]:
        return [at["health case"].code, at[name].pk, step]

    return Visit("casework:health_test_step", "doctor", args)


VISITS = [
    Visit("casework:chapter", "doctor", lambda at: [at["health case"].code, "health"]),
    Visit("casework:chapter", "manager", lambda at: [at["health case"].code, "health"]),
    Visit("casework:chapter", "coordinator", lambda at: [at["health case"].code, "health"], status=404),
    *pages("doctor", case_and("health case"), "casework:care_offer_new", "casework:health_test_new"),
    *pages("manager", case_and("health case"), "casework:health_card_new"),
    *pages("manager", case_and("health case", "health card"), "casework:health_card_end"),
    Visit("casework:health_card_use", "doctor"),
    _step("declined test", "offer_again"),
    *(_step("offered test", step) for step in ("counsel", "decline")),
    _step("counselled test", "take"),
    _step("taken test", "result"),
    *(_step("result test", step) for step in ("deliver", "deliver_alone")),
    *(_step("given test", step) for step in ("treat", "no_need")),
    _step("treated test", "continue"),
]
