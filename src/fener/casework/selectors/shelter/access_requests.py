"""Wishes to enter a house, as its own body reads them; and those about one person, on the case alone."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.shelter.access_request import ShelterAccessConcern, ShelterAccessRequest
from fener.casework.models.shelter.house import Shelter
from fener.casework.models.shelter.stay import ShelterStay
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship


def access_requests(actor: Actor, house: Shelter, *, by: str = "", answer: str = "") -> QuerySet[ShelterAccessRequest]:
    """The wishes to enter one house of the own body, the latest first; nobody of the residents is named."""
    policy.require(actor, "house_access.list", Relationship.SAME_ORGANISATION)
    found = ShelterAccessRequest.objects.filter(shelter=house, organisation_id=actor.keeper_id)
    found = found.filter(by=by) if by else found
    found = found.filter(answer="" if answer == "open" else answer) if answer else found
    return found.select_related("answered_by").order_by("-asked_at", "pk")


def access_request_of(actor: Actor, pk: UUID, act: str) -> ShelterAccessRequest:
    """One of them. Raises Refused, hidden: another body's looks absent."""
    own = policy.decide(actor, act, Relationship.SAME_ORGANISATION).allowed
    rows = ShelterAccessRequest.objects.select_related("shelter__service")
    found = rows.filter(pk=pk, organisation_id=actor.keeper_id).first()
    if found is None or not own:
        raise Refused(act=act)
    return found


def residents(actor: Actor, house: Shelter) -> QuerySet[Case]:
    """The cases whose person stays in this house now, of those that the actor sees."""
    here = ShelterStay.objects.filter(shelter=house, ended_on__isnull=True)
    seen: QuerySet[Case] = Case.objects.for_actor(actor)
    return seen.filter(pk__in=here.values("case_id")).order_by("alias", "pk")


def concerns(reader: Reader) -> list[ShelterAccessConcern]:
    """The wishes to enter that were about this person, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "house_access_concern.list", reader.found)
    rows = ShelterAccessConcern.objects.filter(case=reader.case).select_related("request")
    return list(rows.order_by("-request__asked_at", "pk"))
