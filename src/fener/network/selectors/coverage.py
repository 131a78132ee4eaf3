"""The net of sectors and levels, the map of services, shelters far from the risk, and whether the state is at work."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from fener.network import access
from fener.network.models import Area, CoverageEntry, MappedService, Organisation, RiskArea, Service
from fener.network.models.common import holding
from fener.norms.coverage import MappedKind, Nearest, Net, Place, nearest_shelter, net
from fener.norms.duties import duties
from fener.trust.actor import Actor
from fener.trust.errors import Refused

READ = "map.read"
COUNTRY = ""  # the column of what serves the whole country


@dataclass(frozen=True)
class Coverage:
    """Cells of (sector, level) with the bodies at work there. A cell without any is a gap."""

    on: date
    pack: Net
    cells: dict[tuple[str, str], list[CoverageEntry]]

    @property
    def gaps(self) -> list[tuple[str, str]]:
        """Empty cells at the levels of the country itself."""
        return [
            (sector, level) for sector in self.pack.sectors for level in self.pack.domestic
            if not self.cells.get((sector, level))
        ]  # fmt: skip


def coverage(actor: Actor, on: date | None = None) -> Coverage:
    """The net of a day. A body that has ended covers nothing. Raises Refused."""
    access.require(actor, READ)
    on = on or timezone.localdate()
    cells: dict[tuple[str, str], list[CoverageEntry]] = defaultdict(list)
    for entry in CoverageEntry.objects.filter(holding(on)).select_related("organisation", "area"):
        if entry.organisation.active_on(on):
            cells[entry.sector, entry.level].append(entry)
    return Coverage(on, net(), dict(cells))


@dataclass(frozen=True)
class Provider:
    """One service on the map, whoever recorded it: the directory's own, or one mapped beside it."""

    name: str
    body: str
    sector: str
    places: int | None
    mapped: MappedService | None = None


@dataclass(frozen=True)
class FarRisk:
    """A risk and how far the nearest shelter is from it."""

    risk: RiskArea
    nearest: Nearest


@dataclass(frozen=True)
class ServiceMap:
    """Kinds of services by area. ``cells``: (kind, code of the area or COUNTRY) with who gives it."""

    on: date
    pack: Net
    areas: tuple[Area, ...]
    cells: dict[tuple[str, str], list[Provider]]
    risks: tuple[FarRisk, ...]
    unplaced: tuple[Provider, ...]  # of bodies whose area nobody recorded: they count nowhere

    @property
    def gaps(self) -> list[tuple[MappedKind, Area]]:
        """Kinds that an area does not have, and that nobody gives for the whole country either."""
        return [
            (kind, area) for kind in self.pack.services for area in self.areas
            if not self.cells.get((kind.code, area.code)) and not self.cells.get((kind.code, COUNTRY))
        ]  # fmt: skip

    @property
    def far(self) -> list[FarRisk]:
        """Risks without a shelter near."""
        return [one for one in self.risks if one.nearest.far]


def service_map(actor: Actor, on: date | None = None) -> ServiceMap:
    """The map of a day: services of the directory and those beyond trafficking. Raises Refused."""
    access.require(actor, READ)
    on, pack = on or timezone.localdate(), net()
    areas = list(Area.objects.select_related("parent").prefetch_related("neighbours"))
    cells: dict[tuple[str, str], list[Provider]] = defaultdict(list)
    unplaced, sheltered = [], set()
    for kind, area, level, provider, shelter in _providers(on):
        if level == Area.Level.NATIONAL and not shelter:
            cells[kind, COUNTRY].append(provider)
        elif area is None:
            unplaced.append(provider)
        else:
            cells[kind, area.code].append(provider)
            if shelter:
                sheltered.add(area.code)
    places = {area.code: _place(area) for area in areas}
    risks = RiskArea.objects.filter(holding(on)).select_related("area")
    far = tuple(
        FarRisk(risk, nearest_shelter(places[risk.area.code], [places[code] for code in sorted(sheltered)]))
        for risk in risks
    )
    shown = tuple(area for area in areas if area.level == Area.Level.REGIONAL) or tuple(areas)
    return ServiceMap(on, pack, shown, _rolled_up(dict(cells), areas), far, tuple(unplaced))


