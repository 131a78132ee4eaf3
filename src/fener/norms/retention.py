"""How long something may be kept, and why: a clock of its own, apart from every reminder (rule DA-09).

The law's period comes from the pack; where the sources are silent it is unknown, and the organisation's own period,
given with its reason, stands in and is called what it is. Without either nothing is proposed, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from fener.norms.packs import PackError, Packs, Source, cross_check, load_packs
from fener.norms.why import Step, gettext_noop

STARTS = gettext_noop("The period runs from %(start)s.")
LAW_MOST = gettext_noop("The law keeps it for at most %(months)s months.")
LAW_LEAST = gettext_noop("The law obliges to keep it for at least %(months)s months.")
OWN = gettext_noop(
    "Your organisation keeps it for %(months)s months. This is its own rule and not the law's: %(reason)s"
)
UNKNOWN = gettext_noop(
    "The law's period is not known here, and your organisation has not set one: nothing is proposed."
)
ENDS = gettext_noop("It has run out on %(end)s.")
TOO_LONG = gettext_noop("The law keeps this for at most %(months)s months. Choose a shorter period.")
TOO_SHORT = gettext_noop("The law obliges to keep this for at least %(months)s months. Choose a longer period.")


@dataclass(frozen=True)
class DataClass:
    """A kind of data with a period of its own. ``starts`` says in words what the period runs from."""

    code: str
    label: str
    starts: str
    erases: bool
    days: int | None = None
    why: str = ""


@dataclass(frozen=True)
class Own:
    """What an organisation decided for itself, with its reason."""

    months: int
    reason: str


@dataclass(frozen=True)
class Law:
    """What a jurisdiction's law says, in months; both None: unknown."""

    least: int | None = None
    most: int | None = None
    source: Source | None = None
    rule: str = ""
    version: str = ""

    @property
    def known(self) -> bool:
        return self.least is not None or self.most is not None


@dataclass(frozen=True)
class Due:
    """When a period ends (``on`` None: no period is known) and why; ``own`` tells that it is no rule of law."""

    on: date | None
    own: bool
    why: tuple[Step, ...]

    def is_due(self, today: date) -> bool:
        """Whether it has run out by that day."""
        return self.on is not None and self.on <= today


def classes(packs: Packs | None = None) -> dict[str, DataClass]:
    """The classes of data by code, in the order of the pack."""
    found: dict[str, DataClass] = {}
    for pack in (packs or load_packs()).of_kind("retention").values():
        for raw in pack.data.get("classes", []):
            found[raw["code"]] = DataClass(**{**raw, "erases": raw["erases"] == "yes"})
    return found


def law(data_class: str, jurisdiction: str, packs: Packs | None = None) -> Law:
    """What the packs know of the law there. What they do not say is unknown, never guessed from a neighbour."""
    for pack in (packs or load_packs()).of_kind("retention").values():
        country = pack.data["periods"].get(jurisdiction, "unknown")
        raw: Any = "unknown" if country == "unknown" else country.get(data_class, "unknown")
        if raw != "unknown":
            rule = f"retention/{pack.id}/{jurisdiction}/{data_class}"
            return Law(raw.get("least"), raw.get("most"), Source.of(raw["source"]), rule, pack.version)
    return Law()


def due(data_class: str, start: date, *, jurisdiction: str, own: Own | None = None, packs: Packs | None = None) -> Due:
    """When something of this class is to be looked at for erasure. Never earlier than the law's least period."""
    known = law(data_class, jurisdiction, packs)
    why = [Step(STARTS, {"start": start})]
    months: int | None = None
    if own is not None:
        months = own.months
        why.append(Step(OWN, {"months": own.months, "reason": own.reason}))
    if known.most is not None and (months is None or months > known.most):
        months, own = known.most, None
        why.append(Step(LAW_MOST, {"months": known.most}))
    if known.least is not None and months is not None and months < known.least:
        months, own = known.least, None
        why.append(Step(LAW_LEAST, {"months": known.least}))
    if months is None:
        return Due(None, own=False, why=(*why, Step(UNKNOWN)))
    ends = start + relativedelta(months=months)
    return Due(ends, own=own is not None, why=(*why, Step(ENDS, {"end": ends})))


def problem_of(months: int, data_class: str, *, jurisdiction: str, packs: Packs | None = None) -> Step | None:
    """Why an organisation may not set this length; None when it may."""
    known = law(data_class, jurisdiction, packs)
    if known.most is not None and months > known.most:
        return Step(TOO_LONG, {"months": known.most})
    if known.least is not None and months < known.least:
        return Step(TOO_SHORT, {"months": known.least})
    return None


def execution_day(approved: date, grace_days: int) -> date:
    """The day on which an approved erasure is carried out: the days of grace have passed in full."""
    return approved + timedelta(days=grace_days)


# -- what is left after an erasure ----------------------------------------------------------------------------------


def coarse_facts(facts: Mapping[str, Any], packs: Packs | None = None) -> dict[str, Any]:
    """The facts as an anonymous residue: each as its pack's ``residue`` says (kept, year, age band, or gone)."""
    from fener.norms.fields import facts_fields

    left: dict[str, Any] = {}
    for spec in facts_fields(packs):
        value = facts.get(spec.code)
        coarse = f"{spec.code}_{spec.residue}"
        if coarse in facts:  # it is a residue already
            left[coarse] = facts[coarse]
        if value in (None, "", []):
            continue
        if spec.residue == "keep":
            left[spec.code] = value
        elif spec.residue == "year":
            left[coarse] = str(value)[:4]
        elif spec.residue == "band":
            left[coarse] = age_band(int(value), packs)
    return left


def age_band(age: int, packs: Packs | None = None) -> str:
    """The code of vocabulary ``age_band`` in which an age lies; ``unknown`` where none fits."""
    from fener.norms.vocab import vocabulary

    for entry in vocabulary("age_band", packs).entries:
        low, _sep, high = entry.code.rstrip("+").partition("-")
        if low.isdigit() and int(low) <= age <= (int(high) if high else 200 if entry.code.endswith("+") else int(low)):
            return str(entry.code)
    return "unknown"


@cross_check
def check_retention(packs: Packs) -> None:
    """Periods name classes and jurisdictions that exist, and the least is not above the most."""
    known = classes(packs)
    for pack in packs.of_kind("retention").values():
        for country, periods in pack.data["periods"].items():
            if country not in packs.of_kind("jurisdiction"):
                raise PackError(pack.file, f"data/periods/{country}", f"{country!r} is no jurisdiction here")
            for code, raw in ({} if periods == "unknown" else periods).items():
                where = f"data/periods/{country}/{code}"
                if code not in known:
                    raise PackError(pack.file, where, f"no class {code!r} (known: {', '.join(known)})")
                if raw != "unknown" and raw.get("least", 0) > raw.get("most", 10**6):
                    raise PackError(pack.file, where, "the least period is longer than the most")
