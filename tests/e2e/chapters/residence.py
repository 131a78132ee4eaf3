"""Residence: Belgium's phases, and Italy's social path."""

from __future__ import annotations

from fener.casework.services.residence import regimes
from fener.web.demo.acts import Teller
from tests.e2e.visit import Visit, case_and, pages
from tests.e2e.world import World


def prepare(world: World, t: Teller) -> None:
    """Two regimes, and one condition that is known."""
    case, at, actor = world.at["case"], world.at, t.who("manager")
    regimes.begin_regime(actor=actor, case=case, code="BE", starts_on=t.on(9))
    at["regime"] = regimes.begin_regime(actor=actor, case=case, code="IT-18-social", starts_on=t.on(9))
    regimes.record_fact(actor=actor, case=case, fact="statement_submitted", answer="yes", on=t.on(5), says="centre")


VISITS = [
    Visit("casework:chapter", "manager", lambda at: [at["case"].code, "residence"]),
    Visit("casework:chapter", "coordinator", lambda at: [at["case"].code, "residence"], status=404),
    *pages("manager", case_and(), "casework:regime_new", "casework:residence_fact_new"),
    *pages("manager", case_and("case", "regime"), "casework:regime_end", "casework:regime_path"),
]