def _rolled_up(
    cells: dict[tuple[str, str], list[Provider]], areas: list[Area]
) -> dict[tuple[str, str], list[Provider]]:
    """What a municipality has, its region has."""
    parents = {area.code: area.parent.code for area in areas if area.parent is not None}
    found: dict[tuple[str, str], list[Provider]] = defaultdict(list)
    for (kind, code), providers in cells.items():
        at: str | None = code
        seen: set[str] = set()
        while at is not None and at not in seen:
            found[kind, at] += providers
            seen.add(at)
            at = parents.get(at)
    return dict(found)


def _providers(on: date) -> list[tuple[str, Area | None, str, Provider, bool]]:
    """Everything that is offered on the day: (kind, area, level, who, whether one can stay there)."""
    found: list[tuple[str, Area | None, str, Provider, bool]] = []
    own = Service.objects.filter(active=True, desk__open=True).select_related("organisation__area")
    pack = net()
    for service in own:
        body = service.organisation
        kind = pack.kind_of(service.kind)
        if kind and body.active_on(on):
            provider = Provider(service.name, body.short_name, body.sector, service.capacity)
            found.append((kind, body.area, body.level, provider, pack.kind(kind).shelter))
    mapped = MappedService.objects.filter(holding(on)).select_related("organisation", "area")
    for one in mapped:
        name = one.organisation.short_name if one.organisation else one.provider
        provider = Provider(one.name, name, one.provider_sector, one.capacity, one)
        found.append((one.kind, one.area, one.level, provider, one.is_shelter))
    return found


def _place(area: Area) -> Place:
    point = None
    if area.latitude is not None and area.longitude is not None:
        point = (float(area.latitude), float(area.longitude))
    return Place(area.code, frozenset(one.code for one in area.neighbours.all()), point)


def areas(actor: Actor) -> QuerySet[Area]:
    """Every area. Raises Refused."""
    access.require(actor, READ)
    return Area.objects.select_related("parent").prefetch_related("neighbours")


def area(actor: Actor, pk: int) -> Area:
    """One area. Raises Refused, the same for one that does not exist."""
    found = areas(actor).filter(pk=pk).first()
    if found is None:
        raise Refused(act=READ)
    return found


ENTRIES: dict[str, Any] = {"coverage": CoverageEntry, "service": MappedService, "risk": RiskArea}


def entry(actor: Actor, kind: str, pk: int) -> CoverageEntry | MappedService | RiskArea:
    """One entry of the map by its kind. Raises Refused, the same for one that does not exist."""
    access.require(actor, READ)
    model = ENTRIES.get(kind)
    found: CoverageEntry | MappedService | RiskArea | None = model.objects.filter(pk=pk).first() if model else None
    if found is None:
        raise Refused(act=READ)
    return found


@dataclass(frozen=True)
class StateAtWork:
    """Where the state acts by itself (rule BO-10). ``alone``: cells of the net that only others hold."""

    national: int
    local: int
    alone: tuple[tuple[str, str, tuple[Organisation, ...]], ...]


def state_at_work(found: Coverage) -> StateAtWork:
    """Of a net: sectors in which the state works nationally and locally, and the cells that it left to others."""
    state, pack = duties().state, found.pack

    def sectors_at(levels: tuple[str, ...]) -> int:
        return sum(
            any(e.organisation.sector in state for level in levels for e in found.cells.get((sector, level), []))
            for sector in pack.sectors
        )

    alone = tuple(
        (sector, level, tuple(dict.fromkeys(entry.organisation for entry in held)))
        for (sector, level), held in sorted(found.cells.items())
        if level in pack.domestic and not any(entry.organisation.sector in state for entry in held)
    )
    return StateAtWork(sectors_at(pack.state_levels["national"]), sectors_at(pack.state_levels["local"]), alone)
