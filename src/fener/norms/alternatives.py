"""What else is there than going back? Alternatives to return, by jurisdiction and date (rule RT-04).

Kinds and national entries stand in ``packs/returns``. Every kind is always in the list: where the sources name none for
a country, or where their rule is not in force that day, it is marked unknown, so that nobody reads silence as "no".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fener.norms.packs import PackError, Packs, Source, cross_check, load_packs
from fener.norms.why import Step, english, gettext_noop, plain

UNKNOWN_HERE = gettext_noop("Unknown here: the sources don't say whether there is this way in this country. Ask.")
NOT_ON_THAT_DAY = gettext_noop("The rule that the sources name for this country is not in force on %(on)s.")
AS_DESCRIBED = gettext_noop("As described in %(year)s; ask whether it is still so.")
IN_FORCE_FROM = gettext_noop("In force from %(from)s.")
IN_FORCE_TO = gettext_noop("In force until %(to)s.")


@dataclass(frozen=True)
class Alternative:
    """One alternative to return. ``known_here`` False: the generic text, marked unknown for this jurisdiction.

    ``described``: the year in which the source describes a national rule (None for a generic one). ``regimes``: codes
    of the time lines that belong to it.
    """

    kind: str
    label: str
    text: str
    jurisdiction: str
    known_here: bool
    valid_from: date | None
    valid_to: date | None
    described: int | None
    regimes: tuple[str, ...]
    why: tuple[Step, ...]
    rule: str
    version: str
    source: Source

    def to_json(self) -> dict[str, Any]:
        """``here`` is *known* or *unknown*; dates and source as text."""
        return {
            "kind": self.kind,
            "label": self.label,
            "text": self.text,
            "jurisdiction": self.jurisdiction,
            "here": "known" if self.known_here else "unknown",
            "valid_from": plain(self.valid_from),
            "valid_to": plain(self.valid_to),
            "described": self.described,
            "regimes": list(self.regimes),
            "why": english(self.why),
            "rule": self.rule,
            "version": self.version,
            "source": str(self.source),
        }


def alternative_kinds(packs: Packs | None = None) -> dict[str, str]:
    """Codes and English labels of all kinds, in their order."""
    pack = (packs or load_packs()).get("alternatives", "alternatives")
    return {kind["kind"]: kind["label"] for kind in pack.data["kinds"]}


def alternatives_for(jurisdiction: str, on: date, *, packs: Packs | None = None) -> list[Alternative]:
    """Every kind of alternative for a country on a day: what the sources name there, else the generic one as unknown.

    A country of which nothing is known gives the generic ones. Never empty, so that return is never the only way.
    """
    packs = packs or load_packs()
    pack = packs.get("alternatives", "alternatives")
    found: list[Alternative] = []
    for kind in pack.data["kinds"]:
        here = [p for p in pack.data["places"] if p["jurisdiction"] == jurisdiction and p["kind"] == kind["kind"]]
        valid = [place for place in here if _valid(place, on)]
        entries = valid or [{**kind, "jurisdiction": jurisdiction}]
        for entry in entries:
            begins, ends = _day(entry, "valid_from"), _day(entry, "valid_to")
            found.append(
                Alternative(
                    kind=kind["kind"],
                    label=kind["label"],
                    text=entry["text"],
                    jurisdiction=jurisdiction,
                    known_here=bool(valid),
                    valid_from=begins,
                    valid_to=ends,
                    described=entry.get("described"),
                    regimes=tuple(entry.get("regimes", ())),
                    why=_explained(entry, begins, ends) if valid else _unknown(bool(here), on),
                    rule=f"returns/alternatives/{kind['kind']}" + (f"/{jurisdiction}" if valid else ""),
                    version=pack.version,
                    source=Source.of(entry["source"]),
                )
            )
    return found


def _day(entry: dict[str, Any], key: str) -> date | None:
    return date.fromisoformat(entry[key]) if key in entry else None


def _valid(entry: dict[str, Any], on: date) -> bool:
    begins, ends = _day(entry, "valid_from"), _day(entry, "valid_to")
    return (begins is None or begins <= on) and (ends is None or on <= ends)


def _explained(entry: dict[str, Any], begins: date | None, ends: date | None) -> tuple[Step, ...]:
    return (
        *((Step(IN_FORCE_FROM, {"from": begins}),) if begins else ()),
        *((Step(IN_FORCE_TO, {"to": ends}),) if ends else ()),
        Step(AS_DESCRIBED, {"year": entry["described"]}),
    )


def _unknown(named: bool, on: date) -> tuple[Step, ...]:
    return (Step(NOT_ON_THAT_DAY, {"on": on}), Step(UNKNOWN_HERE)) if named else (Step(UNKNOWN_HERE),)


@cross_check
def check_alternatives(packs: Packs) -> None:
    """The five kinds are there once each; jurisdictions, kinds and regimes that are named exist; dates are in order."""
    if "alternatives" not in packs.of_kind("alternatives"):
        return
    pack = packs.get("alternatives", "alternatives")
    kinds = [kind["kind"] for kind in pack.data["kinds"]]
    if sorted(kinds) != sorted(REQUIRED):
        raise PackError(pack.file, "data/kinds", f"must be, once each: {', '.join(REQUIRED)}")
    for index, place in enumerate(pack.data["places"]):
        where = f"data/places/{index}"
        if place["kind"] not in kinds:
            raise PackError(pack.file, f"{where}/kind", f"there is no kind {place['kind']!r}")
        if place["jurisdiction"] not in packs.of_kind("jurisdiction"):
            raise PackError(pack.file, f"{where}/jurisdiction", f"no jurisdiction {place['jurisdiction']!r}")
        for code in place.get("regimes", []):
            if code not in packs.of_kind("regime"):
                raise PackError(pack.file, f"{where}/regimes", f"no regime {code!r}")
        try:
            begins, ends = _day(place, "valid_from"), _day(place, "valid_to")
        except ValueError as error:
            raise PackError(pack.file, where, str(error)) from error
        if begins and ends and ends < begins:
            raise PackError(pack.file, f"{where}/valid_to", "is before valid_from")


REQUIRED = ("stay", "asylum", "humanitarian_permit", "resettlement", "living_elsewhere")
"""What has to be explained before any decision on return (see the sources of rule RT-04)."""
