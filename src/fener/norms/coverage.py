"""Where is nobody at work, which service is there not, which shelter is far from the risk? The pack ``coverage``.

Rule BO-08. An empty cell is a gap; what is not known is never counted as there.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fener.norms.packs import PackError, Packs, Source, cross_check, load_packs
from fener.norms.services_catalogue import catalogue

EARTH_KM = 6371.0
Point = tuple[float, float]  # latitude, longitude in degrees


@dataclass(frozen=True)
class MappedKind:
    """A kind of service that is mapped; ``catalogue``: kinds of the mechanism's own that count as this."""

    code: str
    label: str
    group: str
    shelter: bool
    catalogue: tuple[str, ...]
    source: Source


@dataclass(frozen=True)
class Net:
    """The whole pack: labels by code, in its order."""

    version: str
    levels: Mapping[str, str]
    domestic: tuple[str, ...]
    state_levels: Mapping[str, tuple[str, ...]]
    sectors: Mapping[str, str]
    groups: Mapping[str, str]
    services: tuple[MappedKind, ...]
    risks: Mapping[str, str]
    far_km: int
    far_source: Source

    def kind(self, code: str) -> MappedKind:
        """Raises KeyError for a code that the pack does not have."""
        for one in self.services:
            if one.code == code:
                return one
        raise KeyError(code)

    def kind_of(self, service: str) -> str:
        """Which mapped kind a service of the catalogue counts as; empty for none."""
        return next((one.code for one in self.services if service in one.catalogue), "")


def net(packs: Packs | None = None) -> Net:
    """The net of the packs (the shipped ones by default)."""
    return _shipped() if packs is None else _build(packs)


@cache
def _shipped() -> Net:
    return _build(load_packs())


def _labels(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {raw["code"]: raw["label"] for raw in rows}


def _build(packs: Packs) -> Net:
    pack = packs.get("coverage", "net")
    data = pack.data
    kinds = tuple(
        MappedKind(**{**raw, "catalogue": tuple(raw["catalogue"]), "source": Source.of(raw["source"])})
        for raw in data["services"]
    )
    return Net(
        version=pack.version,
        levels=_labels(data["levels"]),
        domestic=tuple(data["domestic_levels"]),
        state_levels={name: tuple(codes) for name, codes in data["state_levels"].items()},
        sectors=_labels(data["sectors"]),
        groups=_labels(data["groups"]),
        services=kinds,
        risks=_labels(data["risks"]),
        far_km=data["far"]["km"],
        far_source=Source.of(data["far"]["source"]),
    )


def kilometres(one: Point, other: Point) -> float:
    """The distance as the crow flies, in km, on a sphere (haversine): good to half a per cent."""
    lat1, lon1, lat2, lon2 = (math.radians(value) for value in (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


@dataclass(frozen=True)
class Place:
    """An area as far as distance goes: its neighbours, and its middle where that is known."""

    code: str
    neighbours: frozenset[str] = frozenset()
    point: Point | None = None


@dataclass(frozen=True)
class Nearest:
    """How far help is from a risk. ``km`` None: coordinates are not known, neighbourhood was asked."""

    far: bool
    km: float | None = None
    area: str = ""


def nearest_shelter(risk: Place, shelters: Collection[Place], *, far_km: int | None = None) -> Nearest:
    """The nearest of the areas that have a shelter: in the same or a neighbouring area it is near; else by km.

    Where one of the two has no coordinates, an area that is no neighbour is far. A closer shelter never makes it far.
    """
    limit = far_km if far_km is not None else net().far_km
    near = [one for one in shelters if one.code == risk.code]
    near += [one for one in shelters if one.code in risk.neighbours or risk.code in one.neighbours]
    measured = sorted(
        (kilometres(risk.point, one.point), one.code) for one in shelters if risk.point is not None and one.point
    )
    if near:
        distance = next((km for km, code in measured if code == near[0].code), None)
        return Nearest(False, distance, near[0].code)
    if measured:
        return Nearest(measured[0][0] > limit, measured[0][0], measured[0][1])
    return Nearest(True)


@cross_check
def check_coverage(packs: Packs) -> None:
    """Groups, levels and kinds of the catalogue that are named exist; no kind of the catalogue counts twice."""
    if "net" not in packs.of_kind("coverage"):
        return
    pack, found = packs.get("coverage", "net"), _build(packs)
    named = [kind for one in found.services for kind in one.catalogue]
    for one in found.services:
        where = f"data/services/{one.code}"
        if one.group not in found.groups:
            raise PackError(pack.file, where, f"there is no group {one.group!r}")
        if strange := [kind for kind in one.catalogue if kind not in catalogue(packs).codes()]:
            raise PackError(pack.file, where, f"no kind of service {', '.join(strange)}")
        if twice := [kind for kind in one.catalogue if named.count(kind) > 1]:
            raise PackError(pack.file, where, f"counts {', '.join(twice)} twice")
    levels = {*found.domestic, *(code for codes in found.state_levels.values() for code in codes)}
    if strange := sorted(levels - set(found.levels)):
        raise PackError(pack.file, "data/levels", f"does not hold {', '.join(strange)}")
