"""Stays of a case, as somebody may read them, and what a new one may choose from."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.shelter.house import Shelter
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.selectors.shelter.reach import within
from fener.trust.actor import Actor
from fener.trust.errors import Refused


def stays(reader: Reader) -> list[ShelterStay]:
    """The stays of a case with their extensions, the latest first. Two queries. Raises Refused."""
    access.require(reader.actor, "shelter_stay.list", reader.found)
    mine = within(reader.actor, "shelter_stay.list", reader.case)
    found = ShelterStay.objects.filter(mine, case=reader.case).select_related("shelter__service")
    return list(found.prefetch_related("extensions"))


def stay_of(actor: Actor, case: Case, pk: UUID, act: str) -> ShelterStay:
    """One stay of this case. Raises Refused, hidden: another case's, or house's, looks absent."""
    found = ShelterStay.objects.filter(within(actor, act, case), case=case, pk=pk).select_related("shelter").first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def houses_to_choose(actor: Actor) -> QuerySet[Shelter]:
    """The running houses of the own body."""
    found = Shelter.objects.filter(organisation_id=actor.keeper_id, service__active=True)
    return found.select_related("service").order_by("service__name", "pk")
