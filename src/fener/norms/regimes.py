"""Residence regimes as time lines: phases with their document, conditions, right to work and entitlements.

A regime is a pack (``packs/regimes``). A jurisdiction without one has the time line of its recovery period. The right
to work is computed, not copied from the document: a work permit may outlast it. A phase that is formally an order to
leave is not thereby removable. Sources: Italian and Belgian models (GTZ 2005), Tirana 2002, Council of Europe.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fener.norms.jurisdictions import (
    GENERIC,
    Jurisdiction,
    Shortfall,
    UnknownJurisdiction,
    get_jurisdiction,
    jurisdiction_codes,
)
from fener.norms.packs import PackError, Packs, Source, cross_check, load_packs
from fener.norms.regime_facts import RegimeFacts
from fener.norms.regime_rules import ageing_out, end_of, is_recovery, met_of, path_of, work_of
from fener.norms.why import Step, english, gettext_noop, plain

ENTITLEMENTS = {
    "housing": gettext_noop("Free and safe housing"),
    "legal_help": gettext_noop("Legal help"),
    "psychological_help": gettext_noop("Psychological help"),
    "material_help": gettext_noop("Material help"),
    "emergency_medical_care": gettext_noop("Emergency medical care"),
    "social_benefits": gettext_noop("Social benefits"),
    "health_insurance": gettext_noop("Health insurance"),
    "employment_office": gettext_noop("Help of the employment office"),
    "education": gettext_noop("Education and vocational training"),
}
CORE = ("housing", "legal_help", "psychological_help", "material_help", "emergency_medical_care", "social_benefits")
"""What somebody is entitled to from the recovery period on and in every later phase, in every regime."""

ORDER_NOT_REMOVAL = gettext_noop(
    "Formally this is an order to leave; it protects, and does not mean that the person may be removed."
)
CAN_BE_REMOVED = gettext_noop(
    "Where the condition fails, the rule here lets the person be expelled. The removal gate applies all the same."
)
CANNOT = gettext_noop("At least one condition can no longer be met, so that this phase can't be reached.")
NATIONAL_CONDITIONS = gettext_noop("The conditions of this permit are not in the sources.")


class UnknownRegime(KeyError):
    """No regime and no jurisdiction has this code."""

    def __init__(self, code: str, known: tuple[str, ...]) -> None:
        self.code, self.known = code, known
        super().__init__(code)

    def __str__(self) -> str:
        return f"{self.code!r} is no regime (known: {', '.join(self.known)})"


@dataclass(frozen=True)
class PhaseCondition:
    """A legal condition of a phase; ``met`` is yes, no, unknown, or impossible (this person can no longer meet it)."""

    condition: str
    text: str
    met: str

    def to_json(self) -> dict[str, Any]:
        """The keys of the contract, and the text."""
        return {"condition": self.condition, "met": self.met, "text": self.text}


@dataclass(frozen=True)
class Phase:
    """One phase of a regime. ``end`` None = open or not known (``why`` says which); it is also the start of the next.

    ``available`` sums up the conditions: yes, no, unknown or impossible.
    """

    regime: str
    phase: str
    document: str
    start: date | None
    end: date | None
    extendable: bool | None
    work: str
    work_until: date | None
    removable: bool
    conditions: tuple[PhaseCondition, ...]
    available: str
    entitlements: tuple[str, ...]
    why: tuple[Step, ...]
    rule: str
    version: str
    source: Source
    path: str = ""
    applicant: str = ""
    falls_short: tuple[Shortfall, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The contract's keys first; then the regime, entitlements, rule, version, source and what falls short."""
        return {
            "phase": self.phase,
            "document": self.document,
            "start": plain(self.start),
            "end": plain(self.end),
            "extendable": self.extendable,
            "work": self.work,
            "work_until": plain(self.work_until),
            "removable": self.removable,
            "conditions": [c.to_json() for c in self.conditions],
            "why": english(self.why),
            "regime": self.regime,
            "available": self.available,
            "entitlements": list(self.entitlements),
            "path": self.path,
            "applicant": self.applicant,
            "rule": self.rule,
            "version": self.version,
            "source": str(self.source),
            "falls_short": [s.to_json() for s in self.falls_short],
        }


@dataclass(frozen=True)
class _Regime:
    code: str
    version: str
    data: Mapping[str, Any]
    jurisdiction: Jurisdiction
    rule: str


def regime_codes(packs: Packs | None = None) -> tuple[str, ...]:
    """All codes that ``timeline`` knows: regime packs and jurisdictions, sorted."""
    packs = packs or load_packs()
    return tuple(sorted({*packs.of_kind("regime"), *jurisdiction_codes(packs)}))


def regime_fact_names(code: str, packs: Packs | None = None) -> tuple[str, ...]:
    """The yes/no facts that the conditions of a regime read, besides those of the contract."""
    regime = _find(code, packs or load_packs())
    conditions = [c for phase in regime.data["phases"] for c in phase.get("conditions", [])]
    conditions += [c for path in regime.data.get("paths", {}).values() for c in path]
    return tuple(dict.fromkeys(name for c in conditions for names in c.get("met_by", []) for name in names))


def timeline(
    code: str, start: date, facts: Mapping[str, Any] | RegimeFacts | None = None, *, packs: Packs | None = None
) -> list[Phase]:
    """The phases of a regime that begins on ``start``, in order, also those whose conditions are not met.

    ``facts`` as in the contract (dates as ISO text or dates; yes/no/unknown or booleans). Raises UnknownRegime, and
    ``facts_input.InputError`` for facts that cannot be.
    """
    packs = packs or load_packs()
    regime = _find(code, packs)
    if not isinstance(facts, RegimeFacts):
        facts = RegimeFacts.read(facts, also=regime_fact_names(code, packs))
    facts = facts.starting(start)
    phases: list[Phase] = []
    begins: date | None = start
    for raw in regime.data["phases"]:
        phase = _phase(regime, raw, begins, facts)
        phases.append(phase)
        begins = phase.end
    return phases


