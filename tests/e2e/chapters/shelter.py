"""Shelter: the register of houses."""

from __future__ import annotations

from fener.casework.services.shelter.houses import record_night
from fener.web.demo.acts import Teller
from tests.access.chapters.shelter import things
from tests.e2e.visit import Visit, at_, pages
from tests.e2e.world import World


def prepare(world: World, t: Teller) -> None:
    """A house with a counted night."""
    manager = t.who("manager")
    world.at["house"] = things(manager, world.at["case"])["house"]
    record_night(actor=manager, shelter=world.at["house"], on=t.on(2), residents=3)


VISITS = [
    Visit("casework:shelters", "coordinator"),
    *pages("manager", lambda _at: [], "casework:shelters", "casework:shelter_enter"),
    *pages("manager", at_("house"), "casework:shelter_night", "casework:shelter_refusal"),
]
