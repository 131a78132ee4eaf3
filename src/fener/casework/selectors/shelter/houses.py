"""The register of shelters as somebody may read it: the own body's houses, or all for the co-ordinator. Counts only."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from fener.casework.models.shelter.house import Shelter, ShelterNight
from fener.network.models import Service
from fener.network.models.directory import CONCEALED_GROUPS
from fener.norms.services_catalogue import catalogue
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship

TERMS = ("kind", "funder", "procurement", "cost_per_night", "currency")


def houses(actor: Actor, *, kind: str = "") -> QuerySet[Shelter]:
    """Houses with their last count and how often they refused. One query. Raises Refused."""
    node = policy.decide(actor, "shelter.list", Relationship.NODE).allowed
    if not node and not policy.decide(actor, "shelter.list", Relationship.SAME_ORGANISATION).allowed:
        raise Refused(act="shelter.list")
    last = ShelterNight.objects.filter(shelter=OuterRef("pk")).order_by("-on")
    found = Shelter.objects.select_related("organisation", "service").annotate(
        refused=Count("refusals"),
        last_on=Subquery(last.values("on")[:1]),
        residents=Subquery(last.values("residents")[:1]),
        ineligible=Subquery(last.values("ineligible")[:1]),
    )
    found = found if node else found.filter(organisation_id=actor.keeper_id)
    return (found.filter(kind=kind) if kind else found).order_by("organisation__name", "service__name", "pk")


def house_of(actor: Actor, pk: UUID, act: str) -> Shelter:
    """One house of the own body. Raises Refused, hidden: another body's looks absent."""
    own = policy.decide(actor, act, Relationship.SAME_ORGANISATION).allowed
    found = Shelter.objects.filter(pk=pk, organisation_id=actor.keeper_id).select_related("service").first()
    if found is None or not own:
        raise Refused(act=act)
    return found


def services_to_enter(actor: Actor) -> QuerySet[Service]:
    """Running services of the own body in which somebody may live, and that are not in the register yet."""
    kinds = [one.code for one in catalogue().services if one.group in CONCEALED_GROUPS]
    found = Service.objects.filter(organisation_id=actor.keeper_id, kind__in=kinds, active=True)
    return found.exclude(pk__in=Shelter.objects.values("service_id")).order_by("name", "pk")


def service_of(house: Shelter) -> QuerySet[Service]:
    """The one service that this house is."""
    return Service.objects.filter(pk=house.service_id)


def terms_of(house: Shelter) -> dict[str, object]:
    """What is said of a house now, as its form takes it."""
    return {name: getattr(house, name) for name in TERMS} | {"service": house.service_id}
