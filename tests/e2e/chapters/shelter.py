"""Shelter: the register of houses, and a stay."""

from __future__ import annotations

from fener.casework.services.shelter.houses import record_night
from fener.web.demo.acts import Teller
from tests.access.chapters.shelter import things
from tests.e2e.visit import Visit, at_, case_and, pages
from tests.e2e.world import World


def prepare(world: World, t: Teller) -> None:
    """A house with a counted night, and somebody who stays in it."""
    manager = t.who("manager")
    world.at.update(things(manager, world.at["case"]))
    record_night(actor=manager, shelter=world.at["house"], on=t.on(2), residents=3)


VISITS = [
    *pages("manager", lambda _at: [], "casework:shelter_vacancies", "casework:place_requests"),
    *pages("manager", at_("place request"), "casework:place_answer"),
    *pages("manager", lambda _at: [], "casework:house_stays"),
    *pages("manager", at_("resident"), "casework:house_stay_leave"),
    *pages("manager", case_and(), "casework:places_for_case"),
    *pages("manager", case_and("case", "house"), "casework:place_ask"),
    *pages("manager", case_and("case", "place sought"), "casework:place_withdraw"),
    Visit("casework:shelters", "coordinator"),
    *pages("manager", lambda _at: [], "casework:shelters", "casework:shelter_enter"),
    *pages("manager", at_("house"), "casework:shelter_night", "casework:shelter_refusal"),
    *pages("manager", at_("house"), "casework:shelter_change"),
    Visit("casework:chapter", "manager", lambda at: [at["case"].code, "shelter"]),
    *pages("manager", case_and(), "casework:stay_new"),
    *pages("manager", case_and("case", "stay"), "casework:stay_extend", "casework:stay_plan", "casework:stay_leave"),
    *pages("manager", case_and("case", "stay"), "casework:stay_restrict"),
    *pages("manager", case_and("case", "restriction"), "casework:stay_restriction_review"),
    *pages("manager", case_and("case", "restriction"), "casework:stay_restriction_end"),
    *pages("manager", at_("house"), "casework:shelter_access", "casework:shelter_access_new"),
    *pages("manager", at_("access"), "casework:shelter_access_answer"),
]
