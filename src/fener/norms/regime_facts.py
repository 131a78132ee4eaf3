"""The facts that a residence regime reads: dates and yes / no / unknown answers, checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta

from fener.norms.facts_input import InputError
from fener.norms.why import Met

DATES = ("birth_date", "proceedings_end", "programme_start")
CHANGES = "path_changed_on"
ANSWERS = ("cooperates", "conviction", "summons", "statement_indispensable")
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
_WORDS: Mapping[str, Met] = {"yes": True, "true": True, "no": False, "false": False, "unknown": None}


@dataclass(frozen=True)
class RegimeFacts:
    """Checked facts. What was absent is unknown. ``regime_start`` and ``asked_on`` are set by ``starting``.

    ``path_changes``: the days on which the path was changed, in order; each one leads to the other path.
    """

    dates: Mapping[str, date] = field(default_factory=dict)
    answers: Mapping[str, Met] = field(default_factory=dict)
    path_changes: tuple[date, ...] = ()
    regime_start: date = EARLIEST
    asked_on: date = EARLIEST

    @classmethod
    def read(cls, raw: Any, also: Iterable[str] = ()) -> RegimeFacts:
        """From a parsed facts file. ``also`` names further yes/no facts that the regime's conditions read.

        Raises InputError for a key that is not known and a value that can't be read.
        """
        if raw is None:
            raw = {}
        if not isinstance(raw, Mapping):
            raise InputError("", "must be a section with keys")
        answers = (*ANSWERS, *(name for name in also if name not in ANSWERS))
        known = (*DATES, CHANGES, *answers)
        for key in raw:
            if key not in known:
                raise InputError(str(key)[:60], f"is not a known key (known: {', '.join(known)})")
        return cls(
            dates={key: day for key in DATES if (day := read_date(raw.get(key), key)) is not None},
            answers={key: _answer(raw.get(key), key) for key in answers},
            path_changes=_changes(raw.get(CHANGES)),
        )

    def starting(self, start: date, on: date | None = None) -> RegimeFacts:
        """The same facts for a regime that begins on ``start`` and is asked about on ``on`` (its start by default).

        Refuses dates that can't be together: birth after the start, a programme before birth, a path changed too early.
        """
        birth = self.dates.get("birth_date")
        if birth is not None and birth > start:
            raise InputError("birth_date", f"is after the start of the regime ({start.isoformat()})")
        joined = self.dates.get("programme_start")
        if birth is not None and joined is not None and joined < birth:
            raise InputError("programme_start", f"is before the date of birth ({birth.isoformat()})")
        if self.path_changes and self.path_changes[0] < start:
            raise InputError(CHANGES, f"is before the start of the regime ({start.isoformat()})")
        return replace(self, regime_start=start, asked_on=max(start, on or start))

    def birthday(self, age: int) -> date | None:
        """The day on which the person reaches that age (28 February for those born on 29 February, in common years)."""
        birth = self.dates.get("birth_date")
        return birth + relativedelta(years=age) if birth else None


def read_date(raw: Any, path: str) -> date | None:
    """A date written YYYY-MM-DD (or a date object) between 1900 and 2199; None where absent or unknown."""
    if raw is None or raw == "unknown":
        return None
    day = raw if isinstance(raw, date) and not isinstance(raw, datetime) else _parse(raw, path)
    if not EARLIEST <= day < LATEST:
        raise InputError(path, f"must be between 1900 and 2199, not {day.isoformat()}")
    return day


def _changes(raw: Any) -> tuple[date, ...]:
    """One day, or a list of days in order: whoever changed the path twice is on the first one again."""
    if not isinstance(raw, list):
        day = read_date(raw, CHANGES)
        return () if day is None else (day,)
    days: list[date] = []
    for index, entry in enumerate(raw):
        day = read_date(entry, f"{CHANGES}/{index}")
        if day is None:
            raise InputError(f"{CHANGES}/{index}", "must be a date written YYYY-MM-DD")
        if days and day <= days[-1]:
            raise InputError(f"{CHANGES}/{index}", f"must come after the change before it ({days[-1].isoformat()})")
        days.append(day)
    return tuple(days)


def _parse(raw: Any, path: str) -> date:
    if isinstance(raw, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw.strip(), re.ASCII):
        try:
            return date.fromisoformat(raw.strip())
        except ValueError:
            pass
    raise InputError(path, f"must be a date written YYYY-MM-DD, not {str(raw)[:40]!r}")


def _answer(raw: Any, path: str) -> Met:
    if raw is None or isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.strip().casefold() in _WORDS:
        return _WORDS[raw.strip().casefold()]
    raise InputError(path, f"must be yes, no or unknown, not {str(raw)[:40]!r}")
