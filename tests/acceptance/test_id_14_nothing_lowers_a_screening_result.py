"""ID-14: papers, pay, a private flat, leaving willingly, no restraint, distrust or refusing return lower nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.packs import Pack, load_packs
from fener.norms.screening import ANSWERS, evaluate, questions

SETS = sorted(load_packs().of_kind("screening_set"))
HARMLESS = {
    "holding papers": {"has-own-papers": "yes", "papers-kept": "no"},
    "being paid": {"is-paid": "yes", "wages-paid": "yes"},
    "a private flat": {"lives-privately": "yes"},
    "having left home willingly": {"came-willingly": "yes"},
    "no physical restraint": {"may-leave": "yes"},
    "distrust of police": {"trusts-police": "no"},
    "refusing to return": {"wants-return": "no"},
    "not asking for help": {"wants-help": "no"},
}


def a_set(set_id: str) -> Pack:
    return load_packs().get("screening_set", set_id)


@pytest.mark.parametrize("what", HARMLESS)
@pytest.mark.parametrize("set_id", [s for s in SETS if s.startswith("adult")])
def test_id_14_it_changes_neither_the_suggestion_nor_its_reasons(set_id: str, what: str) -> None:
    pack = a_set(set_id)
    known = {q.id for q in questions(pack)}
    extra = {question: answer for question, answer in HARMLESS[what].items() if question in known}
    for sign in (q for q in questions(pack) if q.supports_when and q.id not in extra):
        alone = evaluate(pack, {sign.id: str(sign.supports_when)})
        beside = evaluate(pack, {sign.id: str(sign.supports_when), **extra})
        assert (beside.status_suggested, beside.reasons) == (alone.status_suggested, alone.reasons)


@given(st.data())
def test_id_14_no_answer_to_a_protective_question_changes_anything(data: st.DataObject) -> None:
    pack = a_set(data.draw(st.sampled_from(SETS)))
    asked = questions(pack)
    protective = [q.id for q in asked if q.protective]
    others = {q.id: data.draw(st.sampled_from(ANSWERS)) for q in asked if not q.protective}
    given_answers = {question: data.draw(st.sampled_from(ANSWERS)) for question in protective}
    without, with_them = evaluate(pack, others), evaluate(pack, {**others, **given_answers})
    assert (without.status_suggested, without.reasons, without.urgent, without.next) == (
        with_them.status_suggested,
        with_them.reasons,
        with_them.urgent,
        with_them.next,
    )


@given(st.data())
def test_id_14_no_answer_at_all_takes_back_what_another_suggests(data: st.DataObject) -> None:
    pack = a_set(data.draw(st.sampled_from(SETS)))
    asked = questions(pack)
    strong = data.draw(st.sampled_from([q for q in asked if q.strength == "strong"]))
    answers = {q.id: data.draw(st.sampled_from(ANSWERS)) for q in asked}
    answers[strong.id] = str(strong.supports_when)
    assert evaluate(pack, answers).status_suggested == "presumed"
