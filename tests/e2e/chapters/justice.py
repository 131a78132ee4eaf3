"""Justice: a charge and a claim before each of their forms, and an outcome that is owed."""

from __future__ import annotations

from decimal import Decimal

from fener.casework.services.justice import operations
from fener.web.demo.acts import Teller
from tests.e2e.visit import Visit, at_, case_and, pages
from tests.e2e.world import World
from tests.factories import hearings, interests
from tests.factories import justice as made


def prepare(world: World, t: Teller) -> None:
    """One charge, one debt, one claim that was awarded and one that was not."""
    case, actor = world.at["case"], t.who("manager")
    world.at["charge"] = made.charged(actor, case)
    world.at["owed outcome"] = made.owed(actor, case)
    world.at["left behind"] = interests.left(actor, case, 0)
    made.told(actor, case)
    world.at["claim"] = made.claimed(actor, case)
    world.at["awarded claim"] = made.awarded(actor, made.claimed(actor, case))
    made.paid(actor, world.at["awarded claim"], "300.00")
    keeps_account = t.who("officer")
    world.at["operation"] = operations.begin(actor=keeps_account, kind="raid", on=t.on(3))
    world.at["asset"] = made.seized(keeps_account, value=Decimal("9000"))
    # A case of its own: dangers are assessed in it on another day than other chapters do.
    court = world.at["court case"] = t.opened("site", 7)
    hearings.safe(actor, court)
    world.at["hearing"] = hearings.hearing(actor, court, would_hurt=True)
    world.at["court measure"] = hearings.asked_court(actor, court)
    hearings.wishes(actor, court)
    world.at["development"] = hearings.happened(actor, court, "release")
    made.became(keeps_account, world.at["asset"], "confiscated")
    made.became(keeps_account, world.at["asset"], "realised", "7500.50")


VISITS = [
    Visit("casework:operations", "coordinator"),
    Visit("casework:operations", "officer"),
    Visit("casework:operation_new", "officer"),
    *pages("officer", at_("operation"), "casework:operation"),
    *(
        Visit("casework:operation_part", "officer", lambda at, part=part: [at["operation"].pk, part])
        for part in ("numbers", "people", "case", "rights", "evaluation", "close")
    ),
    *pages("manager", case_and(), "casework:belonging_new"),
    *pages("manager", case_and("case", "left behind"), "casework:belonging_step"),
    *pages("manager", case_and(), "casework:development_new", "casework:telling_wish"),
    *pages("manager", case_and("court case", "development"), "casework:development_tell"),
    *pages("manager", case_and(), "casework:hearing_new", "casework:hearing_held", "casework:court_measure_new"),
    *pages("manager", case_and("court case", "hearing"), "casework:hearing_settle", "casework:hearing_weigh"),
    *pages("manager", case_and("court case", "court measure"), "casework:court_measure_settle"),
    Visit("casework:assets", "coordinator"),
    *pages("officer", lambda _at: [], "casework:assets", "casework:asset_new"),
    *pages("officer", at_("asset"), "casework:asset_step"),
    Visit("casework:chapter", "manager", lambda at: [at["case"].code, "justice"]),
    Visit("casework:chapter", "coordinator", lambda at: [at["case"].code, "justice"]),
    *pages("manager", case_and(), "casework:charge_new", "casework:owed_outcome_new"),
    *pages("manager", case_and(), "casework:compensation_tell", "casework:claim_new"),
    *pages("manager", case_and("case", "awarded claim"), "casework:claim_payment"),
    *pages(
        "manager",
        case_and("case", "claim"),
        "casework:claim_award",
        "casework:claim_refuse",
        "casework:claim_insolvent",
    ),
    *pages(
        "manager",
        case_and("case", "charge"),
        "casework:charge_stage",
        "casework:charge_evidence",
        "casework:charge_decide",
    ),
    *pages("manager", case_and("case", "owed outcome"), "casework:owed_outcome_answer"),
]
