"""Which services does a mechanism offer? A catalogue without conditions (rule AS-05).

No entry can hold a condition on citizenship, status or co-operation: the schema has no place for one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fener.norms.packs import PackError, Packs, Source, cross_check, load_packs
from fener.norms.vocab import vocabulary


@dataclass(frozen=True)
class Principle:
    """What holds for every service."""

    code: str
    text: str
    source: Source


@dataclass(frozen=True)
class ServiceKind:
    """One kind of service. ``fit``: what an offer is fitted to (age, gender, special needs, language)."""

    code: str
    label: str
    group: str
    ages: str
    fit: tuple[str, ...]
    source: Source
    plan_type: str | None = None

    def suits(self, *, child: bool | None) -> bool:
        """Whether it is for a person of that age; an unknown age excludes nothing."""
        return self.ages == "any" or child is None or (self.ages == "child") == child


@dataclass(frozen=True)
class Catalogue:
    """All kinds of services, in groups."""

    version: str
    principles: tuple[Principle, ...]
    groups: Mapping[str, str]
    services: tuple[ServiceKind, ...]

    def codes(self) -> tuple[str, ...]:
        return tuple(service.code for service in self.services)

    def get(self, code: str) -> ServiceKind:
        """The service of a code. Raises ValueError for an unknown code."""
        for service in self.services:
            if service.code == code:
                return service
        raise ValueError(f"{code!r} is not a service of the catalogue")

    def label(self, code: str) -> str:
        """The English label. Raises ValueError for an unknown code."""
        return self.get(code).label

    def for_person(self, *, child: bool | None) -> tuple[ServiceKind, ...]:
        """What may be offered. Age is the only thing that is asked, and an unknown one excludes nothing."""
        return tuple(service for service in self.services if service.suits(child=child))

    def choices(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Group label and its pairs of code and label, for a form."""
        return tuple(
            (label, tuple((s.code, s.label) for s in self.services if s.group == group))
            for group, label in self.groups.items()
        )


def catalogue(packs: Packs | None = None) -> Catalogue:
    """The catalogue of the packs (the shipped ones by default)."""
    return _shipped() if packs is None else _build(packs)


@cache
def _shipped() -> Catalogue:
    return _build(load_packs())


def _build(packs: Packs) -> Catalogue:
    pack = packs.get("services", "catalogue")
    return Catalogue(
        version=pack.version,
        principles=tuple(Principle(p["code"], p["text"], Source.of(p["source"])) for p in pack.data["principles"]),
        groups={group["code"]: group["label"] for group in pack.data["groups"]},
        services=tuple(
            ServiceKind(**{**raw, "fit": tuple(raw["fit"]), "source": Source.of(raw["source"])})
            for raw in pack.data["services"]
        ),
    )


@cross_check
def check_services(packs: Packs) -> None:
    """Codes are unique; groups and kinds of plan exist; no group is empty."""
    if "catalogue" not in packs.of_kind("services"):
        return
    file, found = packs.get("services", "catalogue").file, _build(packs)
    plan_types = vocabulary("support_plan_type", packs)
    for service in found.services:
        where = f"data/services/{service.code}"
        if found.codes().count(service.code) > 1:
            raise PackError(file, where, "occurs twice")
        if service.group not in found.groups:
            raise PackError(file, where, f"there is no group {service.group!r}")
        if service.plan_type is not None and service.plan_type not in plan_types:
            raise PackError(file, where, f"there is no kind of plan {service.plan_type!r}")
    for group in found.groups:
        if not any(service.group == group for service in found.services):
            raise PackError(file, f"data/groups/{group}", "holds no service")
