"""ID-07 (the test): organ removal with deception, coercion or non-payment; for a child, with being moved."""

from __future__ import annotations

import pytest

from fener.norms.qualify import qualify
from tests.norms.facts_made_up import MEANS, none_of

REMOVAL = {"acts": {"transportation": "yes"}, "purposes": {"organ_removal": "yes"}}
ADULT_SELLER = {**REMOVAL, "person": {"age": 40}}


@pytest.mark.parametrize("means", ["deception", "coercion"])
def test_id_07_deception_or_coercion_meets_the_test_for_an_adult(means: str) -> None:
    assert qualify({**ADULT_SELLER, "means": {means: "yes"}}).qualification == "trafficking"


@pytest.mark.parametrize(
    ("received", "expected"), [(0, "trafficking"), (999, "trafficking"), (1000, "not_trafficking")]
)
def test_id_07_a_payment_that_was_not_made_in_full_meets_it_too(received: int, expected: str) -> None:
    sums = {"removed": "yes", "organ": "kidney", "promised": 1000, "received": received, "currency": "EUR"}
    result = qualify({**ADULT_SELLER, "means": none_of(MEANS), "organ": sums})
    assert result.qualification == expected
    assert f"Promised 1000 EUR, received {received} EUR." in {reason.text for reason in result.reasons}


def test_id_07_a_sum_that_nobody_asked_about_decides_nothing() -> None:
    assert qualify({**ADULT_SELLER, "organ": {"promised": 1000}}).qualification == "undetermined"


def test_id_07_for_a_child_movement_and_removal_are_enough() -> None:
    child = {"person": {"age": 16}, "acts": {"transportation": "yes"}, "organ": {"removed": "yes"}}
    result = qualify({**child, "means": none_of(MEANS), "consent": "yes"})
    assert result.qualification == "trafficking"
    assert result.elements["purpose"].value == "found"


def test_id_07_protection_is_the_same_as_for_other_forms() -> None:
    result = qualify({**ADULT_SELLER, "means": none_of(MEANS)})
    assert result.qualification == "not_trafficking"
    assert result.entitled_to_protection is True
    assert "organ_sale" in result.alternatives
