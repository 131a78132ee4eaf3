"""The whole map at a glance: what is wrong first, then the way to each part; partners, the state, bodies that ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from fener.network import selectors as network
from fener.network.forms.map.structure import SuccessionForm
from fener.network.models import Organisation
from fener.network.selectors import agreements as agreement_selectors
from fener.network.selectors import coordination as structure_selectors
from fener.network.selectors import coverage as coverage_selectors
from fener.network.selectors import duties as duty_selectors
from fener.network.selectors import partners as partner_selectors
from fener.network.selectors import succession as succession_selectors
from fener.network.selectors.partners import PartnerRow
from fener.network.services import succession as services
from fener.network.views.map import agreements_shown, coverage_shown
from fener.network.views.map.common import finding, lists, map_form, may, page, table
from fener.network.views.map.duties import findings_in_words
from fener.norms.duties import duties
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused


@staff
@require_GET
def overview(request: StaffRequest) -> HttpResponse:
    """Every part with how many things are wrong there, and the bodies with their place."""
    actor, today = request.actor, timezone.localdate()
    net = coverage_selectors.coverage(actor)
    parts = (
        ("network:duties", _("Duties"), len(duty_selectors.matrix(actor).findings)),
        ("network:agreements", _("Agreements"),
         len(agreements_shown.findings(agreement_selectors.agreements(actor), today))),
        ("network:coordination", _("Co-ordination"), len(structure_selectors.co_ordination(actor).lacks)),
        ("network:contacts", _("Contact points to verify"), structure_selectors.stale_contacts(actor, today).count()),
        ("network:coverage", _("Empty cells of the net"), len(net.gaps)),
        ("network:gaps", _("Services that are missing somewhere"), len(coverage_selectors.service_map(actor).gaps)),
        ("network:partners", _("Partners, and work that the state left to others"),
         len(partner_findings(partner_selectors.partners(actor))) + len(coverage_shown.state_findings(net))),
    )  # fmt: skip
    context = {
        "parts": [
            {"text": words, "href": reverse(route), "count": count,
             "note": ngettext("%(count)s finding", "%(count)s findings", count) % {"count": count}}
            for route, words, count in parts
        ],
        "bodies": _bodies(request),
    }  # fmt: skip
    return page(request, "map", context, here="network:map")


def _bodies(request: StaffRequest) -> Any:
    today, rows = timezone.localdate(), []
    place, end = may(request, "network.body.place"), may(request, "network.succession.record")
    for body in network.organisations(request.actor).select_related("area"):
        name: Any = {"text": body.name, "sub": str(body.get_sector_display())}
        whole = _("whole country") if body.level == "national" else _("not recorded")
        where: dict[str, Any] = {"text": body.area.name if body.area else whole}
        if place:
            where |= {"href": reverse("network:body_place", args=[body.pk]), "about": body.short_name}
        state: list[dict[str, Any]] = [{"tag": _("active"), "kind": "done"}]
        if not body.active_on(today):
            state = [{"tag": _("ended"), "kind": "plain"}]
        elif end:
            href = reverse("network:body_end", args=[body.pk])
            state.append({"text": _("record its end"), "href": href, "about": body.short_name})
        level = str(body.get_level_display()) if body.level else "–"
        rows.append({"name": name, "level": level, "area": where, "state": state})
    columns = [("name", _("Body")), ("level", _("Level")), ("area", _("Area")), ("state", _("State"))]
    return table(_("Bodies of the mechanism"), columns, rows, _("No body is registered yet."))


def partner_findings(rows: list[PartnerRow]) -> list[dict[str, Any]]:
    """Kinds of partners that are missing or without a mandate (rule LB-02)."""
    lines, words = [], {"identification": _("identification"), "prevention": _("prevention")}
    for row in rows:
        label = _(row.partner.label)
        if "missing" in row.lacks:
            lines.append(finding(_("%(partner)s: none is a partner of the mechanism.") % {"partner": label}))
        elif row.lacks:
            fields = ", ".join(words[one] for one in row.lacks)
            text = _("%(partner)s: no mandate in %(fields)s.") % {"partner": label, "fields": fields}
            lines.append(finding(text, kind="soon"))
    return lines


@staff
@require_GET
def partners(request: StaffRequest) -> HttpResponse:
    """Labour inspectors, unions, employers, migrant organisations; and where the state itself is at work."""
    rows, net = partner_selectors.partners(request.actor), coverage_selectors.coverage(request.actor)
    matrix = duty_selectors.matrix(request.actor)
    told = zip(matrix.findings, findings_in_words(matrix), strict=True)
    alone = [words for one, words in told if one.code == "no_state"]
    at_work = coverage_selectors.state_at_work(net)
    context = {
        "partner_findings": partner_findings(rows),
        "partners": _partner_table(rows),
        "state_findings": [*alone, *coverage_shown.state_findings(net)],
        "state": at_work,
        "sectors": len(net.pack.sectors),
        "stages": len(matrix.stages),
        "stages_state": sum(
            any(d.organisation.sector in matrix.pack.state for d in row.duties) for row in matrix.stages
        ),
        "version": duties().version,
    }
    return page(request, "partners", context, here="network:partners")


def _partner_table(rows: list[PartnerRow]) -> Any:
    def mandates(found: Any) -> Any:
        return [
            {"text": f"{one.organisation.short_name}: {one.get_function_display()}", "sub": one.legal_basis}
            for one in found
        ] or {"tag": _("no mandate"), "kind": "soon"}

    shown = [
        {
            "partner": _(row.partner.label),
            "bodies": [body.short_name for body in row.bodies] or {"tag": _("none"), "kind": "overdue"},
            "identification": mandates(row.identification),
            "prevention": mandates(row.prevention),
        }
        for row in rows
    ]
    columns = [("partner", _("Partner")), ("bodies", _("Bodies")), ("identification", _("In identification")),
               ("prevention", _("In prevention"))]  # fmt: skip
    return table(_("Partners with mandates"), columns, shown, _("The pack names no partner."))


@staff
@require_GET
def successions(request: StaffRequest) -> HttpResponse:
    """Bodies that ended, who took over, and what has to be asked anew."""
    found = [
        {
            "one": one,
            "duties": list(succession_selectors.carried_duties(request.actor, one)),
            "parties": list(succession_selectors.carried_parties(request.actor, one)),
            "counts": succession_selectors.consequences(request.actor, one.organisation),
        }
        for one in succession_selectors.successions(request.actor)
    ]
    return page(request, "successions", {"found": found}, here="network:successions")


@staff
def end_body(request: StaffRequest, body: UUID) -> HttpResponse:
    """A body ends. The page says first what goes on, and what does not."""
    found: Organisation | None = network.organisations(request.actor).filter(pk=body).first()
    if found is None:
        raise Refused(act="map.read")
    counts = succession_selectors.consequences(request.actor, found)
    told = "; ".join(f"{one.text}: {one.count}" for one in counts)
    note = {
        "kind": "soon",
        "title": _("What goes on, and what does not"),
        "text": _(
            "Its desks close and name the successor's. Duties and agreements are carried over; the successor has to "
            "confirm them. Keys are never inherited: people consented to this body and to no other, and have to be "
            "asked anew. Affected now: %(counts)s."
        )
        % {"counts": told},
    }

    def run(data: Mapping[str, Any]) -> None:
        services.end_organisation(actor=request.actor, organisation=found, **data)

    return map_form(
        request,
        form=SuccessionForm(request.POST or None, **lists(request)),
        act="network.succession.record",
        organisation=found,
        run=run,
        title=_("A body ends"),
        eyebrow=found.short_name,
        back=reverse("network:successions"),
        submit=_("Record its end"),
        danger=True,
        notes=(note,),
    )
