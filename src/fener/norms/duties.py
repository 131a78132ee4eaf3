"""Which kind of body has which duty at which stage? The pack ``duties``, and what follows from a filled-in matrix.

Findings are pure: they take plain entries of one day and return codes, so that they can be proven on any matrix.
Rules BO-01 (exactly one accountable; gaps, doubles, stages of one sector) and BO-10 (the state answers).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fener.norms.packs import PackError, Packs, Source, cross_check, load_packs
from fener.norms.vocab import vocabulary

ACCOUNTABLE, RESPONSIBLE = "accountable", "responsible"


@dataclass(frozen=True)
class StandardDuty:
    """What bodies of these sectors do at a stage, by the standard."""

    sectors: tuple[str, ...]
    role: str
    text: str
    source: Source


@dataclass(frozen=True)
class Stage:
    """A stage of the mechanism. ``operational``: it is work with persons."""

    code: str
    label: str
    operational: bool
    source: Source
    standard: tuple[StandardDuty, ...]


@dataclass(frozen=True)
class Named:
    """A code and its English label, with its source."""

    code: str
    label: str
    source: Source
    towards: bool = False


@dataclass(frozen=True)
class Partner:
    """A kind of partner in identification and prevention (rule LB-02)."""

    code: str
    label: str
    sectors: tuple[str, ...]


@dataclass(frozen=True)
class Duties:
    """The whole pack."""

    version: str
    stages: tuple[Stage, ...]
    state: frozenset[str]  # sectors for which the state answers
    providers: frozenset[str]  # sectors that give services
    sectors: frozenset[str]
    triggers: Mapping[str, Named]
    acts: Mapping[str, Named]
    met_by: Mapping[str, tuple[str, ...]]
    partners: tuple[Partner, ...]
    partner_functions: Mapping[str, tuple[str, ...]]
    source: tuple[Source, ...]

    def stage(self, code: str) -> Stage:
        """Raises KeyError for a code that the pack does not have."""
        for stage in self.stages:
            if stage.code == code:
                return stage
        raise KeyError(code)


def duties(packs: Packs | None = None) -> Duties:
    """The duties of the packs (the shipped ones by default)."""
    return _shipped() if packs is None else _build(packs)


@cache
def _shipped() -> Duties:
    return _build(load_packs())


def _named(raw: Mapping[str, Any]) -> Named:
    return Named(raw["code"], raw["label"], Source.of(raw["source"]), raw.get("towards", False))


def _stage(raw: Mapping[str, Any]) -> Stage:
    standard = tuple(
        StandardDuty(tuple(one["sectors"]), one["role"], one["text"], Source.of(one["source"]))
        for one in raw["standard"]
    )
    return Stage(raw["code"], raw["label"], raw["operational"], Source.of(raw["source"]), standard)


def _build(packs: Packs) -> Duties:
    pack = packs.get("duties", "referral_mechanism")
    data = pack.data
    return Duties(
        version=pack.version,
        stages=tuple(_stage(raw) for raw in data["stages"]),
        state=frozenset(raw["code"] for raw in data["sectors"] if raw["state"]),
        providers=frozenset(raw["code"] for raw in data["sectors"] if raw["provider"]),
        sectors=frozenset(raw["code"] for raw in data["sectors"]),
        triggers={raw["code"]: _named(raw) for raw in data["triggers"]},
        acts={raw["code"]: _named(raw) for raw in data["acts"]},
        met_by={sector: tuple(channels) for sector, channels in data["met_by"].items()},
        partners=tuple(Partner(raw["code"], raw["label"], tuple(raw["sectors"])) for raw in data["partners"]),
        partner_functions={name: tuple(codes) for name, codes in data["partner_functions"].items()},
        source=pack.sources,
    )


@dataclass(frozen=True)
class Entry:
    """One duty of one day, without its words. ``counts``: its agreement binds and no confirmation is awaited."""

    stage: str
    body: Any
    sector: str
    role: str
    active: bool = True
    has_basis: bool = True
    counts: bool = True


@dataclass(frozen=True)
class Finding:
    """What the matrix shows: a code, the stage, and the bodies concerned."""

    code: str
    stage: str
    bodies: tuple[Any, ...] = ()
    sectors: tuple[str, ...] = ()


# In the order in which they are told.
CODES = (
    "no_accountable", "two_accountable", "no_state", "not_active", "no_basis", "not_in_force", "one_sector", "standard",
)  # fmt: skip


def findings(entries: Iterable[Entry], pack: Duties | None = None) -> list[Finding]:
    """Everything that is wrong with a matrix of one day, stage by stage in the order of the pack.

    A duty whose agreement does not bind, or whose body has ended, holds nothing: it is told, and counts for none.
    """
    known, rows = pack or duties(), list(entries)
    found: list[Finding] = []
    for stage in known.stages:
        found += _of_stage(known, stage, [row for row in rows if row.stage == stage.code])
    return sorted(found, key=lambda one: CODES.index(one.code))


def _of_stage(known: Duties, stage: Stage, rows: list[Entry]) -> list[Finding]:
    held = [row for row in rows if row.active and row.counts]
    accountable = _bodies(row for row in held if row.role == ACCOUNTABLE)
    working = [row for row in held if row.role in (ACCOUNTABLE, RESPONSIBLE)]
    sectors = tuple(sorted({row.sector for row in working}))
    found = []
    if not accountable:
        found.append(Finding("no_accountable", stage.code))
    if len(accountable) > 1:
        found.append(Finding("two_accountable", stage.code, accountable))
    if gone := _bodies(row for row in rows if not row.active):
        found.append(Finding("not_active", stage.code, gone))
    if bare := _bodies(row for row in rows if not row.has_basis):
        found.append(Finding("no_basis", stage.code, bare))
    if waiting := _bodies(row for row in rows if row.active and not row.counts):
        found.append(Finding("not_in_force", stage.code, waiting))
    if stage.operational and len(sectors) == 1:
        found.append(Finding("one_sector", stage.code, _bodies(working), sectors))
    if working and not set(sectors) & known.state:
        found.append(Finding("no_state", stage.code, _bodies(working), sectors))
    missing = [duty for duty in stage.standard if not set(duty.sectors) & {row.sector for row in held}]
    found += [Finding("standard", stage.code, (), duty.sectors) for duty in missing]
    return found


def _bodies(rows: Iterable[Entry]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(row.body for row in rows))


@cross_check
def check_duties(packs: Packs) -> None:
    """Codes are unique; sectors and channels that are named exist."""
    if "referral_mechanism" not in packs.of_kind("duties"):
        return
    pack, found = packs.get("duties", "referral_mechanism"), _build(packs)
    codes = [stage.code for stage in found.stages]
    for code in codes:
        if codes.count(code) > 1:
            raise PackError(pack.file, f"data/stages/{code}", "occurs twice")
    named = {sector for stage in found.stages for duty in stage.standard for sector in duty.sectors}
    named |= set(found.met_by) | {sector for partner in found.partners for sector in partner.sectors}
    if unknown := sorted(named - found.sectors):
        raise PackError(pack.file, "data/sectors", f"does not hold {', '.join(unknown)}")
    channels = vocabulary("contact_channel", packs)
    for sector, codes_of in found.met_by.items():
        if strange := [code for code in codes_of if code not in channels]:
            raise PackError(pack.file, f"data/met_by/{sector}", f"no channel {', '.join(strange)}")
