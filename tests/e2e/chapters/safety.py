"""Safety: promises, detentions, incidents, dangers, protection, overrides of a gate."""

from __future__ import annotations

from fener.casework.access import user_id
from fener.casework.services.safety import (
    complaints,
    detentions,
    incidents,
    interests,
    plan,
    promises,
    punishments,
    risks,
)
from fener.web.demo.acts import Teller
from tests.e2e.visit import Visit, case_and, pages
from tests.e2e.world import World
from tests.factories import interests as of_interests
from tests.factories import overrides as made


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
    answers = {"local_recruiters": "high", "family_threatened": "medium", "traffickers": "none", "debt": "low"}
    risks.record_risk(
        actor=t.who("manager"),
        case=case,
        terms=risks.RiskTerms(assessed_on=t.on(4), answers=answers, own_level="immediate", words="Two men at home."),
    )
    at["conflict of interests"] = interests.decide_against(
        actor=t.who("manager"), conflict=of_interests.conflict(t.who("manager"), case), terms=of_interests.against()
    )
    at["protection_measure"] = plan.begin_measure(
        actor=t.who("manager"), case=case, terms=plan.MeasureTerms(kind="safe_place", since=t.on(8))
    )
    at["complaint"] = complaints.complaint_record(
        actor=t.who("manager"),
        case=case,
        terms=complaints.ComplaintTerms(
            about="police",
            channel="spoken",
            made_on=t.on(3),
            answerer_id=user_id(t.who("manager")),
            words="They laughed at her.",
        ),
    )
    done = punishments.PunishmentTerms(
        act="illegal_stay", penalty="fine", by="court", happened_on=t.on(6), words="No 4."
    )
    at["punishment"] = punishments.open_review(actor=t.who("manager"), case=case, terms=done)
    made.asked(t.who("manager"), case, gate="removal", conditions=["screening_recorded"])
    at["closed_gate"] = made.closed(t.who("manager"), case)
    at["gate_override"] = made.asked(t.who("manager"), case)


VISITS = [
    *pages("manager", case_and(), "casework:interest_new"),
    *pages(
        "manager", case_and("case", "conflict of interests"), "casework:interest_prevails", "casework:interest_told"
    ),
    *pages("manager", case_and("case", "conflict of interests"), "casework:interest_against"),
    Visit("casework:chapter", "manager", lambda at: [at["case"].code, "safety"]),
    Visit("casework:chapter", "coordinator", lambda at: [at["case"].code, "safety"]),
    Visit("casework:chapter", "officer", lambda at: [at["case"].code, "safety"], status=404),
    *pages("manager", case_and(), "casework:promise_new", "casework:incident_new"),
    *pages("manager", case_and("case", "incident"), "casework:incident_follow_up"),
    *pages("manager", case_and("case", "promise"), "casework:promise_settle", "casework:promise_tell"),
    *pages("manager", case_and(), "casework:detention_new", "casework:complaint_new"),
    *pages(
        "manager",
        case_and("case", "complaint"),
        "casework:complaint_answer",
        "casework:complaint_pass_on",
        "casework:complaint_send",
    ),
    *pages("manager", case_and("case", "detention"), "casework:detention_end"),
    *pages("manager", case_and(), "casework:risk_new", "casework:protection_measure_new"),
    *pages("manager", case_and("case", "protection_measure"), "casework:protection_measure_end"),
    *pages("manager", case_and(), "casework:punishment_new"),
    *pages("manager", case_and("case", "punishment"), "casework:punishment_resolve"),
    *pages("manager", case_and("case", "closed_gate"), "casework:gate_override_ask"),
    *pages("coordinator", case_and("case", "gate_override"), "casework:gate_override_answer"),
    Visit("casework:gate_overrides", "coordinator"),
    Visit("casework:gate_overrides", "manager", status=404),
]
