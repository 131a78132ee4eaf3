"""Screening: order, skipping, progress, and a suggestion that only ever opens doors wider."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.packs import Pack, PackError, load_packs
from fener.norms.screening import (
    ANSWERS,
    BLOCKS,
    InvalidAnswers,
    evaluate,
    next_question,
    progress,
    questions,
    screening_set,
)
from tests.norms.packs_made_up import write_pack

SETS = sorted(load_packs().of_kind("screening_set"))
RANK: dict[str | None, int] = {None: 0, "potential": 1, "presumed": 2}


def the_set(set_id: str = "adult-labour-inspection") -> Pack:
    return load_packs().get("screening_set", set_id)


@st.composite
def answered(draw: st.DrawFn) -> tuple[Pack, dict[str, str]]:
    pack = the_set(draw(st.sampled_from(SETS)))
    ids = [q.id for q in questions(pack)]
    return pack, draw(st.dictionaries(st.sampled_from(ids), st.sampled_from(ANSWERS)))


@given(answered(), st.data())
def test_adding_a_supporting_answer_never_lowers_the_suggestion(given_: Any, data: st.DataObject) -> None:
    pack, answers = given_
    signs = [q for q in questions(pack) if q.supports_when]
    question = data.draw(st.sampled_from(signs))
    before = evaluate(pack, answers)
    after = evaluate(pack, {**answers, question.id: str(question.supports_when)})
    assert RANK[after.status_suggested] >= max(RANK[before.status_suggested], 1)
    assert {r.question for r in before.reasons} <= {r.question for r in after.reasons}


@given(answered(), st.data())
def test_an_answer_that_supports_nothing_changes_neither_suggestion_nor_reasons(
    given_: Any, data: st.DataObject
) -> None:
    pack, answers = given_
    question = data.draw(st.sampled_from(questions(pack)))
    answers.pop(question.id, None)
    silent = data.draw(st.sampled_from([a for a in ANSWERS if a != question.supports_when]))
    before, after = evaluate(pack, answers), evaluate(pack, {**answers, question.id: silent})
    assert (before.status_suggested, before.reasons) == (after.status_suggested, after.reasons)


@given(answered())
def test_every_applying_question_is_asked_once_and_then_there_is_an_end(given_: Any) -> None:
    pack, answers = given_
    asked = []
    while (question := next_question(pack, answers)) is not None:
        assert question.id not in answers
        asked.append(question)
        answers = {**answers, question.id: "unknown"}
    assert [BLOCKS.index(q.block) for q in asked] == sorted(BLOCKS.index(q.block) for q in asked)
    done = progress(pack, answers)
    assert done.answered == done.total


def test_a_question_that_an_answer_made_needless_is_skipped_and_not_counted() -> None:
    pack = the_set()
    everything = {q.id: "no" for q in questions(pack) if q.id not in ("owes-debt", "debt-grows")}
    asked = next_question(pack, {**everything, "owes-debt": "unknown"})
    assert asked is not None
    assert asked.id == "debt-grows"
    assert next_question(pack, {**everything, "owes-debt": "no"}) is None
    assert progress(pack, {"owes-debt": "no"}).total == progress(pack, {}).total - 1
    assert "debt-grows" not in evaluate(pack, {"owes-debt": "no"}).unanswered


def test_unanswered_and_unknown_are_listed() -> None:
    suggestion = evaluate(the_set(), {"free-to-quit": "unknown", "hurt": "no"})
    assert "free-to-quit" in suggestion.unanswered
    assert "may-leave" in suggestion.unanswered
    assert "hurt" not in suggestion.unanswered


def test_one_strong_sign_is_enough_to_presume_and_one_weaker_sign_opens_the_offer() -> None:
    assert evaluate(the_set(), {"free-to-quit": "no"}).status_suggested == "presumed"
    weaker = evaluate(the_set(), {"job-different": "yes"})
    assert weaker.status_suggested == "potential"
    assert "offer_call" in {step.code for step in weaker.next}


def test_a_rule_of_several_questions_needs_all_of_them() -> None:
    assert evaluate(the_set(), {"owes-debt": "yes"}).status_suggested == "potential"
    both = evaluate(the_set(), {"owes-debt": "yes", "lives-at-work": "yes"})
    assert both.status_suggested == "presumed"
    assert {r.question for r in both.reasons if r.rule == "adult-debt-and-housing"} == {"owes-debt", "lives-at-work"}


def test_no_sign_closes_nothing() -> None:
    suggestion = evaluate(the_set(), {q.id: "unknown" for q in questions(the_set())})
    assert suggestion.status_suggested is None
    assert {"nothing_decided", "offer_information", "keep_offer_open"} <= {step.code for step in suggestion.next}


def test_danger_is_said_first() -> None:
    suggestion = evaluate(the_set(), {"danger-now": "yes"})
    assert suggestion.urgent
    assert suggestion.next[0].code == "make_safe"
    assert not evaluate(the_set(), {"danger-now": "unknown"}).urgent


def test_signs_point_at_codes_for_the_case() -> None:
    facts = evaluate(the_set(), {"free-to-quit": "no", "may-leave": "no", "owes-debt": "yes"}).facts
    assert facts == {"exploitation": ("ForcedLabour",), "control_methods": ("movement_restricted", "DebtBondage")}


@pytest.mark.parametrize("answers", [{"shoe-size": "yes"}, {"hurt": "perhaps"}, {"hurt": "YES"}])
def test_an_answer_that_the_set_cannot_have_is_refused(answers: dict[str, str]) -> None:
    with pytest.raises(InvalidAnswers):
        evaluate(the_set(), answers)
    with pytest.raises(InvalidAnswers):
        next_question(the_set(), answers)


def test_a_suggestion_can_be_kept_as_json() -> None:
    kept = evaluate(the_set(), {"hurt": "yes"}).to_json()
    assert (kept["set"], kept["version"]) == ("adult-labour-inspection", "1.0")
    assert kept["reasons"][0]["rule"] == "adult-strong-sign"


def own_set(tmp_path: Path, question: dict[str, Any] | None = None, rules: Any = None, **data: Any) -> Pack:
    """A node's own set with a question pack of its own."""
    first = {"id": "first", "block": "immediate", "to": "officer", "text": "All well?", "asked": "observed"}
    sign = {"id": "sign", "block": "work", "to": "person", "text": "Is it so?", "asked": "asked"}
    sign |= {"indicator": "deception", "supports_when": "yes", "strength": "strong", **(question or {})}
    cited = {"source": {"id": "fener"}}
    when = rules or [("presumed", {"any": "strong"}), ("potential", {"any": "every"})]
    bank = {
        "questions": [{**first, "urgent_when": "no", **cited}, {**sign, **cited}],
        "rules": [{"id": f"r{n}", "suggests": s, "when": w, "text": "Why.", **cited} for n, (s, w) in enumerate(when)],
    }
    body = {"setting": "own", "person": "adult", "for": "Anybody", "layout": "one_question", "intro": "Hello."}
    body |= {"banks": {"own": "1.0"}, "questions": ["first", "sign"], **data}
    folder = tmp_path / "own"
    folder.mkdir()
    write_pack(folder / "bank.yaml", "screening_questions", "own", bank)
    write_pack(folder / "set.yaml", "screening_set", "adult-own", body)
    return load_packs(also=[folder]).get("screening_set", "adult-own")


