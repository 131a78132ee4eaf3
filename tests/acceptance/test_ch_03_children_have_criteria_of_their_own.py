"""CH-03: children have criteria, forms and age bands of their own; the border set asks about children on papers."""

from __future__ import annotations

import pytest

from fener.norms.packs import load_packs
from fener.norms.screening import evaluate, questions
from fener.norms.vocab import vocabulary

CHILD_SETS = [key for key, pack in load_packs().of_kind("screening_set").items() if pack.data["person"] == "child"]
ADULT_SETS = [key for key, pack in load_packs().of_kind("screening_set").items() if pack.data["person"] == "adult"]


@pytest.mark.parametrize("set_id", CHILD_SETS)
def test_ch_03_a_childs_set_shares_no_question_on_the_facts_with_an_adults(set_id: str) -> None:
    adults = load_packs().get("screening_set", set_id.replace("child", "adult"))
    child = {q.id for q in questions(load_packs().get("screening_set", set_id)) if q.block != "immediate"}
    assert child
    assert not child & {q.id for q in questions(adults)}


def test_ch_03_both_border_sets_ask_about_a_child_named_on_an_adults_papers() -> None:
    adult = load_packs().get("screening_set", "adult-border")
    child = load_packs().get("screening_set", "child-border")
    assert "child-named-on-papers" in {q.id for q in questions(adult)}
    assert "child-on-adult-papers" in {q.id for q in questions(child)}
    suggestion = evaluate(adult, {"child-named-on-papers": "yes"})
    assert suggestion.use_set == "child-border"
    assert suggestion.status_suggested is None, "what concerns the child is no sign about the adult"
    assert evaluate(child, {"child-on-adult-papers": "yes"}).status_suggested == "potential"


@pytest.mark.parametrize("set_id", ADULT_SETS)
def test_ch_03_whoever_may_be_a_child_goes_on_with_the_childs_set(set_id: str) -> None:
    pack = load_packs().get("screening_set", set_id)
    other = set_id.replace("adult", "child")
    assert evaluate(pack, {"minor-looks": "yes"}).use_set == other
    assert evaluate(pack, {}, {"age": 17}).use_set == other
    assert evaluate(pack, {}, {"age": 19, "age_disputed": True}).use_set == other
    assert evaluate(pack, {}, {"age": 19}).use_set is None


@pytest.mark.parametrize("set_id", CHILD_SETS)
def test_ch_03_a_child_needs_fewer_signs_and_a_guardian_is_called(set_id: str) -> None:
    pack = load_packs().get("screening_set", set_id)
    weaker = [q for q in questions(pack) if q.strength == "supporting"][:2]
    suggestion = evaluate(pack, {q.id: str(q.supports_when) for q in weaker})
    assert suggestion.status_suggested == "presumed"
    assert "guardian" in {step.code for step in suggestion.next}


def test_ch_03_age_bands_part_children_from_adults() -> None:
    bands = vocabulary("age_band").codes()
    assert bands[:4] == ("0-6", "7-9", "10-14", "15-17")
    assert bands[4].startswith("18")
