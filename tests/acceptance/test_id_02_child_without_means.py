"""ID-02: for a person under 18 act and purpose suffice; no means is asked for and consent is ignored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.qualify import qualify
from tests.norms.facts_made_up import ACTS, CHILD, MEANS, PURPOSES, answers, none_of, some_of

FACTS = {**CHILD, "acts": {"receipt": "yes"}, "purposes": {"begging": "yes"}}


@given(some_of(MEANS), answers)
def test_id_02_neither_means_nor_consent_changes_the_result_for_a_child(means: dict[str, str], consent: str) -> None:
    result = qualify({**FACTS, "means": means, "consent": consent})
    assert result.qualification == "trafficking"
    assert result.child is True
    assert result.consent_relevant is False


@given(st.integers(0, 17))
def test_id_02_every_age_under_18_is_a_child(age: int) -> None:
    assert qualify({**FACTS, "person": {"age": age}, "means": none_of(MEANS)}).qualification == "trafficking"


def test_id_02_at_18_the_means_is_needed() -> None:
    facts = {**FACTS, "person": {"age": 18}}
    assert qualify(facts).qualification == "undetermined"
    assert qualify({**facts, "means": none_of(MEANS)}).qualification == "not_trafficking"
    assert qualify({**facts, "means": {"abuse_of_power": "yes"}}).qualification == "trafficking"


@pytest.mark.parametrize(
    ("section", "excluded"), [("acts", none_of(ACTS)), ("purposes", none_of(PURPOSES))], ids=["act", "purpose"]
)
def test_id_02_a_child_still_needs_act_and_purpose(section: str, excluded: dict[str, str]) -> None:
    assert qualify({**FACTS, section: excluded}).qualification == "not_trafficking"
    assert qualify({**FACTS, section: {}}).qualification == "undetermined"