def _find(code: str, packs: Packs) -> _Regime:
    pack = packs.of_kind("regime").get(code)
    if pack is not None:
        place = get_jurisdiction(pack.data["jurisdiction"], packs)
        return _Regime(code, pack.version, pack.data, place, f"regimes/{code}")
    try:
        place = get_jurisdiction(code, packs)
    except UnknownJurisdiction:
        raise UnknownRegime(code, regime_codes(packs)) from None
    standard = packs.get("regime", GENERIC)
    phases = [standard.data["phases"][0], *(_permit(p) for p in _known_permits(place))]
    return _Regime(code, place.version, {**standard.data, "phases": phases}, place, f"jurisdictions/{code}")


def _known_permits(place: Jurisdiction) -> list[Mapping[str, Any]]:
    permits = place.data["residence"]
    return [] if permits == "unknown" else list(permits)


def _permit(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A permit that the sources only name: nothing about it is read as a right or a bar beyond the generic standard."""
    return {
        "phase": "residence",
        "document": raw["document"],
        "length": raw["length"],
        "extendable": "unknown",
        "work": {"status": "allowed", "until": "document", "note": LAWFUL_RESIDENT},
        "removable": False,
        "conditions": [
            {"condition": "national_conditions", "text": NATIONAL_CONDITIONS, "met_by": [["national_conditions"]]}
        ],
        "entitlements": [*CORE, "education"],
        "text": NATIONAL_CONDITIONS,
        "source": raw["source"],
    }


LAWFUL_RESIDENT = gettext_noop(
    "The sources don't speak of work here; by the generic standard whoever stays lawfully may work."
)


def _phase(regime: _Regime, raw: Mapping[str, Any], start: date | None, facts: RegimeFacts) -> Phase:
    end, steps = end_of(regime.jurisdiction, raw["length"], start, facts)
    path, path_steps = path_of(regime.data, start, end, facts)
    raw_conditions = list(raw.get("conditions", []))
    if raw.get("path_conditions"):
        raw_conditions += regime.data["paths"][path]
    conditions = tuple(PhaseCondition(c["condition"], c["text"], met_of(c, start, end, facts)) for c in raw_conditions)
    available = _available(conditions)
    work, work_until, work_steps = work_of(regime.jurisdiction, raw["work"], start, end, available)
    removable, removal_steps = _removable(raw, conditions)
    period = regime.jurisdiction.recovery_period if is_recovery(raw) else None
    return Phase(
        regime=regime.code,
        phase=raw["phase"],
        document=raw["document"],
        start=start,
        end=end,
        extendable=period.extendable if period else {"yes": True, "no": False, "unknown": None}[raw["extendable"]],
        work=work,
        work_until=work_until,
        removable=removable,
        conditions=conditions,
        available=available,
        entitlements=tuple(raw["entitlements"]),
        why=(
            Step(raw["text"]),
            *steps,
            *path_steps,
            *work_steps,
            *removal_steps,
            *ageing_out(raw_conditions, facts),
            *((Step(CANNOT),) if available == "impossible" else ()),
        ),
        rule=period.rule if period else f"{regime.rule}/{raw['phase']}",
        version=period.version if period else regime.version,
        source=period.source if period else Source.of(raw["source"]),
        path=path,
        applicant=raw.get("applicant", ""),
        falls_short=(
            *(Shortfall.of(s) for s in raw.get("falls_short", [])),
            *(period.falls_short if period else ()),
        ),
    )


def _removable(raw: Mapping[str, Any], conditions: tuple[PhaseCondition, ...]) -> tuple[bool, tuple[Step, ...]]:
    """Only a rule that says so, and only where its condition is known to fail; unknown makes nobody removable."""
    if isinstance(raw["removable"], Mapping):
        failed = any(c.condition == raw["removable"]["if_fails"] and c.met in ("no", "impossible") for c in conditions)
        return failed, ((Step(CAN_BE_REMOVED),) if failed else ())
    return False, ((Step(ORDER_NOT_REMOVAL),) if raw.get("order_to_leave") else ())


def _available(conditions: tuple[PhaseCondition, ...]) -> str:
    answers = {c.met for c in conditions}
    return next((answer for answer in ("impossible", "no", "unknown") if answer in answers), "yes")


@cross_check
def check_regimes(packs: Packs) -> None:
    """Every phase of every regime carries the core entitlements; conditions and jurisdictions that are named exist."""
    for pack in packs.of_kind("regime").values():
        if pack.data["jurisdiction"] not in packs.of_kind("jurisdiction"):
            raise PackError(pack.file, "data/jurisdiction", f"no jurisdiction {pack.data['jurisdiction']!r}")
        for index, phase in enumerate(pack.data["phases"]):
            missing = [code for code in CORE if code not in phase["entitlements"]]
            if missing:
                raise PackError(pack.file, f"data/phases/{index}/entitlements", f"lacks {', '.join(missing)}")
            if isinstance(phase["removable"], Mapping):
                named = [c["condition"] for c in phase.get("conditions", [])]
                if phase["removable"]["if_fails"] not in named:
                    raise PackError(pack.file, f"data/phases/{index}/removable", "names a condition that is not there")
