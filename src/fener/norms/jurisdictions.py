"""Jurisdictions as their packs describe them: names, calendar, recovery period, what falls short of the standard.

Where the sources are silent on a recovery period, the generic standard applies, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fener.norms.calendar import Calendar, Length
from fener.norms.packs import PackError, Packs, Source, cross_check, load_packs

GENERIC = "COE"
"""The id of the pack that holds the generic standard."""


class UnknownJurisdiction(KeyError):
    """No jurisdiction pack has this code."""

    def __init__(self, code: str, known: tuple[str, ...]) -> None:
        self.code, self.known = code, known
        super().__init__(code)

    def __str__(self) -> str:
        return f"{self.code!r} is no jurisdiction here (known: {', '.join(self.known)})"


@dataclass(frozen=True)
class Shortfall:
    """Where a national rule falls short: what, who says so, the generic standard beside it."""

    text: str
    by: str
    generic: str
    source: Source

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Shortfall:
        """From a pack's ``falls_short`` or ``criticised_by`` entry."""
        return cls(text=raw["text"], by=raw["by"], generic=raw.get("generic", ""), source=Source.of(raw["source"]))

    def to_json(self) -> dict[str, Any]:
        """``source`` as text."""
        return {"text": self.text, "by": self.by, "generic": self.generic, "source": str(self.source)}


@dataclass(frozen=True)
class RecoveryPeriod:
    """The recovery and reflection period that holds in a jurisdiction.

    ``generic`` tells that the sources are silent on the jurisdiction's own rule, so that the generic standard is used.
    """

    length: Length
    generic: bool
    extendable: bool | None
    rule: str
    version: str
    source: Source
    falls_short: tuple[Shortfall, ...]
    note: str = ""


@dataclass(frozen=True)
class Jurisdiction:
    """One jurisdiction pack."""

    code: str
    version: str
    data: Mapping[str, Any]
    calendar: Calendar
    packs: Packs

    def name(self, on: date | None = None) -> str:
        """The English name on that day (today's name without a day); a historic name where one was in force then."""
        names = self.data["names"]
        if on is not None:
            for entry in names:
                begins, ends = entry.get("valid_from", "0001-01-01"), entry.get("valid_to", "9999-12-31")
                if begins <= on.isoformat() <= ends:
                    return str(entry["text"])
        return str(names[0]["text"])

    @property
    def footnote(self) -> str | None:
        """What has to stand wherever a page or print shows the name, or None."""
        return self.data["footnote"]["text"] if "footnote" in self.data else None

    @property
    def is_generic(self) -> bool:
        """True for a standard that is no country."""
        return bool(self.data.get("generic", False))

    @property
    def recovery_period(self) -> RecoveryPeriod:
        """The jurisdiction's own recovery period, or the generic one where the sources are silent."""
        return _recovery(self)

    @property
    def criticised_by(self) -> tuple[Shortfall, ...]:
        """Where sources say that practice here falls short."""
        return tuple(Shortfall.of(s) for s in self.data.get("criticised_by", []))


def _recovery(jurisdiction: Jurisdiction) -> RecoveryPeriod:
    raw, owner = jurisdiction.data["recovery_period"], jurisdiction
    generic = raw == "unknown"
    if generic:
        owner = get_jurisdiction(GENERIC, jurisdiction.packs)
        raw = owner.data["recovery_period"]
    return RecoveryPeriod(
        length=Length.of(raw["length"]),
        generic=generic or jurisdiction.is_generic,
        extendable={"yes": True, "no": False, "unknown": None}[raw["extendable"]],
        rule=f"jurisdictions/{owner.code}/recovery_period",
        version=owner.version,
        source=Source.of(raw["source"]),
        falls_short=tuple(Shortfall.of(s) for s in raw.get("falls_short", [])),
        note=raw.get("note", ""),
    )


@dataclass(frozen=True)
class LegalBasis:
    """What the law says about one kind of personal data. ``text`` empty: the sources do not say, nothing is invented.

    ``generic`` tells that it is the generic standard's, because the sources are silent on the country's own law.
    """

    text: str = ""
    source: Source | None = None
    generic: bool = False


def legal_basis(code: str, kind: str, packs: Packs | None = None) -> LegalBasis:
    """The basis for a kind of data (victims, staff, accountability, network) in a jurisdiction (rule DA-04)."""
    for owner in dict.fromkeys((code, GENERIC)):
        held = get_jurisdiction(owner, packs).data.get("data_protection", "unknown")
        raw = held["bases"].get(kind) if isinstance(held, Mapping) else None
        if raw is not None:
            return LegalBasis(raw["text"], Source.of(raw["source"]), generic=owner == GENERIC)
    return LegalBasis()


def get_jurisdiction(code: str, packs: Packs | None = None) -> Jurisdiction:
    """The jurisdiction with that code (ISO 3166, XK, or the generic standard). Raises UnknownJurisdiction."""
    packs = packs or load_packs()
    found = packs.of_kind("jurisdiction")
    if code not in found:
        raise UnknownJurisdiction(code, tuple(sorted(found)))
    pack = found[code]
    calendar = Calendar.of(pack.data["calendar"])
    return Jurisdiction(code=code, version=pack.version, data=pack.data, calendar=calendar, packs=packs)


def jurisdiction_codes(packs: Packs | None = None) -> tuple[str, ...]:
    """The codes of all jurisdiction packs, the generic standard included, sorted."""
    return tuple(sorted((packs or load_packs()).of_kind("jurisdiction")))


@cross_check
def check_jurisdictions(packs: Packs) -> None:
    """The generic standard exists with a recovery period; regimes that are named exist; calendars can be built."""
    found = packs.of_kind("jurisdiction")
    if not found:
        return
    if GENERIC not in found or found[GENERIC].data["recovery_period"] == "unknown":
        raise PackError(packs.root / "jurisdictions", "", f"the generic standard {GENERIC!r} is missing")
    for pack in found.values():
        for index, code in enumerate(pack.data.get("regimes", [])):
            if code not in packs.of_kind("regime"):
                raise PackError(pack.file, f"data/regimes/{index}", f"no regime {code!r}")
        try:
            Calendar.of(pack.data["calendar"]).is_working_day(date(2026, 1, 5))
        except (NotImplementedError, ValueError) as error:
            raise PackError(pack.file, "data/calendar", str(error)) from error
