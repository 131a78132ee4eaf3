"""Residence: Belgium's phases, and Italy's social path."""

from __future__ import annotations

from fener.casework.services.residence import case_types, conditions, permits, regimes, reunions
from fener.web.demo.acts import Teller
from tests.e2e.visit import Visit, case_and, pages
from tests.e2e.world import World


def prepare(world: World, t: Teller) -> None:
    """Two regimes, and one condition that is known."""
    case, at, actor = world.at["case"], world.at, t.who("manager")
    regimes.begin_regime(actor=actor, case=case, code="BE", starts_on=t.on(9))
    at["regime"] = regimes.begin_regime(actor=actor, case=case, code="IT-18-social", starts_on=t.on(9))
    regimes.record_fact(actor=actor, case=case, fact="statement_submitted", answer="yes", on=t.on(5), says="centre")
    waits, refused = (
        permits.apply_for_permit(actor=actor, stay=at["regime"], phase=phase, applicant="person", on=t.on(5))
        for phase in ("permit", "renewal")
    )
    no = permits.Decided(decision="refused", on=t.on(3), reason="papers", appeal_until=t.on(1))
    permits.decide_permit(actor=actor, permit=refused, decided=no)
    at["permit"], at["refused permit"] = waits, refused
    imposed = conditions.Imposed(
        what="permit", kind="programme", by="law", stands="law", source="Decree 286, article 18", since=t.on(9)
    )
    at["reunion"] = reunions.ask_reunion(actor=actor, case=case, relative="sibling", on=t.on(2))
    at["case type"] = case_types.set_type(actor=actor, case=case, kind="exploitation", on=t.on(0))
    at["imposed"] = conditions.record_condition(actor=actor, case=case, imposed=imposed)


VISITS = [
    *pages("manager", case_and(), "casework:reunion_new"),
    *pages("manager", case_and("case", "reunion"), "casework:reunion_decide"),
    *pages("manager", case_and(), "casework:case_type_new"),
    *pages("manager", case_and("case", "case type"), "casework:case_type_offered"),
    Visit("casework:chapter", "manager", lambda at: [at["case"].code, "residence"]),
    Visit("casework:chapter", "coordinator", lambda at: [at["case"].code, "residence"], status=404),
    *pages("manager", case_and(), "casework:regime_new", "casework:residence_fact_new", "casework:imposed_new"),
    *pages("manager", case_and("case", "imposed"), "casework:imposed_refuse", "casework:imposed_lift"),
    *pages(
        "manager", case_and("case", "regime"), "casework:regime_end", "casework:regime_path", "casework:regime_permit"
    ),
    *pages("manager", case_and("case", "permit"), "casework:permit_decide"),
    *pages("manager", case_and("case", "refused permit"), "casework:permit_appeal", "casework:permit_appeal_decided"),
    Visit("casework:limbo", "coordinator"),
    Visit("casework:limbo", "coordinator", query="?kind=legal_status&overdue=1"),
]
