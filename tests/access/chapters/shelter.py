"""Shelter: a house in the register, of the holder's body."""

from __future__ import annotations

from typing import Any

from fener.casework.models import Case
from fener.casework.services.shelter.houses import HouseTerms, save_house
from fener.network.models import Desk, Service
from fener.trust.actor import Actor

OF = {"casework:shelter": "house"}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """A house that needs no case."""
    desk, _new = Desk.objects.get_or_create(
        organisation_id=holder.keeper_id, name="House desk", defaults={"receives": ["service"]}
    )
    service, _new = Service.objects.get_or_create(
        organisation_id=holder.keeper_id, name="House", defaults={"desk": desk, "kind": "shelter", "capacity": 8}
    )
    terms = HouseTerms(kind="trafficking", funder="state", procurement="grant")
    return {"house": save_house(actor=holder, service=service, terms=terms)}
