"""Residence regimes as time lines: phases with their document, conditions, right to work and entitlements.

A regime is a pack (``packs/regimes``). A jurisdiction without one has the time line of its recovery period. The right
to work is computed, not copied from the document: a work permit may outlast it. A phase that is formally an order to
leave is not thereby removable. Sources: Italian and Belgian models (GTZ 2005), Tirana 2002, Council of Europe.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
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
from fener.norms.regime_rules import (
    PATH_KEPT,
    ageing_out,
    end_of,
    is_recorded,
    is_recovery,
    last_day_of,
    met_of,
    path_of,
    protects,
    work_of,
)
from fener.norms.why import Step, english, gettext_noop, plain

ENTITLEMENTS = {
    "housing": gettext_noop("Free and safe housing"),
    "legal_help": gettext_noop("Legal help"),
    "psychological_help": gettext_noop("Psychological help"),
    "material_help": gettext_noop("Material help"),
    "emergency_medical_care": gettext_noop("Emergency medical care"),
    "social_benefits": gettext_noop("Social benefits"),
    "social_services": gettext_noop("Social services"),
    "health_insurance": gettext_noop("Health insurance"),
    "employment_office": gettext_noop("Help of the employment office"),
    "education": gettext_noop("Education and vocational training"),
}
GROUNDS = {
    "harm": gettext_noop("Harm suffered"),
    "risk": gettext_noop("Risk on return"),
    "situation": gettext_noop("The person's situation"),
    "cooperation": gettext_noop("Co-operation with the authorities"),
    "work_or_study": gettext_noop("Work or study"),
    "age": gettext_noop("Being a child"),
    "programme": gettext_noop("Taking part in a programme"),
    "employment": gettext_noop("Employment with one employer"),
    "protection": gettext_noop("Need of international protection"),
    "unknown": gettext_noop("Not in the sources"),
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
SILENT_ON_PERMIT = gettext_noop("Residence permit (the sources don't say which)")
SILENT = gettext_noop(
    "The sources don't say which permit there is here. By the generic standard it is renewable and rests on harm "
    "suffered and risk on return as well as on co-operation."
)
OWN_REGIMES = gettext_noop("This country has residence regimes of its own: %(codes)s.")
IN_FORCE = gettext_noop("The rule is in force when the phase begins.")
CONVERTS = gettext_noop("It can be converted into a permit for work or study, and no right is lost by it.")
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
    """A legal condition of a phase; ``met`` is yes, no, unknown, or impossible (this person can no longer meet it).

    ``last_day``: the last day on which it can still be met, where age closes it (None where age does not, or where the
    date of birth is not recorded); ``impossible_since`` is the day after it, once the answer is *impossible*.
    ``recorded``: the answer rests on recorded facts; only then may a rule turn it against the person.
    """

    condition: str
    text: str
    met: str
    last_day: date | None = None
    recorded: bool = True

    @property
    def impossible_since(self) -> date | None:
        """Since when the condition can no longer be met; None where it can, or where no date is known."""
        return self.last_day + timedelta(days=1) if self.met == "impossible" and self.last_day else None

    def to_json(self) -> dict[str, Any]:
        """The keys of the contract, the text and the dates that age sets."""
        return {
            "condition": self.condition,
            "met": self.met,
            "text": self.text,
            "last_day": plain(self.last_day),
            "impossible_since": plain(self.impossible_since),
        }


@dataclass(frozen=True)
class Phase:
    """One phase of a regime. ``end`` None = open or not known (``why`` says which); it is also the start of the next.

    ``available`` sums up the conditions: yes, no, unknown or impossible. ``grounds``: what the permit rests on (codes
    of GROUNDS). ``tied_to_employer`` None = the sources don't say. ``converts_to``: the phase that it can become.
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
    grounds: tuple[str, ...] = ()
    tied_to_employer: bool | None = None
    converts_to: str = ""

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
            "grounds": list(self.grounds),
            "tied_to_employer": self.tied_to_employer,
            "converts_to": self.converts_to,
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
    code: str,
    start: date,
    facts: Mapping[str, Any] | RegimeFacts | None = None,
    *,
    on: date | None = None,
    packs: Packs | None = None,
) -> list[Phase]:
    """The phases of a regime that begins on ``start``, in order, also those whose conditions are not met.

    ``facts`` as in the contract (dates as ISO text or dates; yes/no/unknown or booleans; ``path_changed_on`` may be a
    list of days). ``on``: the day on which somebody asks, for what can be begun until a day; the start by default.
    Raises UnknownRegime, and ``facts_input.InputError`` for facts that cannot be.
    """
    packs = packs or load_packs()
    regime = _find(code, packs)
    if not isinstance(facts, RegimeFacts):
        facts = RegimeFacts.read(facts, also=regime_fact_names(code, packs))
    facts = facts.starting(start, on)
    phases: list[Phase] = []
    for raw in regime.data["phases"]:
        beside = bool(raw.get("beside")) and bool(phases)  # another permit for the same time, not the one after
        begins = start if not phases else phases[-1].start if beside else phases[-1].end
        phases.append(_phase(regime, raw, begins, facts))
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
    recovery = {**standard.data["phases"][0], "falls_short": _said_of(place)}
    if place.data.get("regimes"):
        recovery["more"] = [Step(OWN_REGIMES, {"codes": ", ".join(place.data["regimes"])})]
    phases = [recovery, *_permits(place, standard.data["phases"][-1])]
    return _Regime(code, place.version, {**standard.data, "phases": phases}, place, f"jurisdictions/{code}")


