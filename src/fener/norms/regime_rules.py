"""How one phase of a residence regime is reckoned: its end, its path, its conditions, the right to work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
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
ELAPSED = gettext_noop("Days of this phase that had passed by then: %(days)s. They count.")
PATH_KEPT = gettext_noop(
    "The conditions of a path that was held before are met, so that nothing is lost by the change."
)
LATEST_START = gettext_noop("To have %(years)s years by the age of %(age)s, a programme has to begin by %(by)s.")
FULL_ON = gettext_noop("The %(years)s years are full on %(on)s.")
BEGAN_LATE = gettext_noop("The programme began on %(on)s. Since %(since)s the condition can no longer be met.")
NO_LONGER = gettext_noop(
    "No programme is recorded. Unless one began earlier, the condition can no longer be met since %(since)s."
)
NOT_BEGUN = gettext_noop("No programme is recorded. Days left in which one can begin: %(days)s.")
AGE_UNKNOWN = gettext_noop(
    "Whether %(years)s years by the age of %(age)s can still be met is not known: the date of birth is not recorded."
)
LEAP_BIRTHDAY = gettext_noop("Born on 29 February: in years without that day the birthday counts on 28 February.")
NO_PHASE_NO_WORK = gettext_noop("A condition is not met, so that no right to work follows from this phase.")
WORK_WITH_DOCUMENT = gettext_noop("Work is allowed as long as the document is valid.")
WORK_ENDS_FIRST = gettext_noop(
    "The work permit ends before the document; the sources don't say how it is renewed. Ask for it in good time."
)
NOT_TIED = gettext_noop("The work permit is not tied to one employer.")
TIED = gettext_noop("The permit is tied to one employer.")
ONE_WAY = gettext_noop("This regime knows no change of path; the date of the change is not used.")


def is_recovery(raw: Mapping[str, Any]) -> bool:
    """Whether a phase is the recovery period of its jurisdiction."""
    return isinstance(raw["length"], Mapping) and raw["length"].get("from_jurisdiction") == "recovery_period"


def protects(raw: Mapping[str, Any]) -> bool:
    """Whether a phase protects from removal whatever it is called: a recovery period, or a formal order to leave."""
    return is_recovery(raw) or bool(raw.get("recovery") or raw.get("order_to_leave"))


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
) -> tuple[tuple[str, ...], tuple[Step, ...]]:
    """The paths held up to the start of a phase, the present one last; and the steps that explain the changes.

    Changing the path moves no date: the permit goes on, and the time that has passed counts.
    """
    path, other = regime.get("path", ""), regime.get("path_may_change_to", "")
    if not facts.path_changes or start is None or not path:
        return (path,), ()
    if not other:
        return (path,), (Step(ONE_WAY),)
    held: list[str] = [path]
    steps: list[Step] = []
    before, after = path, other
    for on in facts.path_changes:
        if end is not None and on >= end:
            return tuple(held), (*steps, Step(PATH_CHANGE_LATER, {"on": on}))
        steps.append(Step(PATH_CHANGE, {"on": on, "before": before, "after": after}))
        if on <= start:
            held.append(after)
        else:
            steps.append(Step(ELAPSED, {"days": (on - start).days}))
        if after == other and "path_change_note" in regime:
            steps.append(Step(regime["path_change_note"]))
        before, after = after, before
    return tuple(held), tuple(steps)


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
    if kind == "in_force":
        return "unknown" if start is None else word(date.fromisoformat(raw["from"]) <= start)
    return word(met_by(raw["met_by"], facts.answers))


def latest_start(birthday: date, years: int) -> date:
    """The last day on which so many years can begin so as to be full by a birthday.

    A year from 29 February is full on 28 February, so that a step back in years alone can be a day too early.
    """
    day = birthday - relativedelta(years=years)
    following = day + timedelta(days=1)
    return following if following + relativedelta(years=years) <= birthday else day


def _years_by_age(raw: Mapping[str, Any], facts: RegimeFacts) -> str:
    """Whether so many years in a programme fit in before a birthday. Whoever began too late can never meet it."""
    birthday = facts.birthday(raw["age"])
    if birthday is None:
        return "unknown"
    joined = facts.dates.get("programme_start")
    if (joined or facts.asked_on) > latest_start(birthday, raw["years"]):
        return "impossible"
    return "yes" if joined else "unknown"


def last_day_of(raw: Mapping[str, Any], facts: RegimeFacts) -> date | None:
    """The last day on which a condition that age closes can still be met; None where age closes nothing or is unknown.

    From the day after it the condition can no longer be met (rule RP-10).
    """
    kind = raw.get("kind", "facts")
    birthday = facts.birthday(raw["age"]) if "age" in raw else None
    if birthday is None:
        return None
    if kind == "years_in_programme_by_age":
        return latest_start(birthday, raw["years"])
    return birthday - timedelta(days=1)


def is_recorded(raw: Mapping[str, Any], facts: RegimeFacts) -> bool:
    """Whether the answer rests on what is recorded. A programme that nobody recorded is no ground against anybody."""
    return raw.get("kind") != "years_in_programme_by_age" or "programme_start" in facts.dates


def work_of(
    place: Jurisdiction, raw: Mapping[str, Any], start: date | None, end: date | None, available: str
) -> tuple[str, date | None, tuple[Step, ...]]:
    """The right to work that a phase gives: by its own permit's length, or with the document, or none."""
    note = (Step(raw["note"]),) if "note" in raw else ()
    if "tied_to_employer" in raw:
        note = (*note, Step(TIED if raw["tied_to_employer"] else NOT_TIED))
    if raw["status"] == "none":
        return "none", None, note or (Step(WORK_NONE),)
    if available in ("no", "impossible"):
        return "none", None, (Step(NO_PHASE_NO_WORK),)
    if "length" in raw and start is not None:
        until, _ = place.calendar.add(start, Length.of(raw["length"]))
        beside: tuple[Step, ...] = ()
        if end is not None and until != end:
            beside = (Step(WORK_OUTLASTS if until > end else WORK_ENDS_FIRST),)
        return "allowed", until, (*note, Step(WORK_UNTIL, {"end": until}), *beside)
    if raw.get("until") == "document":
        return "allowed", end, (*note, Step(WORK_UNTIL, {"end": end}) if end else Step(WORK_WITH_DOCUMENT))
    return "allowed", None, (*note, Step(WORK_OPEN))


