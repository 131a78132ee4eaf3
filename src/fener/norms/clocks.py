"""Clocks: how long, from when, with what effect. They stand in ``packs/clocks.yaml``; dates explain themselves.

Nothing here reads the time of day: the start is passed in. A clock whose length the sources don't give ends at None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from fener.norms.calendar import Calendar, Length
from fener.norms.jurisdictions import GENERIC, Jurisdiction, Shortfall, get_jurisdiction
from fener.norms.packs import Pack, PackError, Packs, Source, cross_check, load_packs
from fener.norms.why import Step, english, gettext_noop, plain

STARTS = gettext_noop("It starts on %(start)s.")
ENDS = gettext_noop("It ends on %(end)s.")
NO_LENGTH = gettext_noop("The sources name no length, so that no end is computed.")
FACT_MISSING = gettext_noop("The end is not recorded yet (%(fact)s).")
FROM_FACT = gettext_noop("The end is the date that was recorded (%(fact)s).")
GENERIC_USED = gettext_noop("The sources don't say how long it is here, so that the generic standard applies.")
OWN_RULE = gettext_noop("The length is this jurisdiction's own rule.")
FLOOR = gettext_noop("The rule here is shorter than the generic standard, which applies as the least: %(end)s.")
BY_KIND = gettext_noop("The time depends on what is asked for (%(kind)s) and how urgent it is (%(urgency)s).")
CHOSEN = gettext_noop("The length was chosen here, between %(least)s and %(most)s hours.")
NOT_CHOSEN = gettext_noop(
    "No length between %(least)s and %(most)s hours was chosen here, so that the longest applies."
)
LEAP_DAY = gettext_noop("That year has no 29 February, so that the birthday is the day after it: %(end)s.")
MOVED = gettext_noop("That was not a working day, so that it moves to the next one: %(end)s.")
EXTENDED = gettext_noop("It was extended:")
NOT_EXTENDABLE = gettext_noop("An extension was recorded, but this rule allows none; it was not counted.")
UNCONDITIONAL = gettext_noop("It depends on no co-operation with anybody.")


class UnknownClock(KeyError):
    """No clock has this code."""

    def __str__(self) -> str:
        return f"{self.args[0]!r} is no clock"


@dataclass(frozen=True)
class Due:
    """When something is due, and why.

    ``start`` and ``end`` are both dates or both datetimes, as the start was given; ``end`` is None when no length is
    known.
    ``effects`` are codes (``blocks_removal``, ``blocks_adverse_step``, ``escalates``, ``alarm``, ``reminder``, ...);
    ``warn_on`` is the day from which the end is announced; ``escalates_to`` who is asked next; ``generic`` tells that
    the generic standard was used; ``falls_short`` what critics say about a national rule, with the standard beside it.
    """

    code: str
    title: str
    start: date | datetime
    end: date | datetime | None
    rule: str
    version: str
    source: tuple[Source, ...]
    why: tuple[Step, ...]
    extendable: bool | None
    effects: tuple[str, ...]
    escalates_to: tuple[str, ...] = ()
    warn_on: date | None = None
    generic: bool = False
    falls_short: tuple[Shortfall, ...] = ()

    @property
    def explanation(self) -> str:
        """The reasoning in plain English."""
        return english(self.why)

    def to_json(self) -> dict[str, Any]:
        """Dates as ISO 8601; ``why`` step by step and as one English text."""
        return {
            "code": self.code,
            "title": self.title,
            "start": plain(self.start),
            "end": plain(self.end),
            "rule": self.rule,
            "version": self.version,
            "source": [str(s) for s in self.source],
            "why": [step.to_json() for step in self.why],
            "explanation": self.explanation,
            "extendable": self.extendable,
            "effects": list(self.effects),
            "escalates_to": list(self.escalates_to),
            "warn_on": plain(self.warn_on),
            "generic": self.generic,
            "falls_short": [s.to_json() for s in self.falls_short],
        }


@dataclass(frozen=True)
class _Reckoning:
    """A length found for a clock, with where it comes from; ``end`` instead of a length where a date was recorded."""

    length: Length | None = None
    end: date | datetime | None = None
    steps: tuple[Step, ...] = ()
    rule: str = ""
    version: str = ""
    sources: tuple[Source, ...] = ()
    extendable: bool | None = None
    generic: bool = False
    falls_short: tuple[Shortfall, ...] = ()
    floor: Length | None = None


def clocks_pack(packs: Packs | None = None) -> Pack:
    """The pack that holds the clocks."""
    return (packs or load_packs()).get("clocks", "clocks")


def clock_codes(packs: Packs | None = None) -> tuple[str, ...]:
    """All clocks, in the order of the pack."""
    return tuple(clocks_pack(packs).data)


def due(
    clock_code: str,
    *,
    jurisdiction: str,
    start: date | datetime,
    facts: Mapping[str, Any] | None = None,
    packs: Packs | None = None,
) -> Due:
    """When this clock, started at ``start`` in a jurisdiction, is due.

    ``facts`` holds what the clock's entry asks for: ``kind`` and ``urgency`` of a referral, a recorded date (``until``,
    ``promised_for``, ``birth_date``, ``departure_on``, ``review_on``), a chosen length (``hours``), and for any clock
    ``extensions``: a list of lengths as packs write them.
    Raises UnknownClock, UnknownJurisdiction, and ValueError for a clock in hours that starts without a time of day.
    """
    packs = packs or load_packs()
    pack = clocks_pack(packs)
    if clock_code not in pack.data:
        raise UnknownClock(clock_code)
    entry, place, facts = pack.data[clock_code], get_jurisdiction(jurisdiction, packs), facts or {}
    found = _reckon(clock_code, entry, pack, place, facts)
    end, steps = _run(start, found, entry, place.calendar)
    if end is not None:
        end, more = _extend(end, found.extendable, facts, place.calendar)
        steps += more
    if entry.get("unconditional"):
        steps += (Step(UNCONDITIONAL),)
    if end is not None:
        steps += (Step(ENDS, {"end": end}),)
    return Due(
        code=clock_code,
        title=entry["title"],
        start=start,
        end=end,
        rule=found.rule,
        version=found.version,
        source=found.sources,
        why=(Step(STARTS, {"start": start}), *found.steps, *steps),
        extendable=found.extendable,
        effects=tuple(entry.get("effects", [])),
        escalates_to=tuple(entry.get("escalates_to", [])),
        warn_on=_warn_on(start, end, entry),
        generic=found.generic,
        falls_short=found.falls_short,
    )


def series(
    clock_code: str,
    *,
    jurisdiction: str,
    start: date,
    facts: Mapping[str, Any] | None = None,
    packs: Packs | None = None,
) -> tuple[Due, ...]:
    """All dates of a clock that comes back (``repeats`` in its entry), counted from the same start.

    Raises ValueError for a clock that has no series.
    """
    packs = packs or load_packs()
    pack = clocks_pack(packs)
    if clock_code not in pack.data:
        raise UnknownClock(clock_code)
    entry = pack.data[clock_code]
    if "repeats" not in entry:
        raise ValueError(f"the clock {clock_code!r} has no series")
    first = due(clock_code, jurisdiction=jurisdiction, start=start, facts=facts, packs=packs)
    calendar = get_jurisdiction(jurisdiction, packs).calendar
    out = []
    for raw in entry["repeats"]:
        end, steps = calendar.add(start, Length.of(raw))
        out.append(
            replace(
                first, end=end, warn_on=None, why=(Step(STARTS, {"start": start}), *steps, Step(ENDS, {"end": end}))
            )
        )
    return tuple(out)


def _reckon(
    code: str, entry: Mapping[str, Any], pack: Pack, place: Jurisdiction, facts: Mapping[str, Any]
) -> _Reckoning:
    base = _Reckoning(
        rule=f"clocks/{code}",
        version=pack.version,
        sources=tuple(Source.of(s) for s in entry["sources"]),
        extendable={"yes": True, "no": False, "unknown": None}[entry.get("extendable", "unknown")],
    )
    length = entry["length"]
    if length == "unknown":
        return replace(base, steps=(Step(NO_LENGTH),))
    if "between" in length:
        return _between(base, length, facts)
    if "from_fact" in length:
        return _from_fact(base, length, facts)
    if length.get("from_jurisdiction") == "recovery_period":
        return _from_recovery(base, place)
    if length.get("from_jurisdiction") == "shelter_stay":
        return _from_shelter_stay(base, place, facts)
    if "by_kind" in length:
        return _by_kind(base, length, facts)
    return replace(base, length=Length.of(length))


def _from_fact(base: _Reckoning, length: Mapping[str, Any], facts: Mapping[str, Any]) -> _Reckoning:
    fact = length["from_fact"]
    recorded = facts.get(fact)
    if not isinstance(recorded, date):
        return replace(base, steps=(Step(FACT_MISSING, {"fact": fact}),))
    end: date | datetime = recorded
    steps = [Step(FROM_FACT, {"fact": fact})]
    if "plus" in length:
        end, more = Calendar().add(end, Length.of(length["plus"]))
        steps += more
        if fact == "birth_date" and end.day != recorded.day:
            end += timedelta(days=1)
            steps.append(Step(LEAP_DAY, {"end": end}))
    if "minus" in length:
        end -= timedelta(days=length["minus"]["days"])
    return replace(base, end=end, steps=tuple(steps))


def _between(base: _Reckoning, length: Mapping[str, Any], facts: Mapping[str, Any]) -> _Reckoning:
    """A length that a place chooses within limits; what lies outside them, or was never chosen, is the longest."""
    least, most = (length["between"][end]["hours"] for end in ("least", "most"))
    chosen = facts.get(length["from_fact"])
    fits = isinstance(chosen, int) and not isinstance(chosen, bool) and least <= chosen <= most
    step = Step(CHOSEN if fits else NOT_CHOSEN, {"least": least, "most": most})
    return replace(base, length=Length(hours=int(chosen) if fits and chosen else most), steps=(step,))


def _from_recovery(base: _Reckoning, place: Jurisdiction) -> _Reckoning:
    period = place.recovery_period
    floor = get_jurisdiction(GENERIC, place.packs).recovery_period
    return replace(
        base,
        length=period.length,
        floor=None if period.generic else floor.length,
        steps=(Step(GENERIC_USED if period.generic and not place.is_generic else OWN_RULE),),
        rule=period.rule,
        version=period.version,
        sources=(period.source,),
        extendable=period.extendable,
        generic=period.generic,
        falls_short=period.falls_short,
    )


def _from_shelter_stay(base: _Reckoning, place: Jurisdiction, facts: Mapping[str, Any]) -> _Reckoning:
    if isinstance(facts.get("until"), date):
        return _from_fact(base, {"from_fact": "until"}, facts)
    raw = place.data["shelter_stay"]
    if raw == "unknown":
        return replace(base, steps=(Step(NO_LENGTH),))
    chosen = raw.get("longest", raw.get("length"))
    return replace(
        base,
        length=Length.of(chosen) if chosen else None,
        steps=(Step(OWN_RULE),) if chosen else (Step(NO_LENGTH),),
        rule=f"jurisdictions/{place.code}/shelter_stay",
        version=place.version,
        sources=(Source.of(raw["source"]),),
        falls_short=tuple(Shortfall.of(s) for s in raw.get("falls_short", [])),
    )


def _by_kind(base: _Reckoning, length: Mapping[str, Any], facts: Mapping[str, Any]) -> _Reckoning:
    table = length["by_kind"]
    kind = facts.get("kind") if facts.get("kind") in table else "default"
    row = table[kind]
    # An urgency that was not recorded must not lengthen the wait: the shortest time of the kind applies.
    urgency = facts.get("urgency") if facts.get("urgency") in row else next(iter(row))
    return replace(
        base,
        length=Length.of(row[urgency]),
        steps=(Step(BY_KIND, {"kind": kind, "urgency": urgency}),),
        rule=f"{base.rule}/{kind}/{urgency}",
    )


def _run(
    start: date | datetime, found: _Reckoning, entry: Mapping[str, Any], calendar: Calendar
) -> tuple[date | datetime | None, tuple[Step, ...]]:
    if found.end is not None:
        return found.end, ()
    if found.length is None:
        return None, ()
    end, steps = calendar.add(start, found.length)
    if found.floor is not None:
        least, floor_steps = calendar.add(start, found.floor)
        if least > end:
            end, steps = least, (*steps, Step(FLOOR, {"end": least}), *floor_steps)
    if entry.get("ends_on_working_day"):
        day = end.date() if isinstance(end, datetime) else end
        moved = calendar.next_working_day(day)
        if moved != day:
            end = end + (moved - day)
            steps = (*steps, Step(MOVED, {"end": end}))
    return end, steps


def _extend(
    end: date | datetime, extendable: bool | None, facts: Mapping[str, Any], calendar: Calendar
) -> tuple[date | datetime, tuple[Step, ...]]:
    steps: tuple[Step, ...] = ()
    for raw in facts.get("extensions", ()):
        if extendable is False:
            return end, (Step(NOT_EXTENDABLE),)
        end, more = calendar.add(end, Length.of(raw))
        steps += (Step(EXTENDED), *more)
    return end, steps


def _warn_on(start: date | datetime, end: date | datetime | None, entry: Mapping[str, Any]) -> date | None:
    if end is None or "warn_before" not in entry:
        return None
    warn = (end.date() if isinstance(end, datetime) else end) - timedelta(days=entry["warn_before"]["days"])
    return max(warn, start.date() if isinstance(start, datetime) else start)


@cross_check
def check_clocks(packs: Packs) -> None:
    """The recovery clock exists, depends on nothing and blocks removal; a table by kind has a default row."""
    for pack in packs.of_kind("clocks").values():
        recovery = pack.data.get("recovery_reflection")
        if recovery is None or not recovery.get("unconditional") or "blocks_removal" not in recovery.get("effects", []):
            raise PackError(pack.file, "data/recovery_reflection", "has to exist, be unconditional and block removal")
        for code, entry in pack.data.items():
            table = entry["length"].get("by_kind") if isinstance(entry["length"], Mapping) else None
            if table is not None and "default" not in table:
                raise PackError(pack.file, f"data/{code}/length/by_kind", "the row 'default' is missing")
            limits = entry["length"].get("between") if isinstance(entry["length"], Mapping) else None
            if limits is not None and limits["least"]["hours"] > limits["most"]["hours"]:
                raise PackError(pack.file, f"data/{code}/length/between", "the least is longer than the most")
