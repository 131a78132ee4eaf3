"""AS-10 (norms half): security, urgent care and immediate needs come before any question about the crime."""

from __future__ import annotations

import pytest

from fener.norms.packs import load_packs
from fener.norms.screening import evaluate, next_question, questions

SETS = sorted(load_packs().of_kind("screening_set"))


@pytest.mark.parametrize("set_id", SETS)
def test_as_10_needs_are_asked_before_the_first_question_about_what_happened(set_id: str) -> None:
    pack = load_packs().get("screening_set", set_id)
    answers: dict[str, str] = {}
    blocks = []
    while (question := next_question(pack, answers)) is not None:
        blocks.append(question.block)
        answers[question.id] = "unknown"
    first_other = next(n for n, block in enumerate(blocks) if block != "immediate")
    assert first_other >= 3
    assert "immediate" not in blocks[first_other:]


@pytest.mark.parametrize("set_id", SETS)
def test_as_10_danger_and_illness_are_asked_and_answered_first(set_id: str) -> None:
    pack = load_packs().get("screening_set", set_id)
    immediate = [q for q in questions(pack) if q.block == "immediate"]
    assert {"danger", "medical"} <= {part for q in immediate for part in q.id.split("-")}
    for question in (q for q in immediate if q.urgent_when):
        suggestion = evaluate(pack, {question.id: str(question.urgent_when)})
        assert suggestion.urgent
        assert suggestion.next[0].code == "make_safe"


@pytest.mark.parametrize("set_id", SETS)
def test_as_10_no_answer_about_needs_is_a_sign_of_the_crime(set_id: str) -> None:
    pack = load_packs().get("screening_set", set_id)
    assert not [q.id for q in questions(pack) if q.block == "immediate" and q.supports_when]
