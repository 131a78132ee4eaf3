"""ID-13: a screening result suggests a status and explains itself rule by rule; no status is ever set by it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.packs import load_packs
from fener.norms.screening import ANSWERS, evaluate, questions, rules

SETS = sorted(load_packs().of_kind("screening_set"))


@given(st.data())
def test_id_13_a_suggestion_is_never_a_decision_and_every_suggestion_has_its_reasons(data: st.DataObject) -> None:
    pack = load_packs().get("screening_set", data.draw(st.sampled_from(SETS)))
    answers: dict[str, Any] = {q.id: data.draw(st.sampled_from(ANSWERS)) for q in questions(pack)}
    before = dict(answers)
    suggestion = evaluate(pack, answers)
    assert suggestion.status_suggested in (None, "potential", "presumed")
    assert (suggestion.status_suggested is None) == (suggestion.reasons == ())
    assert "sets no status" in suggestion.disclaimer
    assert answers == before
    by_id = {rule.id: rule for rule in rules(pack)}
    for reason in suggestion.reasons:
        assert reason.text == by_id[reason.rule].text
        assert str(by_id[reason.rule].source) in reason.source
        assert answers[reason.question] == reason.answer
    fired = {by_id[reason.rule].suggests for reason in suggestion.reasons}
    assert suggestion.status_suggested in fired or not fired


@pytest.mark.parametrize("set_id", SETS)
def test_id_13_no_rule_of_any_set_names_a_status_that_only_a_decision_gives(set_id: str) -> None:
    found = {rule.suggests for rule in rules(load_packs().get("screening_set", set_id))}
    assert found == {"potential", "presumed"}
