"""ID-01: for an adult act, means and purpose are each needed; once a means is recorded consent changes nothing."""

from __future__ import annotations

import itertools

import pytest

from fener.norms.qualify import qualify
from tests.norms.facts_made_up import ACTS, ADULT, MEANS, PURPOSES, none_of, trafficked_adult

SECTIONS = {"acts": ("recruitment", ACTS), "means": ("deception", MEANS), "purposes": ("servitude", PURPOSES)}


def test_id_01_adult_needs_act_means_and_purpose() -> None:
    """All 27 combinations of found, excluded and unknown."""
    for states in itertools.product(("found", "not_found", "unknown"), repeat=3):
        facts = dict(ADULT)
        for (section, (one, codes)), state in zip(SECTIONS.items(), states, strict=True):
            facts[section] = {"found": {one: "yes"}, "not_found": none_of(codes), "unknown": {one: "unknown"}}[state]
        result = qualify(facts)
        assert tuple(finding.value for finding in result.elements.values()) == states
        expected = "trafficking" if set(states) == {"found"} else "undetermined"
        assert result.qualification == ("not_trafficking" if "not_found" in states else expected)


@pytest.mark.parametrize(("section", "codes"), [("acts", ACTS), ("means", MEANS), ("purposes", PURPOSES)])
def test_id_01_any_single_act_means_or_purpose_of_the_definition_is_enough(section: str, codes: list[str]) -> None:
    for code in codes:
        assert qualify(trafficked_adult(**{section: {code: "yes"}})).qualification == "trafficking"


def test_id_01_the_definition_has_the_elements_of_article_3() -> None:
    assert set(ACTS) == {"recruitment", "transportation", "transfer", "harbouring", "receipt"}
    assert {"threat", "force", "coercion", "abduction", "fraud", "deception"} < set(MEANS)
    assert {"abuse_of_power", "abuse_of_vulnerability", "payment_to_controller"} < set(MEANS)
    named = {"prostitution", "sexual_exploitation", "forced_labour", "slavery", "slavery_like", "servitude"}
    assert named | {"organ_removal"} < set(PURPOSES)


@pytest.mark.parametrize("means", MEANS)
def test_id_01_consent_changes_nothing_once_a_means_is_recorded(means: str) -> None:
    answers = [qualify(trafficked_adult(means={means: "yes"}, consent=word)) for word in ("yes", "no", "unknown")]
    assert {answer.qualification for answer in answers} == {"trafficking"}
    assert {answer.consent_relevant for answer in answers} == {False}


def test_id_01_unknown_is_an_answer_and_is_not_read_as_no() -> None:
    facts = trafficked_adult(means=dict.fromkeys(MEANS, "unknown"), consent="yes")
    assert qualify(facts).qualification == "undetermined"
