"""Free places as another body may find them, requests as a house answers them, and as they stand on a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.shelter.house import Shelter
from fener.casework.models.shelter.place import PlaceRequest, PlaceSought
from fener.network.models.directory import ServiceEntry
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship
from fener.trust.standing import node_level

ADULT = 18


@dataclass(frozen=True)
class Vacancy:
    """What anybody learns of a house with a free place: no name, no operator, no address, the region alone.

    ``free`` None: the house does not count places. ``pk`` leads to asking it.
    """

    pk: UUID
    kind: str
    region: str
    free: int | None
    genders: tuple[str, ...]
    min_age: int | None
    max_age: int | None
    children: bool
    step_free: bool
    languages: tuple[str, ...]


def vacancies(actor: Actor, asked: Mapping[str, Any] | None = None) -> list[Vacancy]:
    """Houses with a free place that fit what is ``asked`` (kind, region, gender, children, step_free, language).

    Two queries, however many houses. Raises Refused.
    """
    policy.require(actor, "vacancy.search", Relationship.NODE)
    wanted = {name: value for name, value in (asked or {}).items() if value}
    return [one for one in _all(wanted.get("kind", "")) if _fits(one, wanted)]


@node_level(reason="how many places are free, also where a stay is hidden; a number, and nobody's name")
def _all(kind: str) -> list[Vacancy]:
    here = Q(stays__ended_on__isnull=True, stays__id__isnull=False) & ~Q(stays__case__alias="")
    held = Q(place_requests__state=PlaceRequest.State.ACCEPTED, place_requests__held_until__gt=timezone.now())
    rows = Shelter.objects.filter(service__active=True).select_related("service__organisation", "service__entry")
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.annotate(
        taken=Count("stays", filter=here, distinct=True), held=Count("place_requests", filter=held, distinct=True)
    ).annotate(left=F("service__capacity") - Coalesce(F("taken"), 0) - Coalesce(F("held"), 0))
    found = rows.filter(Q(left__isnull=True) | Q(left__gt=0)).order_by("kind", "pk")
    return [_as_vacancy(row) for row in found]


def _as_vacancy(row: Any) -> Vacancy:
    service, entry = row.service, getattr(row.service, "entry", None)
    if entry is not None and not isinstance(entry, ServiceEntry):
        entry = None
    return Vacancy(
        pk=row.pk,
        kind=row.kind,
        region=entry.province if entry else "",
        free=row.left,
        genders=tuple(service.genders),
        min_age=service.min_age,
        max_age=service.max_age,
        children=service.accepts_children_of_person or (service.max_age is not None and service.max_age < ADULT),
        step_free=bool(entry and entry.accessibility.strip()),
        languages=tuple(service.languages or service.organisation.languages),
    )


def _fits(one: Vacancy, wanted: Mapping[str, Any]) -> bool:
    gender, region = wanted.get("gender"), str(wanted.get("region", "")).casefold()
    return (
        (not gender or not one.genders or gender in one.genders)
        and (not wanted.get("children") or one.children)
        and (not wanted.get("step_free") or one.step_free)
        and (not wanted.get("language") or wanted["language"] in one.languages)
        and (not region or region in one.region.casefold())
    )


def house_to_ask(actor: Actor, pk: UUID) -> Shelter:
    """A house that a search shows. Raises Refused, hidden: one without a free place looks absent."""
    if pk not in {one.pk for one in vacancies(actor)}:
        raise Refused(act="vacancy.search")
    return Shelter.objects.select_related("service").get(pk=pk)


def sought(reader: Reader) -> list[PlaceSought]:
    """The places that were asked for, for this person, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "place_request.list", reader.found)
    rows = PlaceSought.objects.filter(case=reader.case).select_related("request__shelter")
    return list(rows.order_by("-request__asked_at", "pk"))


def sought_of(case: Case, pk: UUID, act: str) -> PlaceSought:
    """One of them. Raises Refused, hidden: another case's looks absent."""
    found = PlaceSought.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def place_requests(actor: Actor, *, state: str = "") -> QuerySet[PlaceRequest]:
    """Requests to houses of the own body, the latest first. Raises Refused."""
    policy.require(actor, "house_place.list", Relationship.SAME_ORGANISATION)
    rows = PlaceRequest.objects.filter(organisation_id=actor.keeper_id)
    rows = rows.filter(state=state) if state else rows
    return rows.select_related("shelter__service", "asked_by").order_by("-asked_at", "pk")


def place_request_of(actor: Actor, pk: UUID, act: str) -> PlaceRequest:
    """One request to a house of the own body. Raises Refused, hidden: another body's looks absent."""
    own = policy.decide(actor, act, Relationship.SAME_ORGANISATION).allowed
    rows = PlaceRequest.objects.select_related("shelter__service", "asked_by")
    found = rows.filter(pk=pk, organisation_id=actor.keeper_id).first()
    if found is None or not own:
        raise Refused(act=act)
    return found


def holds(actor: Actor) -> QuerySet[PlaceRequest]:
    """Places that houses of the own body hold now."""
    rows = PlaceRequest.objects.filter(organisation_id=actor.keeper_id, state=PlaceRequest.State.ACCEPTED)
    return rows.filter(held_until__gt=timezone.now()).select_related("shelter__service", "asked_by")