def test_a_node_can_bring_a_set_of_its_own(tmp_path: Path) -> None:
    pack = own_set(tmp_path)
    packs = load_packs(also=[tmp_path / "own"])
    assert screening_set("own", child=False, packs=packs).id == pack.id
    assert evaluate(pack, {"sign": "yes"}, packs=packs).status_suggested == "presumed"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"banks": {"own": "0.9"}}, "was written for version 0.9"),
        ({"banks": {"none": "1.0"}}, "no such question pack"),
        ({"questions": ["sign"]}, "immediate needs"),
        ({"questions": ["first", "sign", "sign"]}, "occurs twice"),
        ({"questions": ["first", "other"]}, "no question 'other'"),
        ({"question": {"indicator": "weather"}}, "not a known sign"),
        ({"question": {"suggests": {"exploitation": ["x"]}}}, "not in the list"),
        ({"question": {"suggests": {"first_name": ["x"]}}}, "which is not there"),
        ({"question": {"skip_if": {"question": "x", "is": "no"}}}, "which is not there"),
        ({"question": {"protective": True}}, "should not be valid"),
        ({"question": {"weight": -1}}, "weight"),
        ({"rules": [("potential", {"any": "every"})]}, "one strong sign alone"),
        ({"rules": [("presumed", {"any": "strong"})]}, "notes every sign"),
        ({"rules": [("not_identified", {"any": "every"})]}, "not one of"),
        ({"child_set": "adult-police"}, "not a set for children"),
    ],
)
def test_a_set_that_could_harm_is_refused(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    with pytest.raises(PackError, match=reason):
        own_set(tmp_path, **change)
