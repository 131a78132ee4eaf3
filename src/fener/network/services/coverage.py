"""Areas, coverage, services beyond trafficking, risks, and where a body works (rule BO-08). Never an address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.network import access
from fener.network.models import Area, CoverageEntry, MappedService, Organisation, RiskArea
from fener.network.services.bodies import check, keep
from fener.network.services.common import check_period, end_row, keep_on_node
from fener.norms.coverage import net
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput

ACT = "network.coverage.change"


@transaction.atomic
def record_area(
    *,
    actor: Actor,
    code: str,
    name: str,
    level: str = Area.Level.REGIONAL,
    parent: Area | None = None,
    neighbours: Iterable[Area] = (),
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    area: Area | None = None,
) -> Area:
    """Record an area, or change ``area``. Coordinates in degrees, both or none. Raises Refused, InvalidInput."""
    access.require(actor, ACT)
    current = area or Area()
    current.code, current.name, current.level, current.parent = code.strip(), name.strip(), level, parent
    current.latitude, current.longitude = latitude, longitude
    if (latitude is None) != (longitude is None):
        raise InvalidInput({"longitude": _("Give both coordinates, or none.")})
    if parent is not None and parent.pk == current.pk:
        raise InvalidInput({"parent": _("It cannot be a part of itself.")})
    check(current)
    current.save()
    current.neighbours.set([one for one in neighbours if one.pk != current.pk])
    keep_on_node(actor, ACT, "area", {"area": current.pk, "level": level})
    return current


@transaction.atomic
def record_coverage(
    *,
    actor: Actor,
    sector: str,
    level: str,
    organisation: Organisation,
    source: str,
    since: date,
    until: date | None = None,
    area: Area | None = None,
) -> CoverageEntry:
    """A body is at work in a sector at a level. Raises Refused, InvalidInput."""
    access.require(actor, ACT)
    known, errors = net(), {}
    if sector not in known.sectors:
        errors["sector"] = _("Choose a sector from the list.")
    if level not in known.levels:
        errors["level"] = _("Choose a level from the list.")
    if errors:
        raise InvalidInput(errors)
    check_period(since, until)
    entry = CoverageEntry(
        sector=sector, level=level, organisation=organisation, area=area, source=source.strip(), since=since,
        until=until,
    )  # fmt: skip
    check(entry)
    entry.save()
    detail = {"coverage": entry.pk, "sector": sector, "level": level, "body": organisation.pk}
    keep_on_node(actor, ACT, "coverage", detail)
    return entry


@transaction.atomic
def map_service(*, actor: Actor, kind: str, since: date, until: date | None = None, **fields: Any) -> MappedService:
    """Record a service of the country, whoever it is for. ``fields`` are those of the model.

    Raises Refused, InvalidInput.
    """
    access.require(actor, ACT)
    if kind not in {one.code for one in net().services}:
        raise InvalidInput({"kind": _("Choose a kind of service from the list.")})
    check_period(since, until)
    service = MappedService(kind=kind, since=since, until=until, **fields)
    errors: dict[str, Any] = {}
    if service.organisation_id is not None:
        service.provider_sector = service.organisation.sector if service.organisation else ""
        service.provider = ""
    elif not service.provider:
        errors["provider"] = _("Choose a body, or give the provider's name.")
    if service.level != Area.Level.NATIONAL and service.area_id is None:
        errors["area"] = _("Choose the area where it is. An address is not asked for.")
    if errors:
        raise InvalidInput(errors)
    service.is_shelter = service.is_shelter or net().kind(kind).shelter
    check(service)
    service.save()
    keep_on_node(actor, ACT, "mapped_service", {"service": service.pk, "kind": kind, "level": service.level})
    return service


@transaction.atomic
def record_risk(
    *, actor: Actor, area: Area, kind: str, source: str, since: date, until: date | None = None
) -> RiskArea:
    """Where the risk is, as a source says: about places, never about people. Raises Refused, InvalidInput."""
    access.require(actor, ACT)
    if kind not in net().risks:
        raise InvalidInput({"kind": _("Choose a kind of risk from the list.")})
    check_period(since, until)
    risk = RiskArea(area=area, kind=kind, source=source.strip(), since=since, until=until)
    check(risk)
    risk.save()
    keep_on_node(actor, ACT, "risk", {"risk": risk.pk, "area": area.pk, "kind": kind})
    return risk


@transaction.atomic
def end_entry(
    *, actor: Actor, entry: CoverageEntry | MappedService | RiskArea, until: date
) -> CoverageEntry | MappedService | RiskArea:
    """Its last day; it stays in the history. Raises Refused, InvalidInput."""
    return end_row(actor=actor, act=ACT, row=entry, until=until)


@transaction.atomic
def place_body(*, actor: Actor, organisation: Organisation, level: str, area: Area | None) -> Organisation:
    """At which level and in which area a body works. Raises Refused, InvalidInput."""
    access.require(actor, "network.body.place", organisation.pk)
    current = Organisation.objects.select_for_update().get(pk=organisation.pk)
    current.level, current.area = level, area
    check(current)
    current.save(update_fields=["level", "area"])
    keep(actor, "network.body.place", current.pk, {"level": level, "area": area.pk if area else None})
    return current
