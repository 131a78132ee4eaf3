"""Shelter: a house in the register, of the holder's body, and a stay in it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from fener.casework.models import Case, CaseAccess
from fener.casework.models.shelter.house import Shelter
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.services.children.placements import PlacementTerms, place_child
from fener.casework.services.shelter.houses import HouseTerms, save_house
from fener.network.models import Desk, Organisation, Service
from fener.trust.actor import Actor
from tests.factories.casework import CaseFactory
from tests.factories.children import answered_for
from tests.factories.shelter import admitted, asked_for_place, asked_in, restricted

OF = {
    "casework:shelter": "house",
    "casework:house_stay_leave": "resident",
    "casework:stay": "stay",
    "casework:stay_restriction": "restriction",
    "casework:shelter_access_answer": "access",
    "casework:place_ask": "house",
    "casework:place_withdraw": "place sought",
    "casework:place_answer": "place request",
}


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
    second, _new = Service.objects.get_or_create(
        organisation_id=holder.keeper_id, name="Second", defaults={"desk": desk, "kind": "shelter", "capacity": 8}
    )
    other = save_house(actor=holder, service=second, terms=terms)
    stay = _stay(holder, case, house)
    sought = asked_for_place(holder, case, other)
    return {
        "house": house,
        "place sought": sought,
        "place request": sought.request,
        "stay": stay,
        "restriction": restricted(holder, stay, since=timezone.localdate()),
        "access": asked_in(holder, house, concerns=case),
        "resident": _closed(holder, other),
    }


def _closed(holder: Actor, house: Shelter) -> ShelterStay:
    """Of somebody whose case went to another body since: the house may not read it any more."""
    case = CaseFactory(actor=holder)
    stay = admitted(holder, case, house)
    elsewhere = Organisation.objects.exclude(pk=holder.keeper_id).order_by("name", "pk").first()
    for rows in (
        CaseAccess.objects.filter(case=case),
        Case.objects.unscoped(reason="a file that went").filter(pk=case.pk),
    ):
        rows.update(organisation=elsewhere)
    return stay


def _stay(holder: Actor, case: Case, house: Shelter) -> ShelterStay:
    """Of somebody whose age is in doubt, as of a child: with a guardian, heard, and placed."""
    if not case.treated_as_child:
        return admitted(holder, case, house)
    today = timezone.localdate()
    answered_for(holder, case, about="placement", on=today)
    terms = PlacementTerms(kind="specialised_shelter", since=timezone.now(), offered_first=True)
    place_child(actor=holder, case=case, terms=terms)
    return admitted(holder, case, house, since=today, decided_by="guardian")
