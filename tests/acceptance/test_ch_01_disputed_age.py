"""CH-01 (the test): where age is doubtful or disputed the person is treated as a child until it is decided."""

from __future__ import annotations

import pytest

from fener.norms.qualify import qualify
from tests.norms.facts_made_up import MEANS, none_of

FACTS = {"acts": {"harbouring": "yes"}, "purposes": {"servitude": "yes"}, "means": none_of(MEANS), "consent": "yes"}


@pytest.mark.parametrize("age", [14, 17, 18, 19, 25, None, "unknown"])
def test_ch_01_disputed_age_is_presumed_child(age: object) -> None:
    result = qualify({**FACTS, "person": {"age": age, "age_disputed": "yes"}})
    assert result.child == "presumed"
    assert result.qualification == "trafficking"
    assert result.consent_relevant is False
    assert "palermo.age_disputed" in {reason.rule for reason in result.reasons}


@pytest.mark.parametrize("person", [{}, {"age": "unknown"}, {"age_disputed": "unknown"}, {"age_disputed": "no"}])
def test_ch_01_unknown_age_is_presumed_child(person: dict[str, str]) -> None:
    result = qualify({**FACTS, "person": person})
    assert result.child == "presumed"
    assert result.qualification == "trafficking"


def test_ch_01_the_presumption_ends_with_the_decision() -> None:
    decided = qualify({**FACTS, "person": {"age": 19, "age_disputed": "no"}})
    assert (decided.child, decided.qualification) == (False, "not_trafficking")
    assert qualify({**FACTS, "person": {"age": 17, "age_disputed": "no"}}).child is True
