"""Shelter: a house in the register, of the holder's body, and a stay in it."""

from __future__ import annotations

from typing import Any

from fener.casework.models import Case
from fener.casework.services.shelter.houses import HouseTerms, save_house
from fener.network.models import Desk, Service
from fener.trust.actor import Actor
from tests.factories.shelter import admitted

OF = {"casework:shelter": "house", "casework:stay": "stay"}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """A house that needs no case, and the person's stay in it."""
    desk, _new = Desk.objects.get_or_create(
        organisation_id=holder.keeper_id, name="House desk", defaults={"receives": ["service"]}
    )
    service, _new = Service.objects.get_or_create(
        organisation_id=holder.keeper_id, name="House", defaults={"desk": desk, "kind": "shelter", "capacity": 8}
    )
    terms = HouseTerms(kind="trafficking", funder="state", procurement="grant")
    house = save_house(actor=holder, service=service, terms=terms)
    return {"house": house, "stay": admitted(holder, case, house)}
