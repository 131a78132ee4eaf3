"""Status of a person in the mechanism: the ladder, what counts as a downgrade, and the words of each jurisdiction.

A status is set by whoever has the mandate and never by this module. Counts of different jurisdictions are added only
after each term is mapped, because the same word means different things in different countries.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fener.norms.packs import Pack, PackError, Packs, cross_check, load_packs

LADDER = "ladder"


class StatusError(ValueError):
    """A status, step or term that the packs do not know; the message says which."""


@dataclass(frozen=True)
class Status:
    """One rung: ``order`` grows with certainty; ``opens_every_service`` says that nothing more is waited for."""

    code: str
    label: str
    meaning: str
    order: int
    opens_every_service: bool


@dataclass(frozen=True)
class Step:
    """A change of status. ``needs`` names what must be recorded with it; a downgrade can always be reviewed."""

    before: str
    after: str
    downgrade: bool
    needs: tuple[str, ...]
    version: str
    source: str

    def to_json(self) -> dict[str, Any]:
        """The step as plain data."""
        return {
            "from": self.before,
            "to": self.after,
            "downgrade": self.downgrade,
            "needs": list(self.needs),
            "version": self.version,
            "source": self.source,
        }


@dataclass(frozen=True)
class Ladder:
    """The statuses and the steps between them, from the pack."""

    pack: Pack
    statuses: Mapping[str, Status]

    def codes(self) -> list[str]:
        """All codes in the order of the pack."""
        return list(self.statuses)

    def starts(self) -> list[str]:
        """Statuses that a first decision may give."""
        return list(self.pack.data["start"])

    def after(self, code: str) -> list[str]:
        """The statuses that may follow ``code``. Raises StatusError for an unknown one."""
        self._known(code)
        return [step["to"] for step in self.pack.data["transitions"] if step["from"] == code]

    def step(self, before: str, after: str) -> Step:
        """The step from one status to another. Raises StatusError where there is none."""
        self._known(before)
        self._known(after)
        for entry in self.pack.data["transitions"]:
            if (entry["from"], entry["to"]) == (before, after):
                rule = self.pack.data["downgrade"]
                source = rule["source"] if entry["downgrade"] else None
                return Step(
                    before=before,
                    after=after,
                    downgrade=entry["downgrade"],
                    needs=tuple(rule["needs"]) if entry["downgrade"] else (),
                    version=self.pack.version,
                    source=f"{source['id']} {source.get('at', '')}".strip() if source else str(self.pack.sources[0]),
                )
        raise StatusError(f"no step from {before!r} to {after!r}")

    def _known(self, code: str) -> None:
        if code not in self.statuses:
            raise StatusError(f"{code!r} is not a status (known: {', '.join(self.statuses)})")


def ladder(packs: Packs | None = None) -> Ladder:
    """The status ladder of the packs."""
    pack = (packs or load_packs()).get("status_ladder", LADDER)
    fields = ("code", "label", "meaning", "order", "opens_every_service")
    statuses = {entry["code"]: Status(**{name: entry[name] for name in fields}) for entry in pack.data["statuses"]}
    return Ladder(pack=pack, statuses=statuses)


def _key(term: str) -> str:
    """A term without differences of case, spacing or Unicode form."""
    return " ".join(unicodedata.normalize("NFKC", term).casefold().split())


def _terms(data: Any) -> Iterable[tuple[str, str, str]]:
    """(generic code, term, language) of a jurisdiction pack; nothing where it maps no term."""
    for code, entries in ((data.get("status_terms") or {}) if isinstance(data, Mapping) else {}).items():
        for entry in entries:
            yield code, entry["term"], entry.get("language", "")


def terms(jurisdiction: str, code: str, packs: Packs | None = None) -> list[tuple[str, str]]:
    """The words of a jurisdiction for a generic status, as (term, language)."""
    pack = _jurisdiction(jurisdiction, packs)
    return [(term, language) for generic, term, language in _terms(pack.data) if generic == code]


def to_generic(jurisdiction: str, term: str, packs: Packs | None = None) -> str:
    """The generic status behind a jurisdiction's own word.

    Raises StatusError where the word is not mapped there: it is never guessed from another country's use.
    """
    pack = _jurisdiction(jurisdiction, packs)
    found = {generic for generic, known, _ in _terms(pack.data) if _key(known) == _key(term)}
    if len(found) == 1:
        return found.pop()
    raise StatusError(f"{term!r} is not mapped to a status in {jurisdiction!r}")


def add_counts(counts: Iterable[tuple[str, str, int]], packs: Packs | None = None) -> dict[str, int]:
    """Sum (jurisdiction, its own term, count) by generic status.

    Raises StatusError when one term is not mapped: the sum is refused whole, because a silent part of it would pass
    for all of it.
    """
    totals: dict[str, int] = {}
    for jurisdiction, term, count in counts:
        code = to_generic(jurisdiction, term, packs)
        totals[code] = totals.get(code, 0) + count
    return totals


def _jurisdiction(code: str, packs: Packs | None) -> Pack:
    known = (packs or load_packs()).of_kind("jurisdiction")
    if code not in known:
        raise StatusError(f"no jurisdiction pack {code!r}")
    return known[code]


@cross_check
def check_ladder(packs: Packs) -> None:
    """Steps and mappings use known statuses, and no word of a jurisdiction means two statuses."""
    for pack in packs.of_kind("status_ladder").values():
        _check_steps(pack)
        for jurisdiction in packs.of_kind("jurisdiction").values():
            _check_terms(jurisdiction, [entry["code"] for entry in pack.data["statuses"]])


def _check_steps(pack: Pack) -> None:
    codes = [entry["code"] for entry in pack.data["statuses"]]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            raise PackError(pack.file, f"data/statuses/{index}/code", f"{code!r} occurs twice")
    for index, code in enumerate(pack.data["start"]):
        if code not in codes:
            raise PackError(pack.file, f"data/start/{index}", f"{code!r} is not a status")
    seen = set()
    for index, step in enumerate(pack.data["transitions"]):
        path = f"data/transitions/{index}"
        for end in ("from", "to"):
            if step[end] not in codes:
                raise PackError(pack.file, f"{path}/{end}", f"{step[end]!r} is not a status")
        if (step["from"], step["to"]) in seen:
            raise PackError(pack.file, path, "the step occurs twice")
        seen.add((step["from"], step["to"]))


def _check_terms(jurisdiction: Pack, codes: list[str]) -> None:
    meaning: dict[str, str] = {}
    for code, term, _ in _terms(jurisdiction.data):
        path = f"data/status_terms/{code}"
        if code not in codes:
            raise PackError(jurisdiction.file, path, f"{code!r} is not a status (known: {', '.join(codes)})")
        if meaning.setdefault(_key(term), code) != code:
            raise PackError(jurisdiction.file, path, f"{term!r} is also mapped to {meaning[_key(term)]!r}")
