"""Safety: promises, detentions, incidents."""

from __future__ import annotations

from fener.casework.services.safety import detentions, incidents, promises
from fener.web.demo.acts import Teller
from tests.e2e.visit import Visit, case_and, pages
from tests.e2e.world import World


def prepare(world: World, t: Teller) -> None:
    """A promise whose day has passed, one that was kept, and a right that was violated."""
    case, at = world.at["case"], world.at
    for key, due in (("promise", 2), ("kept promise", 5)):
        terms = promises.PromiseTerms(
            kind="permit", by="police", made_on=t.on(9), due_on=t.on(due), words="The inspector, in the corridor."
        )
        at[key] = promises.record_promise(actor=t.who("manager"), case=case, terms=terms)
    promises.settle_promise(actor=t.who("manager"), promise=at["kept promise"], step="keep", on=t.on(4))
    at["detention"] = detentions.record_detention(
        actor=t.who("manager"), case=case, by="police", since=t.on(2), words="The cells of the second district."
    )
    violated = incidents.IncidentTerms(right="detained", by="police", happened_on=t.on(8), words="A night in a cell.")
    at["incident"] = incidents.incident_record(actor=t.who("manager"), case=case, terms=violated)


VISITS = [
    Visit("casework:chapter", "manager", lambda at: [at["case"].code, "safety"]),
    Visit("casework:chapter", "coordinator", lambda at: [at["case"].code, "safety"]),
    Visit("casework:chapter", "officer", lambda at: [at["case"].code, "safety"], status=404),
    *pages("manager", case_and(), "casework:promise_new", "casework:incident_new"),
    *pages("manager", case_and("case", "incident"), "casework:incident_follow_up"),
    *pages("manager", case_and("case", "promise"), "casework:promise_settle", "casework:promise_tell"),
    *pages("manager", case_and(), "casework:detention_new"),
    *pages("manager", case_and("case", "detention"), "casework:detention_end"),
]
