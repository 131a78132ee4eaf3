"""Which structures of co-ordination does a country have, what must an agreement say, how long is a contact believed?

The packs ``coordination`` and ``agreements`` (rules BO-03, BO-09, DA-07). Pure; days are counted by whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from fener.norms.packs import Packs, Source, load_packs


@dataclass(frozen=True)
class Structure:
    """A kind of co-ordination body. ``needs``: codes of what it must have."""

    code: str
    label: str
    level: str
    needed: bool
    needs: tuple[str, ...]
    source: Source


@dataclass(frozen=True)
class Structures:
    """The whole pack. Periods in days, each with where it comes from."""

    version: str
    kinds: tuple[Structure, ...]
    ranks: Mapping[str, str]
    ministerial: frozenset[str]
    sectors: int
    contact_days: int
    contact_source: Source
    meeting_days: int
    meeting_source: Source

    def kind(self, code: str) -> Structure:
        """Raises KeyError for a code that the pack does not have."""
        for one in self.kinds:
            if one.code == code:
                return one
        raise KeyError(code)

    def stale_from(self, verified_on: date | None) -> date | None:
        """The first day on which a contact verified on that day is stale; None where nobody ever verified it."""
        return None if verified_on is None else verified_on + timedelta(days=self.contact_days)

    def is_stale(self, verified_on: date | None, on: date) -> bool:
        """Whether a contact is to be checked again. One that was never verified is."""
        stale = self.stale_from(verified_on)
        return stale is None or stale <= on


@dataclass(frozen=True)
class Held:
    """One co-ordination body of a day, as far as the standard asks. None: not stated."""

    kind: str
    body: object
    rank: str = ""
    full_time: int | None = None
    powers: bool = False
    posts: int = 0
    vacant: int = 0
    child_specialist: bool | None = None
    part_of: str = ""
    sectors: tuple[str, ...] = ()
    last_met: date | None = None


@dataclass(frozen=True)
class Lack:
    """What a structure lacks: ``code`` as in ``needs``, or ``missing``, ``vacant``, ``not_met``."""

    code: str
    kind: str
    body: object = None


def structures(packs: Packs | None = None) -> Structures:
    """The structures of the packs (the shipped ones by default)."""
    return _shipped() if packs is None else _build(packs)


@cache
def _shipped() -> Structures:
    return _build(load_packs())


def _build(packs: Packs) -> Structures:
    pack = packs.get("coordination", "national_structure")
    data = pack.data
    return Structures(
        version=pack.version,
        kinds=tuple(
            Structure(
                raw["code"], raw["label"], raw["level"], raw["needed"], tuple(raw["needs"]), Source.of(raw["source"])
            )
            for raw in data["kinds"]
        ),
        ranks={raw["code"]: raw["label"] for raw in data["ranks"]},
        ministerial=frozenset(raw["code"] for raw in data["ranks"] if raw["ministerial"]),
        sectors=data["multidisciplinary"]["sectors"],
        contact_days=data["contacts"]["days"],
        contact_source=Source.of(data["contacts"]["source"]),
        meeting_days=data["meetings"]["days"],
        meeting_source=Source.of(data["meetings"]["source"]),
    )


def lacks(bodies: Iterable[Held], *, on: date, state: frozenset[str], pack: Structures | None = None) -> list[Lack]:
    """What the national structure lacks on a day. ``state``: sectors for which the state answers."""
    known, rows = pack or structures(), list(bodies)
    found: list[Lack] = []
    for kind in known.kinds:
        held = [row for row in rows if row.kind == kind.code]
        if kind.needed and not held:
            found.append(Lack("missing", kind.code))
        for row in held:
            found += [Lack(code, kind.code, row.body) for code in kind.needs if not _has(known, row, code, state)]
            if row.vacant:
                found.append(Lack("vacant", kind.code, row.body))
            if "multidisciplinary" in kind.needs and not _met(known, row, on):
                found.append(Lack("not_met", kind.code, row.body))
    return found


def _met(known: Structures, row: Held, on: date) -> bool:
    return row.last_met is not None and row.last_met + timedelta(days=known.meeting_days) >= on


def _has(known: Structures, row: Held, code: str, state: frozenset[str]) -> bool:
    answers = {
        "rank": row.rank in known.ministerial,
        "full_time": bool(row.full_time),
        "powers": row.powers,
        "post": row.posts > 0,
        "child_specialist": row.child_specialist is True,
        "part_of_group": row.part_of == "working_group",
        "multidisciplinary": len(set(row.sectors)) >= known.sectors
        and bool(set(row.sectors) - state)
        and bool(set(row.sectors) & state),
    }
    return answers[code]


@dataclass(frozen=True)
class Term:
    """One data-protection term that an agreement has to spell out."""

    code: str
    label: str
    help: str
    source: Source


@cache
def terms() -> tuple[Term, ...]:
    """The data-protection terms of the shipped pack."""
    raw = load_packs().get("agreement_terms", "data_protection").data["terms"]
    return tuple(Term(one["code"], one["label"], one["help"], Source.of(one["source"])) for one in raw)


def missing_terms(said: Mapping[str, str]) -> tuple[Term, ...]:
    """The terms about which nothing is said yet."""
    return tuple(term for term in terms() if not said.get(term.code, "").strip())