def ageing_out(raw_conditions: list[Mapping[str, Any]], facts: RegimeFacts) -> tuple[Step, ...]:
    """Says, years ahead, until when a programme has to begin; and since when that can no longer be (rule RP-10)."""
    steps: list[Step] = []
    for raw in raw_conditions:
        if raw.get("kind") == "years_in_programme_by_age":
            steps += _programme_steps(raw["years"], raw["age"], facts)
    return tuple(steps)


def _programme_steps(years: int, age: int, facts: RegimeFacts) -> list[Step]:
    birth, birthday = facts.dates.get("birth_date"), facts.birthday(age)
    if birth is None or birthday is None:
        return [Step(AGE_UNKNOWN, {"years": years, "age": age})]
    by, joined = latest_start(birthday, years), facts.dates.get("programme_start")
    steps = [Step(LATEST_START, {"years": years, "age": age, "by": by})]
    if joined is not None and joined <= by:
        steps.append(Step(FULL_ON, {"years": years, "on": joined + relativedelta(years=years)}))
    elif joined is not None:
        steps.append(Step(BEGAN_LATE, {"on": joined, "since": by + timedelta(days=1)}))
    elif facts.asked_on > by:
        steps.append(Step(NO_LONGER, {"since": by + timedelta(days=1)}))
    else:
        steps.append(Step(NOT_BEGUN, {"days": (by - facts.asked_on).days}))
    if (birth.month, birth.day) == (2, 29) and birthday.day != birth.day:
        steps.append(Step(LEAP_BIRTHDAY))
    return steps
