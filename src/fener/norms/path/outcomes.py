"""Outcomes of reintegration: plain categories, named definitions of success, rates that say what they count (RI-07).

Somebody who is still in the programme is neither a success nor a failure, and stands apart in every rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fener.norms.packs import PackError, Packs, Source, cross_check, load_packs
from fener.norms.vocab import vocabulary
from fener.norms.why import Step, gettext_noop

RATE = gettext_noop(
    "%(success)s of %(base)s by the definition “%(definition)s”. Not counted: %(neither)s still in the programme or "
    "too early, %(unknown)s not known."
)
AGAIN = "re_trafficked"


class Judgement(StrEnum):
    """What an outcome is by one definition."""

    SUCCESS = "success"
    FAILURE = "failure"
    NEITHER = "neither"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Definition:
    """One named definition of success: the areas that have to be good."""

    code: str
    label: str
    text: str
    needs: tuple[str, ...]
    source: Source


@dataclass(frozen=True)
class Rate:
    """Successes of those who can be judged. ``base`` = success + failure; the others are beside it, never in it."""

    definition: str
    success: int
    failure: int
    neither: int
    unknown: int
    version: str

    @property
    def base(self) -> int:
        return self.success + self.failure

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None where nobody can be judged."""
        return self.success / self.base if self.base else None

    @property
    def why(self) -> Step:
        """The rate in words, with its definition and what it leaves out."""
        names = ("success", "base", "definition", "neither", "unknown")
        return Step(RATE, {name: getattr(self, name) for name in names})

    def to_json(self) -> dict[str, Any]:
        """All numbers with the definition and its version."""
        numbers = {name: getattr(self, name) for name in ("success", "failure", "neither", "unknown", "base", "value")}
        return {"definition": self.definition, "version": self.version, **numbers}


def areas(packs: Packs | None = None) -> dict[str, str]:
    """The areas of an outcome, each with its vocabulary."""
    data = (packs or load_packs()).get("outcomes", "outcomes").data
    return {raw["code"]: raw["vocabulary"] for raw in data["areas"]}


def definitions(packs: Packs | None = None) -> dict[str, Definition]:
    """The named definitions of success by code."""
    data = (packs or load_packs()).get("outcomes", "outcomes").data
    return {
        raw["code"]: Definition(raw["code"], raw["label"], raw["text"], tuple(raw["needs"]), Source.of(raw["source"]))
        for raw in data["definitions"]
    }


def judge(
    outcome: Mapping[str, str], definition: str, *, in_programme: bool = False, packs: Packs | None = None
) -> Judgement:
    """What an outcome (area → code of its list) is by a definition.

    Still in the programme: neither. Otherwise one bad area is a failure, then one that is not known leaves it
    unknown, then one that is neither leaves it neither. Raises KeyError for an unknown definition or area, ValueError
    for an unknown code.
    """
    groups = _groups(outcome, packs)
    needed = [groups.get(area, "unknown") for area in definitions(packs)[definition].needs]
    if in_programme or "in_programme" in outcome.values():
        return Judgement.NEITHER
    for group, judgement in (
        ("bad", Judgement.FAILURE),
        ("unknown", Judgement.UNKNOWN),
        ("neither", Judgement.NEITHER),
    ):
        if group in needed:
            return judgement
    return Judgement.SUCCESS


def _groups(outcome: Mapping[str, str], packs: Packs | None) -> dict[str, str]:
    known = areas(packs)
    if strange := sorted(set(outcome) - set(known)):
        raise KeyError(f"no area {', '.join(strange)}")
    return {area: vocabulary(known[area], packs).group(code) for area, code in outcome.items()}


def rate(judgements: Iterable[Judgement | str], definition: str, packs: Packs | None = None) -> Rate:
    """A rate with its definition by name. Raises KeyError for a definition that the pack does not have."""
    packs = packs or load_packs()
    definitions(packs)[definition]
    found = [Judgement(judgement) for judgement in judgements]
    counts = {judgement.value: found.count(judgement) for judgement in Judgement}
    return Rate(definition=definition, version=packs.get("outcomes", "outcomes").version, **counts)


def trafficked_again(outcomes: Iterable[Mapping[str, str]]) -> tuple[int, int, int, int]:
    """(trafficked again, suspected, not, not known) of some outcomes; being in a programme changes nothing here."""
    answers = [outcome.get(AGAIN, "unknown") for outcome in outcomes]
    for answer in answers:
        vocabulary("outcome_re_trafficked").entry(answer)
    return answers.count("yes"), answers.count("suspected"), answers.count("no"), answers.count("unknown")


@cross_check
def check_outcomes(packs: Packs) -> None:
    """Every area has its list, grouped as a whole, and a definition needs areas that there are."""
    for pack in packs.of_kind("outcomes").values():
        codes = {raw["code"] for raw in pack.data["areas"]}
        for raw in pack.data["areas"]:
            if raw["vocabulary"] not in packs.of_kind("vocabulary"):
                raise PackError(pack.file, f"data/areas/{raw['code']}", f"no vocabulary {raw['vocabulary']!r}")
            for entry in vocabulary(raw["vocabulary"], packs).entries:
                if entry.group not in {"good", "bad", "neither", "unknown"}:
                    raise PackError(pack.file, f"data/areas/{raw['code']}", f"{entry.code!r} is in no group")
        for raw in pack.data["definitions"]:
            for area in raw["needs"]:
                if area not in codes:
                    raise PackError(pack.file, f"data/definitions/{raw['code']}/needs", f"no area {area!r}")
