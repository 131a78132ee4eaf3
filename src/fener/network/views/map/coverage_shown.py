"""What the pages of coverage show: words, tables, and drawings of the same cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fener.network.models import Area, Organisation
from fener.network.selectors.coverage import COUNTRY, Coverage, Provider, ServiceMap, state_at_work
from fener.network.views.map.common import finding, table

# A drawing in units of its own: the words of a row above its cells, so that it stays legible on a telephone.
CELL, ROW, LABEL, HEAD = 34, 46, 16, 20


def grid(columns: Sequence[str], rows: Iterable[tuple[str, Sequence[int]]]) -> dict[str, Any]:
    """Cells as squares with their number; an empty one is drawn as a hole. The table beside it says the same."""
    lines = []
    for place, (label, counts) in enumerate(rows):
        top = HEAD + place * ROW
        cells = [
            {
                "x": at * CELL,
                "y": top + LABEL,
                "count": count,
                "mid": at * CELL + CELL // 2 - 1,
                "base": top + LABEL + 18,
            }
            for at, count in enumerate(counts)
        ]
        lines.append({"label": label, "y": top + LABEL - 5, "cells": cells})
    heads = [{"text": code, "x": at * CELL + CELL // 2 - 1} for at, code in enumerate(columns)]
    width = max(300, len(columns) * CELL)
    return {
        "rows": lines,
        "heads": heads,
        "width": width,
        "height": HEAD + len(lines) * ROW,
        "cell": CELL - 2,
        "high": 26,
    }


def net_chart(found: Coverage) -> dict[str, Any]:
    """The net: sectors by the levels of the country."""
    rows = [
        (_(label), [len(found.cells.get((sector, level), [])) for level in found.pack.domestic])
        for sector, label in found.pack.sectors.items()
    ]
    return grid([str(place + 1) for place in range(len(found.pack.domestic))], rows)


def net_findings(found: Coverage) -> list[dict[str, Any]]:
    """Gaps of the net, one line a sector."""
    lines = []
    for sector, label in found.pack.sectors.items():
        empty = [_(found.pack.levels[level]) for one, level in found.gaps if one == sector]
        if empty:
            text = _("%(sector)s: nobody is at work at these levels: %(levels)s.") % {
                "sector": _(label), "levels": ", ".join(empty),
            }  # fmt: skip
            lines.append(finding(text))
    return lines


def state_findings(found: Coverage) -> list[dict[str, Any]]:
    """Where the state acts, and what it left to others alone (rule BO-10)."""
    at_work = state_at_work(found)
    lines = []
    for sector, level, bodies in at_work.alone:
        text = _("%(sector)s, %(level)s: left to %(bodies)s alone. The state answers for it.") % {
            "sector": _(found.pack.sectors[sector]), "level": _(found.pack.levels[level]),
            "bodies": ", ".join(body.short_name for body in bodies),
        }  # fmt: skip
        lines.append(finding(text))
    if not at_work.local:
        lines.append(finding(_("The state is at work in no municipality and no community: local work is missing.")))
    if not at_work.national:
        lines.append(finding(_("The state is at work in no sector at the national level.")))
    return lines


def net_table(found: Coverage, *, can: bool) -> Any:
    """Sectors by levels; in each cell who is at work, or that nobody is."""

    def cell(sector: str, level: str) -> Any:
        held = found.cells.get((sector, level), [])
        if not held:
            gap = level in found.pack.domestic
            if not gap:
                return ""  # beyond the country: nobody has to be there
            empty: dict[str, Any] = {"tag": _("gap"), "kind": "overdue"}
            if can:
                empty["href"] = reverse("network:coverage_add") + f"?sector={sector}&level={level}"
                empty["about"] = _("record who is at work")
            return empty
        return [
            {"text": one.organisation.short_name, "sub": one.area.name if one.area else "",
             **({"href": reverse("network:entry_end", args=["coverage", one.pk]), "about": _("end")} if can else {})}
            for one in held
        ]  # fmt: skip

    columns = [("sector", _("Sector")), *((code, _(label)) for code, label in found.pack.levels.items())]
    rows = [
        {"sector": _(label), **{level: cell(sector, level) for level in found.pack.levels}}
        for sector, label in found.pack.sectors.items()
    ]
    return table(_("Sectors and levels"), columns, rows, _("The pack has no sector."))


def service_chart(found: ServiceMap) -> dict[str, Any]:
    """Kinds of services by area; what serves the whole country counts in every area."""
    rows = []
    for kind in found.pack.services:
        everywhere = len(found.cells.get((kind.code, COUNTRY), []))
        counts = [everywhere + len(found.cells.get((kind.code, area.code), [])) for area in found.areas]
        rows.append((_(kind.label), counts))
    return grid([area.code for area in found.areas], rows)


def service_table(found: ServiceMap, *, can: bool) -> Any:
    """Kinds by area, in each cell who gives it; a sector of each provider beneath."""

    def who(one: Provider) -> dict[str, Any]:
        places = (
            ngettext("%(count)s place", "%(count)s places", one.places) % {"count": one.places} if one.places else ""
        )
        sector = str(Organisation.Sector(one.sector).label)
        shown: dict[str, Any] = {
            "text": one.body,
            "sub": ", ".join(part for part in (one.name, sector, places) if part),
        }
        if can and one.mapped is not None:
            shown |= {"href": reverse("network:entry_end", args=["service", one.mapped.pk]), "about": _("end")}
        return shown

    def cell(kind: str, area: str) -> Any:
        held = found.cells.get((kind, area), [])
        if held:
            return [who(one) for one in held]
        covered = area != COUNTRY and found.cells.get((kind, COUNTRY))
        return "" if area == COUNTRY or covered else {"tag": _("gap"), "kind": "overdue"}

    columns = [
        ("kind", _("Kind of service")), ("country", _("Whole country")),
        *((f"area{area.pk}", area.name) for area in found.areas),
    ]  # fmt: skip
    rows = [
        {
            "kind": {"text": _(kind.label), "sub": _(found.pack.groups[kind.group])},
            "country": cell(kind.code, COUNTRY),
            **{f"area{area.pk}": cell(kind.code, area.code) for area in found.areas},
        }
        for kind in found.pack.services
    ]
    return table(_("Services by area"), columns, rows, _("The pack has no kind of service."))


def far_findings(found: ServiceMap) -> list[dict[str, Any]]:
    """Risks with no shelter near, in words."""
    lines = []
    for one in found.far:
        values = {"area": one.risk.area.name, "risk": _(found.pack.risks[one.risk.kind])}
        if one.nearest.km is None:
            text = _("%(area)s: %(risk)s, and there is no shelter in this or a neighbouring area.") % values
        else:
            text = _("%(area)s: %(risk)s, and the nearest shelter's area is %(km)s km away.") % {
                **values, "km": round(one.nearest.km),
            }  # fmt: skip
        why = {"rule": "coverage/far", "version": found.pack.version, "source": found.pack.far_source}
        lines.append(finding(text, why=why))
    return lines


def risk_table(found: ServiceMap, *, can: bool) -> Any:
    """Each risk with its source and how far the nearest shelter's area is."""

    def distance(one: Any) -> Any:
        if one.nearest.far:
            return {"tag": _("far") if one.nearest.km is None else _("%(km)s km") % {"km": round(one.nearest.km)},
                    "kind": "overdue"}  # fmt: skip
        near = _("near")
        return near if one.nearest.km is None else f"{near} ({round(one.nearest.km)} km)"

    rows = []
    for one in found.risks:
        area: dict[str, Any] = {"text": one.risk.area.name}
        if can:
            area |= {"href": reverse("network:entry_end", args=["risk", one.risk.pk]), "about": _("end")}
        rows.append(
            {
                "area": area,
                "kind": _(found.pack.risks[one.risk.kind]),
                "source": one.risk.source,
                "shelter": distance(one),
            }
        )
    columns = [("area", _("Area")), ("kind", _("What happens there")), ("source", _("Source")),
               ("shelter", _("Nearest shelter's area"))]  # fmt: skip
    return table(_("Where the risk is"), columns, rows, _("No risk is recorded."))


def area_table(areas: Iterable[Area], *, can: bool) -> Any:
    """The country's areas."""
    rows = []
    for area in areas:
        name: dict[str, Any] = {"text": area.name}
        if can:
            name["href"] = reverse("network:area_change", args=[area.pk])
        rows.append(
            {
                "code": {"text": area.code},
                "name": name,
                "level": str(area.get_level_display()),
                "part": area.parent.name if area.parent else "–",
                "next": ", ".join(one.name for one in area.neighbours.all()) or "–",
            }
        )
    columns = [("code", _("Code")), ("name", _("Area")), ("level", _("Level")), ("part", _("Part of")),
               ("next", _("Neighbours"))]  # fmt: skip
    return table(_("Areas"), columns, rows, _("No area is recorded yet."))
