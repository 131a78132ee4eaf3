"""The net of sectors and levels, and the map of services: an empty cell is a gap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.network import selectors as network
from fener.network.forms.map.fields import DayForm
from fener.network.forms.map.structure import AreaForm, CoverageForm, MappedServiceForm, PlaceForm, RiskForm
from fener.network.models import Area
from fener.network.selectors import coverage as selectors
from fener.network.services import coverage as services
from fener.network.views.map import coverage_shown as shown
from fener.network.views.map.common import lists, map_form, may, page
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused

ACT = "network.coverage.change"
HERE, GAPS = "network:coverage", "network:gaps"


@staff
@require_GET
def coverage(request: StaffRequest) -> HttpResponse:
    """Who is at work in which sector at which level."""
    found = selectors.coverage(request.actor)
    can = may(request, ACT)
    context = {
        "findings": shown.net_findings(found),
        "table": shown.net_table(found, can=can),
        "chart": shown.net_chart(found),
        "version": found.pack.version,
        "may_change": can,
    }
    return page(request, "coverage", context, here=HERE)


@staff
@require_GET
def gaps(request: StaffRequest) -> HttpResponse:
    """Which service is where, which is not, and where the risk is far from a shelter."""
    found, can = selectors.service_map(request.actor), may(request, ACT)
    context = {
        "findings": shown.far_findings(found),
        "gaps": len(found.gaps),
        "of": len(found.pack.services) * len(found.areas),
        "chart": shown.service_chart(found),
        "table": shown.service_table(found, can=can),
        "risks": shown.risk_table(found, can=can),
        "areas": shown.area_table(selectors.areas(request.actor), can=can),
        "unplaced": [f"{one.name} ({one.body})" for one in found.unplaced],
        "far_km": found.pack.far_km,
        "far_why": {"rule": "coverage/far", "version": found.pack.version, "source": found.pack.far_source},
        "may_change": can,
    }
    return page(request, "gaps", context, here=GAPS)


@staff
def add_coverage(request: StaffRequest) -> HttpResponse:
    """A body is at work somewhere in the net."""
    initial = {"sector": request.GET.get("sector", ""), "level": request.GET.get("level", "")}
    return map_form(
        request,
        form=CoverageForm(request.POST or None, initial=initial, **lists(request)),
        act=ACT,
        run=lambda data: services.record_coverage(actor=request.actor, **data),
        title=_("Record who is at work"),
        back=reverse(HERE),
    )


@staff
def add_service(request: StaffRequest) -> HttpResponse:
    """A service of the country, whoever it is for."""
    return map_form(
        request,
        form=MappedServiceForm(request.POST or None, **lists(request)),
        act=ACT,
        run=lambda data: services.map_service(actor=request.actor, **data),
        title=_("Record a service"),
        lead=_("Also one that has nothing to do with trafficking. Services of the directory are on the map already."),
        back=reverse(GAPS),
    )


@staff
def add_risk(request: StaffRequest) -> HttpResponse:
    """Where the risk is."""
    return map_form(
        request,
        form=RiskForm(request.POST or None, **lists(request)),
        act=ACT,
        run=lambda data: services.record_risk(actor=request.actor, **data),
        title=_("Record where the risk is"),
        lead=_("About a place, with the source that says so. Never about a group of people."),
        back=reverse(GAPS),
    )


@staff
def end_entry(request: StaffRequest, of: str, pk: int) -> HttpResponse:
    """The last day of an entry of the map."""
    entry = selectors.entry(request.actor, of, pk)
    back = reverse(HERE if of == "coverage" else GAPS)

    def run(data: Mapping[str, Any]) -> None:
        services.end_entry(actor=request.actor, entry=entry, until=data["until"])

    return map_form(
        request,
        form=DayForm(request.POST or None),
        act=ACT,
        run=run,
        title=_("End an entry of the map"),
        eyebrow=str(entry),
        back=back,
        submit=_("End it"),
    )


def _area_form(request: StaffRequest, area: Area | None) -> HttpResponse:
    return map_form(
        request,
        form=AreaForm(request.POST or None, area=area, **lists(request)),
        act=ACT,
        run=lambda data: services.record_area(actor=request.actor, area=area, **data),
        title=_("Change an area") if area else _("Add an area"),
        eyebrow=area.name if area else "",
        back=reverse(GAPS),
    )


@staff
def add_area(request: StaffRequest) -> HttpResponse:
    """An area of the country."""
    return _area_form(request, None)


@staff
def change_area(request: StaffRequest, pk: int) -> HttpResponse:
    """Its neighbours, its middle."""
    return _area_form(request, selectors.area(request.actor, pk))


@staff
def place_body(request: StaffRequest, body: Any) -> HttpResponse:
    """At which level and in which area a body works."""
    found = network.organisations(request.actor).filter(pk=body).first()
    if found is None:
        raise Refused(act="map.read")
    form = PlaceForm(request.POST or None, initial={"level": found.level, "area": found.area}, **lists(request))

    def run(data: Mapping[str, Any]) -> None:
        services.place_body(actor=request.actor, organisation=found, **data)

    return map_form(
        request,
        form=form,
        act="network.body.place",
        organisation=found,
        run=run,
        title=_("Where the body works"),
        eyebrow=found.short_name,
        back=reverse("network:map"),
    )
