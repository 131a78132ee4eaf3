"""Safety: promises, detentions."""

from __future__ import annotations

from fener.casework.services.safety import detentions, promises
from fener.web.demo.acts import Teller
from tests.e2e.visit import Visit, case_and, pages
from tests.e2e.world import World


def prepare(world: World, t: Teller) -> None:
    """A promise whose day has passed, and one that was kept."""
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


VISITS = [
    Visit("casework:chapter", "manager", lambda at: [at["case"].code, "safety"]),
    Visit("casework:chapter", "coordinator", lambda at: [at["case"].code, "safety"]),
    Visit("casework:chapter", "officer", lambda at: [at["case"].code, "safety"], status=404),
    *pages("manager", case_and(), "casework:promise_new"),
    *pages("manager", case_and("case", "promise"), "casework:promise_settle", "casework:promise_tell"),
    *pages("manager", case_and(), "casework:detention_new"),
    *pages("manager", case_and("case", "detention"), "casework:detention_end"),
]
