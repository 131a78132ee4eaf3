"""Invented facts for the tests of the definitions, and strategies that draw any valid facts file."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

from fener.norms.facts_input import element_codes, indicator_codes
from fener.norms.packs import load_packs

ACTS = element_codes(load_packs(), "act")
MEANS = element_codes(load_packs(), "means")
PURPOSES = element_codes(load_packs(), "purpose")
INDICATORS = indicator_codes(load_packs())

ADULT: dict[str, Any] = {"person": {"age": 30, "age_disputed": "no"}}
CHILD: dict[str, Any] = {"person": {"age": 15, "age_disputed": "no"}}
DEBT: dict[str, Any] = {
    "principal": 1200,
    "services_value": 3000,
    "credited": 300,
    "deductions": 0,
    "currency": "EUR",
    "length_defined": "yes",
    "nature_defined": "yes",
}


def none_of(codes: list[str]) -> dict[str, str]:
    """Every code looked for and excluded."""
    return dict.fromkeys(codes, "no")


def trafficked_adult(**more: Any) -> dict[str, Any]:
    """An adult with one act, one means and one purpose, and whatever else is given."""
    facts = {
        **ADULT,
        "acts": {"recruitment": "yes"},
        "means": {"deception": "yes"},
        "purposes": {"sexual_exploitation": "yes"},
        **more,
    }
    return copy.deepcopy(facts)


def facts_with(facts: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy of the facts with one fact (``section/key`` or ``key``) set."""
    changed = copy.deepcopy(facts)
    *section, key = path.split("/")
    target = changed.setdefault(section[0], {}) if section else changed
    target[key] = value
    return changed


answers = st.sampled_from(["yes", "no", "unknown"])


def some_of(codes: list[str]) -> st.SearchStrategy[dict[str, str]]:
    """A section in which any of the codes may be missing; now and then every one is excluded."""
    return st.one_of(st.fixed_dictionaries({}, optional=dict.fromkeys(codes, answers)), st.just(none_of(codes)))


sums = st.integers(min_value=0, max_value=3000).map(lambda number: number - number % 100)
debts = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("principal", "services_value", "credited", "deductions"), sums),
        **dict.fromkeys(("length_defined", "nature_defined", "still_claimed"), answers),
    },
)
labour = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys([*INDICATORS, "voluntary", "conditions_known"], answers),
        "other_penalty": st.sampled_from(["none", "loss_of_privileges", "unknown"]),
    },
)
persons = st.fixed_dictionaries({}, optional={"age": st.integers(0, 80), "age_disputed": answers})
movements = st.fixed_dictionaries(
    {}, optional={"cross_border": answers, "entry": st.sampled_from(["legal", "irregular", "none", "unknown"])}
)
smuggling = st.fixed_dictionaries({}, optional={"paid_for_entry": answers, "free_after_arrival": answers})
organs = st.fixed_dictionaries({}, optional={"removed": answers, "promised": sums, "received": sums})
any_facts = st.fixed_dictionaries(
    {},
    optional={
        "person": persons,
        "acts": some_of(ACTS),
        "means": some_of(MEANS),
        "purposes": some_of(PURPOSES),
        "consent": answers,
        "movement": movements,
        "forced_labour": labour,
        "debt": debts,
        "smuggling": smuggling,
        "organ": organs,
        "need": answers,
    },
)
