"""Work for the person and of the worker: therapy first, training that fits, caseload and time (RI-02, RI-10, QM-01)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fener.norms.packs import PackError, Packs, Source, cross_check, load_packs
from fener.norms.path.flags import Flag
from fener.norms.vocab import vocabulary
from fener.norms.why import Met, Step, gettext_noop

BEFORE_THERAPY = gettext_noop("The plan calls for therapy first, and it has not been given yet.")
NO_PSYCHOSOCIAL = gettext_noop("No psychosocial help runs beside it.")
NO_DEMAND = gettext_noop("It is not recorded whether anybody looks for people who learned this.")
NO_MATCH = gettext_noop("It is not matched with what the person can and wants.")
STANDARD = gettext_noop("It is a standard course, not chosen for this person.")
OVER = gettext_noop("%(count)s are more than the limit of %(most)s.")
TOO_MUCH_ADMINISTRATION = gettext_noop("%(percent)s%% of the time went into administration; the limit is %(most)s%%.")
NO_SUPERVISION = gettext_noop("There was no supervision yet.")
SUPERVISION_DUE = gettext_noop("Supervision was due on %(day)s.")

ECONOMIC_LINES = frozenset({"work", "material"})


def economic_flags(*, line: str, therapy_needed: Met, therapy_given: bool, psychosocial_runs: bool) -> tuple[Flag, ...]:
    """An economic measure before the therapy that the plan calls for, or alone (rule RI-02).

    ``line``: the list ``reintegration_line``; other lines are never flagged. Whether therapy is needed and nobody
    knows is no flag; that nobody runs beside it is one.
    """
    vocabulary("reintegration_line").entry(line)
    if line not in ECONOMIC_LINES:
        return ()
    flags = []
    if therapy_needed is True and not therapy_given:
        flags.append(Flag("before_therapy", Step(BEFORE_THERAPY), "RI-02"))
    if not psychosocial_runs:
        flags.append(Flag("no_psychosocial", Step(NO_PSYCHOSOCIAL), "RI-02"))
    return tuple(flags)


def training_flags(*, demand_source: str, fits_profile: Met, standard_course: Met) -> tuple[Flag, ...]:
    """A training without recorded demand or without a match with the person (list ``demand_source``; rule RI-10)."""
    vocabulary("demand_source").entry(demand_source)
    flags = []
    if demand_source == "none":
        flags.append(Flag("no_demand", Step(NO_DEMAND), "RI-10"))
    if fits_profile is not True:
        flags.append(Flag("no_match", Step(NO_MATCH), "RI-10"))
    if standard_course is True and flags:
        flags.append(Flag("standard_course", Step(STANDARD), "RI-10"))
    return tuple(flags)


@dataclass(frozen=True)
class Limit:
    """A limit of work, from the pack or an organisation's own; ``own`` tells which."""

    code: str
    label: str
    most: int
    unit: str
    source: Source
    own: bool = False


def limits(own: Mapping[str, int] | None = None, packs: Packs | None = None) -> dict[str, Limit]:
    """The limits by code; ``own`` replaces the number. Raises KeyError for a limit that the pack does not have."""
    found = {
        raw["code"]: Limit(raw["code"], raw["label"], raw["most"], raw["unit"], Source.of(raw["source"]))
        for raw in (packs or load_packs()).get("work_limits", "work_limits").data["limits"]
    }
    for code, most in (own or {}).items():
        limit = found[code]
        found[code] = Limit(code, limit.label, most, limit.unit, limit.source, own=True)
    return found


def load_flag(count: int, *, limit: Limit, rule: str = "QM-01") -> Flag | None:
    """Whether a number of cases or children is above its limit; at the limit it is not. ValueError below nought."""
    if count < 0:
        raise ValueError("a number of cases cannot be below nought")
    return Flag("over_limit", Step(OVER, {"count": count, "most": limit.most}), rule) if count > limit.most else None


def administration_share(minutes: Mapping[str, int]) -> float | None:
    """Share of recorded time that went into administration, 0 to 1; None where no time is recorded.

    ``minutes`` by the list ``working_time``. Raises ValueError for an unknown kind and for time below nought.
    """
    kinds = vocabulary("working_time")
    for kind, amount in minutes.items():
        kinds.entry(kind)
        if amount < 0:
            raise ValueError("time cannot be below nought")
    total = sum(minutes.values())
    spent = sum(minutes.get(kind, 0) for kind in kinds.in_group("administration"))
    return spent / total if total else None


def administration_flag(minutes: Mapping[str, int], *, limit: Limit) -> Flag | None:
    """Whether more than the limit (in percent) of the recorded time went into administration."""
    share = administration_share(minutes)
    if share is None or share * 100 <= limit.most:
        return None
    numbers = {"percent": round(share * 100), "most": limit.most}
    return Flag("too_much_administration", Step(TOO_MUCH_ADMINISTRATION, numbers), "QM-01")


def supervision_flag(*, due_on: date | None, today: date) -> Flag | None:
    """A worker without supervision: never had one (``due_on`` None), or it was due before today (rule QM-02)."""
    if due_on is None:
        return Flag("no_supervision", Step(NO_SUPERVISION), "QM-02")
    return Flag("supervision_due", Step(SUPERVISION_DUE, {"day": due_on}), "QM-02") if due_on < today else None


@cross_check
def check_work_limits(packs: Packs) -> None:
    """The limits that the rules read are there, and a share is one of a hundred."""
    for pack in packs.of_kind("work_limits").values():
        found = {raw["code"]: raw for raw in pack.data["limits"]}
        for code in ("caseload", "wards", "administration"):
            if code not in found:
                raise PackError(pack.file, "data/limits", f"the limit {code!r} is missing")
        for code, raw in found.items():
            if raw["unit"] == "percent" and raw["most"] > 100:
                raise PackError(pack.file, f"data/limits/{code}/most", "is more than a hundred percent")
