"""The catalogue of metrics: what each measure and unit is, which orders cannot be, which rates may be made.

All of it is data (``packs/metrics.yaml``), each line with its source; nothing about a country stands in code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fener.norms.packs import load_packs

WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Rate:
    """A rate of the catalogue: ``of`` and ``to`` are (measure, unit); ``kind`` rate (percent) or ratio."""

    code: str
    kind: str
    of: tuple[str, str]
    to: tuple[str, str]


@dataclass(frozen=True)
class Catalogue:
    """The pack, ready to ask."""

    kinds: Mapping[str, str]
    own: frozenset[str]
    victims: frozenset[str]
    providers: frozenset[str]
    counted: frozenset[str]
    things: frozenset[str]
    labels: frozenset[str]
    rounded: frozenset[str]
    about_percent: int
    synonyms: Mapping[str, str]
    complements: Mapping[str, str]
    within_rest: Mapping[str, str]
    orders: tuple[tuple[str, str], ...]
    closed: tuple[tuple[frozenset[str], frozenset[str]], ...]
    child_words: frozenset[str]
    child_but: frozenset[str]
    exclusive: tuple[tuple[frozenset[str], str], ...]
    exclusive_units: frozenset[str]
    not_one_another: Mapping[frozenset[str], str]
    rates: tuple[Rate, ...]
    source_types: frozenset[str]
    countries: frozenset[str]
    units: frozenset[str]
    units_folded: Mapping[str, str]  # any case and the plural, to the unit

    def kind(self, measure: str) -> str:
        """flow, stock or share; a measure of one's own (``other:…``) is a flow unless it says stock."""
        known = self.kinds.get(measure)
        if known is None:
            return "stock" if "stock" in words(measure) else "flow"
        return known

    def whole(self, unit: str) -> bool:
        """Whether only whole numbers of this unit exist."""
        return unit in self.counted or unit in self.things or unit in self.labels

    def unit(self, text: str) -> str:
        """A unit as it stands here: "Persons" is person. A unit that is not listed (one may add one's own) keeps its
        words."""
        folded = text.casefold()
        if text in self.units or folded not in self.units_folded:
            return text
        return self.units_folded[folded]

    def counts_own(self, measure: str, source_type: str) -> bool:
        """Whether such a source, with such a measure, counts its own clients and not the country's."""
        return measure in self.own and source_type in self.providers

    def population(self, text: str) -> frozenset[str]:
        """The terms of a population, synonyms folded: ``"women + local"`` → {female, national}."""
        terms = (re.sub(r"\s+", "_", term.strip().casefold()) for term in text.split("+"))
        return frozenset(self.synonyms.get(term, term) for term in terms if term)


def _plurals(unit: str) -> tuple[str, ...]:
    """person, persons; country, countries; activity, activities."""
    return (unit, f"{unit}s", f"{unit}es", f"{unit[:-1]}ies") if unit.endswith("y") else (unit, f"{unit}s", f"{unit}es")


def words(text: str) -> list[str]:
    """The words of a text, small letters, in order; ``_`` and ``:`` part them."""
    return WORDS.findall(text.casefold())


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue (with a node's own packs)."""
    return _of(load_packs().get("metrics", "metrics").data)


def _of(data: Mapping[str, Any]) -> Catalogue:
    measures = data["measures"]
    pairs = [entry["pair"] for entry in data["complements"] if "at_most" not in entry]
    units = frozenset(unit for some in ("counted", "things", "labels", "rounded") for unit in data["units"][some])
    return Catalogue(
        kinds={m["code"]: m["kind"] for m in measures},
        own=frozenset(m["code"] for m in measures if m["by"] == "own"),
        victims=frozenset(m["code"] for m in measures if m["victims"]),
        providers=frozenset(data["providers"]),
        counted=frozenset(data["units"]["counted"]),
        things=frozenset(data["units"]["things"]),
        labels=frozenset(data["units"]["labels"]),
        rounded=frozenset(data["units"]["rounded"]),
        about_percent=data["about"]["percent"],
        synonyms={word: group[0] for group in data["synonyms"] for word in group},
        complements={a: b for pair in pairs for a, b in (pair, reversed(pair))},
        within_rest={entry["pair"][0]: entry["pair"][1] for entry in data["complements"] if "at_most" in entry},
        orders=tuple((entry["less"], entry["more"]) for entry in data["orders"]),
        closed=tuple((frozenset(entry["out"]), frozenset(entry["in"])) for entry in data["closed"]),
        child_words=frozenset(data["never_of_a_child"]["words"]),
        child_but=frozenset(data["never_of_a_child"]["but"]),
        exclusive=tuple((frozenset(entry["words"]), entry["unit"]) for entry in data["exclusive"]),
        exclusive_units=frozenset(entry["unit"] for entry in data["exclusive"]),
        not_one_another={frozenset(entry["pair"]): entry["why"] for entry in data["not_one_another"]},
        rates=tuple(
            Rate(r["code"], r["kind"], (r["of"]["measure"], r["of"]["unit"]), (r["to"]["measure"], r["to"]["unit"]))
            for r in data["rates"]
        ),
        source_types=frozenset(data["source_types"]),
        countries=frozenset(f"{data['codes']['now']} {data['codes']['once']}".split()),
        units=units,
        units_folded={plural: unit for unit in sorted(units) for plural in _plurals(unit)}
        | {"people": "person", "%": "percent"},
    )
