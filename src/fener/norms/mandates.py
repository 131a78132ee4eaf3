"""Which kind of body may do what in a jurisdiction: refer, assess, identify, register, decide legal status.

The packs say what the sources report. An organisation's own mandate, with its legal basis and period, is recorded in
the network room and is what counts for an act; this here is what it is compared with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from fener.norms.jurisdictions import get_jurisdiction
from fener.norms.packs import Packs, Source


class Function(StrEnum):
    """The five separate mandates on a person's status."""

    REFER = "refer"
    ASSESS = "assess"
    IDENTIFY = "identify"
    REGISTER = "register"
    DECIDE_STATUS = "decide_status"


@dataclass(frozen=True)
class Mandate:
    """Kinds of body that hold a function; ``only`` when no other body may."""

    function: Function
    bodies: tuple[str, ...]
    name: str
    only: bool
    valid_from: date | None
    valid_to: date | None
    note: str
    source: Source

    def holds_on(self, day: date) -> bool:
        """Whether the mandate is in force on that day (both ends included)."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def to_json(self) -> dict[str, Any]:
        """Dates as ISO 8601 or null."""
        return {
            "function": self.function.value,
            "bodies": list(self.bodies),
            "name": self.name,
            "only": self.only,
            "valid_from": self.valid_from.isoformat() if self.valid_from else None,
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "note": self.note,
            "source": str(self.source),
        }


def mandates(
    jurisdiction: str, function: Function | str, *, on: date | None = None, packs: Packs | None = None
) -> tuple[Mandate, ...] | None:
    """Who holds a function (on a day, or at any time), or None where the sources are silent.

    Raises UnknownJurisdiction, and ValueError for a function that does not exist.
    """
    function = Function(function)
    raw = get_jurisdiction(jurisdiction, packs).data["mandates"][function.value]
    if raw == "unknown":
        return None
    found = tuple(
        Mandate(
            function=function,
            bodies=tuple(entry["bodies"]),
            name=entry.get("name", ""),
            only=entry.get("only", False),
            valid_from=_day(entry.get("valid_from")),
            valid_to=_day(entry.get("valid_to")),
            note=entry.get("note", ""),
            source=Source.of(entry["source"]),
        )
        for entry in raw
    )
    return found if on is None else tuple(m for m in found if m.holds_on(on))


def may_hold(
    jurisdiction: str, function: Function | str, body: str, *, on: date | None = None, packs: Packs | None = None
) -> bool | None:
    """Whether a kind of body holds a function: True, False (another holds it alone) or None (the sources don't say)."""
    found = mandates(jurisdiction, function, on=on, packs=packs)
    if not found:
        return None
    if any(body in m.bodies or "any" in m.bodies for m in found):
        return True
    return False if any(m.only for m in found) else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
