"""ID-05: work under menace of any penalty that is not voluntary; six indicators, singly or together; no threshold."""

from __future__ import annotations

import itertools

import pytest

from fener.norms.packs import load_packs
from fener.norms.qualify import qualify
from tests.norms.facts_made_up import ADULT, INDICATORS, none_of

SIX = {
    "violence",
    "restriction_of_movement",
    "debt_bondage",
    "wages_withheld",
    "documents_retained",
    "denunciation_threat",
}


def labour(**section: str) -> str:
    return qualify({**ADULT, "forced_labour": section}).forced_labour


def test_id_05_the_six_indicators_are_read_singly_or_together() -> None:
    assert set(INDICATORS) == SIX
    for size in range(1, 7):
        for present in itertools.combinations(INDICATORS, size):
            section = {**none_of(INDICATORS), **dict.fromkeys(present, "yes"), "voluntary": "no"}
            assert labour(**section) == "found"


def test_id_05_there_is_no_numeric_threshold() -> None:
    assert load_packs().get("definition", "forced_labour").data["threshold"] == "none"


@pytest.mark.parametrize("penalty", ["loss_of_privileges", "loss_of_rights", "no days off"])
def test_id_05_loss_of_rights_or_privileges_is_a_penalty(penalty: str) -> None:
    assert labour(**none_of(INDICATORS), other_penalty=penalty, voluntary="no") == "found"
    assert labour(**none_of(INDICATORS), other_penalty="none", voluntary="no") == "not_found"


def test_id_05_unknown_indicators_stay_unknown() -> None:
    assert labour(**dict.fromkeys(INDICATORS, "unknown"), voluntary="no") == "undetermined"
    assert labour(violence="yes", voluntary="unknown") == "undetermined"


def test_id_05_both_menace_and_involuntariness_are_needed() -> None:
    assert labour(violence="yes", voluntary="yes") == "not_found"


def test_id_05_an_agreement_made_without_knowing_the_conditions_is_not_honoured() -> None:
    facts = {**ADULT, "forced_labour": {"wages_withheld": "yes", "voluntary": "yes"}}
    assert qualify({**facts, "means": {"deception": "yes"}}).forced_labour == "found"
    assert labour(wages_withheld="yes", voluntary="yes", conditions_known="no") == "found"
