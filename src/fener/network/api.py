"""Bodies, desks and services over HTTP: what everybody who signs in may look up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from fener.network import selectors
from fener.network.models import Desk, Organisation, Service
from fener.trust.api import Word, answered, of_actor

router = Router(tags=["network"])
FIRST = 500  # a mechanism has tens of bodies; a list that is longer is cut and says so


class Me(Schema):
    """Who asks: roles and body decide what every other operation answers."""

    username: str
    roles: list[str]
    organisation: UUID | None
    unlocked: bool


class OrganisationOut(Schema):
    """A body of the mechanism."""

    id: UUID
    name: str
    short_name: str
    sector: str
    country: str
    languages: list[str]

    @staticmethod
    def resolve_id(body: Organisation) -> Any:
        return body.pk


class DeskOut(Schema):
    """Where a body receives."""

    id: int
    organisation: UUID
    name: str
    receives: list[str]

    @staticmethod
    def resolve_organisation(desk: Desk) -> Any:
        return desk.organisation_id


class ServiceOut(Schema):
    """What a body can do for a person. Where it is stands in no list."""

    id: int
    organisation: UUID
    desk: int
    kind: str
    name: str
    languages: list[str]
    min_age: int | None
    max_age: int | None

    @staticmethod
    def resolve_organisation(service: Service) -> Any:
        return service.organisation_id

    @staticmethod
    def resolve_desk(service: Service) -> int:
        return service.desk_id


@router.get("/me", response=answered(ok=Me), summary="Who asks")
def me(request: HttpRequest) -> Any:
    """The actor as every service sees them."""
    actor = of_actor(request)
    return Me(
        username=actor.username,
        roles=sorted(str(role) for role in actor.roles),
        organisation=actor.keeper_id,
        unlocked=actor.keyring is not None,
    )


@router.get("/organisations", response=answered(ok=list[OrganisationOut]), summary="Bodies")
def organisations(request: HttpRequest) -> Any:
    """Every body of the mechanism."""
    return selectors.organisations(of_actor(request)).order_by("name")[:FIRST]


@router.get("/desks", response=answered(ok=list[DeskOut]), summary="Desks")
def desks(request: HttpRequest, receives: Word = "") -> Any:
    """Open desks, of one kind or of all."""
    return selectors.desks(of_actor(request), receives=receives or None)[:FIRST]


@router.get("/services", response=answered(ok=list[ServiceOut]), summary="Services")
def services(request: HttpRequest, kind: Word = "") -> Any:
    """Services that are running, of one kind or of all."""
    return selectors.services(of_actor(request), kind=kind or None)[:FIRST]
