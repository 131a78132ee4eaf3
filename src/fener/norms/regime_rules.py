"""How one phase of a residence regime is reckoned: its end, its path, its conditions, the right to work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from fener.norms.calendar import Length
from fener.norms.jurisdictions import Jurisdiction
from fener.norms.regime_facts import RegimeFacts
from fener.norms.why import Step, gettext_noop, met_by, word

GENERIC_USED = gettext_noop("The sources don't say how long it is here, so that the generic standard applies.")
UNTIL_FACT = gettext_noop("It lasts as long as the proceedings, which end on %(end)s.")
FACT_OPEN = gettext_noop("It lasts as long as the proceedings, whose end is not recorded.")
FACT_EXTENDS = gettext_noop("It can be extended while the proceedings last; their end is not recorded.")
UNTIL_AGE = gettext_noop("It lasts until the person is %(age)s.")
ALREADY_OLDER = gettext_noop("The person is already %(age)s, so that this phase can't be used.")
NO_BIRTH_DATE = gettext_noop("The date of birth is not recorded, so that no end is computed.")
NO_LENGTH = gettext_noop("The sources name no length.")
INDEFINITE = gettext_noop("It has no end.")
WORK_NONE = gettext_noop("Work is not allowed in this phase.")
WORK_UNTIL = gettext_noop("Work is allowed until %(end)s.")
WORK_OUTLASTS = gettext_noop("The work permit outlasts the residence document.")
WORK_OPEN = gettext_noop("Work is allowed; no end is set.")
PATH_CHANGE = gettext_noop(
    "On %(on)s the person changed from the %(before)s to the %(after)s path; no date and no right changes with it."
)
PATH_CHANGE_LATER = gettext_noop("The change of path on %(on)s comes after this phase.")
LATEST_START = gettext_noop("To have %(years)s years by the age of %(age)s, a programme has to begin by %(by)s.")
NO_PHASE_NO_WORK = gettext_noop("A condition is not met, so that no right to work follows from this phase.")
WORK_WITH_DOCUMENT = gettext_noop("Work is allowed as long as the document is valid.")
ONE_WAY = gettext_noop("This regime knows no change of path; the date of the change is not used.")


def is_recovery(raw: Mapping[str, Any]) -> bool:
    """Whether a phase is the recovery period of its jurisdiction."""
    return isinstance(raw["length"], Mapping) and raw["length"].get("from_jurisdiction") == "recovery_period"


def end_of(
    place: Jurisdiction, length: Any, start: date | None, facts: RegimeFacts
) -> tuple[date | None, tuple[Step, ...]]:
    """The end of a phase (None = open or not known) and the steps that explain it."""
    if length == "unknown":
        return None, (Step(NO_LENGTH),)
    if length == "indefinite":
        return None, (Step(INDEFINITE),)
    if "until_age" in length:
        return _end_at_age(length["until_age"], start, facts)
    if "until_fact" in length:
        return _end_at_fact(place, length, start, facts)
    if start is None:
        return None, (Step(NO_LENGTH),)
    if "from_jurisdiction" in length:
        period = place.recovery_period
        end, steps = place.calendar.add(start, period.length)
        generic = period.generic and not place.is_generic
        return end, ((Step(GENERIC_USED), *steps) if generic else steps)
    return place.calendar.add(start, Length.of(length))


def _end_at_age(age: int, start: date | None, facts: RegimeFacts) -> tuple[date | None, tuple[Step, ...]]:
    birthday = facts.birthday(age)
    if birthday is None:
        return None, (Step(UNTIL_AGE, {"age": age}), Step(NO_BIRTH_DATE))
    if start is not None and birthday <= start:
        return start, (Step(ALREADY_OLDER, {"age": age}),)
    return birthday, (Step(UNTIL_AGE, {"age": age}),)


def _end_at_fact(
    place: Jurisdiction, length: Mapping[str, Any], start: date | None, facts: RegimeFacts
) -> tuple[date | None, tuple[Step, ...]]:
    recorded = facts.dates.get(length["until_fact"])
    if "least" in length and start is not None:
        least, steps = place.calendar.add(start, Length.of(length["least"]))
        if recorded is None:
            return least, (*steps, Step(FACT_EXTENDS))
        if recorded <= least:
            return least, steps
        return recorded, (*steps, Step(UNTIL_FACT, {"end": recorded}))
    if recorded is None:
        return None, (Step(FACT_OPEN),)
    return (max(recorded, start) if start else recorded), (Step(UNTIL_FACT, {"end": recorded}),)


def path_of(
    regime: Mapping[str, Any], start: date | None, end: date | None, facts: RegimeFacts
) -> tuple[str, tuple[Step, ...]]:
    """The path that holds at the start of a phase. Changing it moves no date: the permit goes on."""
    path: str = regime.get("path", "")
    changes = regime.get("path_may_change_to", "")
    on = facts.dates.get("path_changed_on")
    if on is None or start is None or not path:
        return path, ()
    if not changes:
        return path, (Step(ONE_WAY),)
    if end is not None and on >= end:
        return path, (Step(PATH_CHANGE_LATER, {"on": on}),)
    step = Step(PATH_CHANGE, {"on": on, "before": path, "after": changes})
    return (changes if on <= start else path), (step,)


def met_of(raw: Mapping[str, Any], start: date | None, end: date | None, facts: RegimeFacts) -> str:
    """Whether a condition is met: yes, no, unknown, or impossible."""
    kind = raw.get("kind", "facts")
    if kind == "in_programme":
        joined = facts.dates.get("programme_start")
        if joined is None:
            return "unknown"
        return "yes" if end is None or joined <= end else "no"
    if kind == "under_age":
        birthday = facts.birthday(raw["age"])
        if birthday is None or start is None:
            return "unknown"
        return "yes" if start < birthday else "impossible"
    if kind == "years_in_programme_by_age":
        return _years_by_age(raw, facts)
    return word(met_by(raw["met_by"], facts.answers))


def _years_by_age(raw: Mapping[str, Any], facts: RegimeFacts) -> str:
    """Whether so many years in a programme fit in before a birthday. Whoever began too late can never meet it."""
    birthday = facts.birthday(raw["age"])
    if birthday is None:
        return "unknown"
    joined = facts.dates.get("programme_start")
    begins = joined or facts.regime_start
    if begins + relativedelta(years=raw["years"]) > birthday:
        return "impossible"
    return "yes" if joined else "unknown"


def work_of(
    place: Jurisdiction, raw: Mapping[str, Any], start: date | None, end: date | None, available: str
) -> tuple[str, date | None, tuple[Step, ...]]:
    """The right to work that a phase gives: by its own permit's length, or with the document, or none."""
    note = (Step(raw["note"]),) if "note" in raw else ()
    if raw["status"] == "none":
        return "none", None, note or (Step(WORK_NONE),)
    if available in ("no", "impossible"):
        return "none", None, (Step(NO_PHASE_NO_WORK),)
    if "length" in raw and start is not None:
        until, _ = place.calendar.add(start, Length.of(raw["length"]))
        outlasts = (Step(WORK_OUTLASTS),) if end is not None and until > end else ()
        return "allowed", until, (*note, Step(WORK_UNTIL, {"end": until}), *outlasts)
    if raw.get("until") == "document":
        return "allowed", end, (*note, Step(WORK_UNTIL, {"end": end}) if end else Step(WORK_WITH_DOCUMENT))
    return "allowed", None, (*note, Step(WORK_OPEN))


def ageing_out(raw_conditions: list[Mapping[str, Any]], facts: RegimeFacts) -> tuple[Step, ...]:
    """Says, years ahead, until when a programme has to begin."""
    return tuple(
        Step(LATEST_START, {"years": c["years"], "age": c["age"], "by": birthday - relativedelta(years=c["years"])})
        for c in raw_conditions
        if c.get("kind") == "years_in_programme_by_age" and (birthday := facts.birthday(c["age"]))
    )
