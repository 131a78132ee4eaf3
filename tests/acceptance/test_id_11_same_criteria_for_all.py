"""ID-11: internal, national, male, minority, child, labour-exploited: the same criteria and entitlements."""

from __future__ import annotations

import pytest

from fener.norms.facts_input import TOP_KEYS, InputError
from fener.norms.qualify import qualify
from tests.norms.facts_made_up import PURPOSES, trafficked_adult


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize(
    "movement", [{"cross_border": "yes", "entry": "irregular"}, {"cross_border": "no", "entry": "none"}]
)
@pytest.mark.parametrize("age", [15, 30])
def test_id_11_every_form_internal_or_not_child_or_adult_passes_the_same_test(
    purpose: str, movement: dict[str, str], age: int
) -> None:
    facts = trafficked_adult(purposes={purpose: "yes"}, movement=movement, person={"age": age})
    result = qualify(facts)
    assert result.qualification == "trafficking"
    assert result.entitled_to_protection is True


@pytest.mark.parametrize("fact", ["sex", "gender", "nationality", "ethnicity", "minority", "religion", "origin"])
def test_id_11_sex_origin_and_minority_are_not_facts_of_the_test(fact: str) -> None:
    assert fact not in TOP_KEYS
    with pytest.raises(InputError):
        qualify({fact: "yes"})
    with pytest.raises(InputError):
        qualify({"person": {fact: "yes"}})