def _said_of(place: Jurisdiction) -> list[Mapping[str, Any]]:
    """What critics say of a country's practice in the recovery period and of stay."""
    return [raw for raw in place.data.get("criticised_by", []) if "residence" in raw.get("touches", [])]


def _permits(place: Jurisdiction, standard: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    permits = place.data["residence"]
    if permits != "unknown":
        return [{**_permit(raw), "beside": index > 0} for index, raw in enumerate(permits)]
    if place.data.get("regimes"):
        return []
    silent = {"document": SILENT_ON_PERMIT, "length": "unknown", "source": standard["source"]}
    return [{**_permit(silent), "text": SILENT, "rule": f"regimes/{GENERIC}/{standard['phase']}"}]


def _permit(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A permit that the sources only name: nothing about it is read as a right or a bar beyond the generic standard."""
    conditions: list[dict[str, Any]] = [
        {"condition": "national_conditions", "text": NATIONAL_CONDITIONS, "met_by": [["national_conditions"]]}
    ]
    if "valid_from" in raw:
        conditions.append(
            {"condition": "in_force", "text": IN_FORCE, "kind": "in_force", "from": raw["valid_from"]},
        )
    return {
        "phase": "residence",
        "document": raw["document"],
        "length": raw["length"],
        "extendable": "unknown",
        "grounds": raw.get("grounds", ["unknown"]),
        "work": {"status": "allowed", "until": "document", "note": LAWFUL_RESIDENT},
        "removable": False,
        "conditions": conditions,
        "entitlements": [*CORE, "education"],
        "text": NATIONAL_CONDITIONS,
        "falls_short": raw.get("falls_short", []),
        "source": raw["source"],
    }


LAWFUL_RESIDENT = gettext_noop(
    "The sources don't speak of work here; by the generic standard whoever stays lawfully may work."
)


def _phase(regime: _Regime, raw: Mapping[str, Any], start: date | None, facts: RegimeFacts) -> Phase:
    end, steps = end_of(regime.jurisdiction, raw["length"], start, facts)
    paths, path_steps = path_of(regime.data, start, end, facts)
    raw_conditions, conditions = _conditions(regime, raw, paths[-1], start, end, facts)
    available = _available(conditions)
    best = _best(
        [_available(_conditions(regime, raw, path, start, end, facts)[1]) for path in dict.fromkeys(paths)],
    )
    kept = (Step(PATH_KEPT),) if best != available else ()
    work, work_until, work_steps = work_of(regime.jurisdiction, raw["work"], start, end, best)
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
        available=best,
        entitlements=tuple(raw["entitlements"]),
        why=(
            Step(raw["text"]),
            *steps,
            *path_steps,
            *kept,
            *work_steps,
            *((Step(CONVERTS),) if "converts_to" in raw else ()),
            *removal_steps,
            *ageing_out(raw_conditions, facts),
            *((Step(CANNOT),) if best == "impossible" else ()),
            *raw.get("more", ()),
        ),
        rule=period.rule if period else raw.get("rule", f"{regime.rule}/{raw['phase']}"),
        version=period.version if period else regime.version,
        source=period.source if period else Source.of(raw["source"]),
        path=paths[-1],
        applicant=raw.get("applicant", ""),
        falls_short=(
            *(Shortfall.of(s) for s in raw.get("falls_short", [])),
            *(period.falls_short if period else ()),
        ),
        grounds=tuple(raw.get("grounds", ())),
        tied_to_employer=raw["work"].get("tied_to_employer") if raw["work"]["status"] == "allowed" else None,
        converts_to=raw.get("converts_to", ""),
    )


def _conditions(
    regime: _Regime, raw: Mapping[str, Any], path: str, start: date | None, end: date | None, facts: RegimeFacts
) -> tuple[list[Mapping[str, Any]], tuple[PhaseCondition, ...]]:
    """The conditions of a phase on a path: as the pack writes them, and answered."""
    written = list(raw.get("conditions", []))
    if raw.get("path_conditions"):
        written += regime.data["paths"][path]
    return written, tuple(
        PhaseCondition(
            condition=entry["condition"],
            text=entry["text"],
            met=met_of(entry, start, end, facts),
            last_day=last_day_of(entry, facts),
            recorded=is_recorded(entry, facts),
        )
        for entry in written
    )


def _removable(raw: Mapping[str, Any], conditions: tuple[PhaseCondition, ...]) -> tuple[bool, tuple[Step, ...]]:
    """Only a rule that says so, and only where its condition is known to fail; unknown makes nobody removable."""
    if isinstance(raw["removable"], Mapping) and not protects(raw):
        named = raw["removable"]["if_fails"]
        failed = any(c.condition == named and c.recorded and c.met in ("no", "impossible") for c in conditions)
        return failed, ((Step(CAN_BE_REMOVED),) if failed else ())
    return False, ((Step(ORDER_NOT_REMOVAL),) if raw.get("order_to_leave") else ())


def _available(conditions: tuple[PhaseCondition, ...]) -> str:
    answers = {c.met for c in conditions}
    return next((answer for answer in WORST_FIRST if answer in answers), "yes")


def _best(answers: list[str]) -> str:
    """The best of the paths that were held: a change of path takes no right (rule RP-06)."""
    return max(answers, key=[*WORST_FIRST, "yes"].index)


WORST_FIRST = ("impossible", "no", "unknown")


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
