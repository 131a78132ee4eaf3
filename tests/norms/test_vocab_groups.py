"""Lists of the whole path: every code says where it comes from, and what belongs together shares a group."""

from __future__ import annotations

import pytest

from fener.norms.packs import load_packs
from fener.norms.vocab import vocabulary

GROUPED = [
    (vocabulary_id, entry.group)
    for vocabulary_id in sorted(load_packs().of_kind("vocabulary"))
    if "extends" not in load_packs().get("vocabulary", vocabulary_id).data
    for entry in vocabulary(vocabulary_id).entries
    if entry.group
]


@pytest.mark.parametrize(
    "vocabulary_id", ["risk_kind", "return_type", "court_measure", "met_outcome", "right_violated", "outcome_home"]
)
def test_every_code_says_where_it_comes_from(vocabulary_id: str) -> None:
    assert all(entry.source is not None for entry in vocabulary(vocabulary_id).entries)


def test_codes_of_a_group_are_found_together() -> None:
    returns = vocabulary("return_type")
    assert returns.in_group("forced") == {"deportation", "forced_removal", "border_refusal"}
    assert returns.in_group("voluntary") & returns.in_group("forced") == set()
    assert returns.group("resettlement") == "third"


def test_a_misspelt_group_is_noticed() -> None:
    with pytest.raises(ValueError, match="voluntry"):
        vocabulary("return_type").in_group("voluntry")
    with pytest.raises(ValueError, match="nonsense"):
        vocabulary("return_type").group("nonsense")


def test_only_what_is_not_known_leaves_somebody_unaccounted_for() -> None:
    assert vocabulary("met_outcome").in_group("open") == {"not_known"}


def test_recruiters_at_home_are_a_risk_of_their_own() -> None:
    assert "local_recruiters" in vocabulary("risk_kind")
    assert "local_recruiters_watched" in vocabulary("protection_measure")


def test_a_list_is_grouped_as_a_whole_or_says_nothing_by_a_missing_group() -> None:
    assert len(GROUPED) > 100
    for vocabulary_id in ("outcome_home", "outcome_work", "outcome_income", "outcome_school", "outcome_safety"):
        assert {entry.group for entry in vocabulary(vocabulary_id).entries} <= {"good", "bad", "neither", "unknown"}
