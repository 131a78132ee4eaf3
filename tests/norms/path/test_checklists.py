"""Checklists: what nobody answered is missing, and a denial has somebody who denied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.packs import PackError, load_packs
from fener.norms.path.checklists import check_checklists, checklist, checklist_ids, gaps, rights_protected
from fener.norms.vocab import vocabulary
from tests.norms.rules_made_up import with_pack


def all_with(checklist_id: str, answer: str) -> dict[str, str]:
    return {item.code: answer for item in checklist(checklist_id).items}


def test_a_childs_return_is_checked_against_the_nine_lines() -> None:
    assert [item.code for item in checklist("child_return_or_stay").items] == [
        "security",
        "food",
        "accommodation",
        "health_care",
        "psychosocial",
        "legal",
        "social_services",
        "schooling",
        "foster_care",
    ]


def test_a_line_that_nobody_answered_is_missing_and_one_that_is_missing_is_open() -> None:
    found = gaps("child_return_or_stay", {"security": "given", "food": "missing", "legal": "declined"})
    assert found.open == ("food",)
    assert "accommodation" in found.unanswered
    assert "legal" not in (*found.open, *found.unanswered)
    assert not found.filled
    assert gaps("child_return_or_stay", all_with("child_return_or_stay", "given")).settled


def test_a_denied_paper_needs_the_one_who_denied_it() -> None:
    answers = all_with("personal_documents", "has") | {"identity": "denied", "birth": "denied"}
    found = gaps("personal_documents", answers, denied_by={"birth"})
    assert found.denied_by_nobody == ("identity",)
    assert set(found.open) == {"identity", "birth"}, "a denial settles nothing"


def test_one_right_that_was_violated_is_enough_and_an_open_line_is_no_yes() -> None:
    everything = all_with("case_rights", "yes")
    assert rights_protected(everything) is True
    assert rights_protected(everything | {"lawyer": "not_known"}) is None
    assert rights_protected(everything | {"lawyer": "not_known", "informed": "no"}) is False
    assert rights_protected({}) is None
    assert rights_protected(all_with("operation_rights", "not_applicable"), of="operation_rights") is True


def test_a_misspelt_line_or_answer_is_noticed() -> None:
    with pytest.raises(KeyError, match="fod"):
        gaps("child_return_or_stay", {"fod": "given"})
    with pytest.raises(ValueError, match="givn"):
        gaps("child_return_or_stay", {"food": "givn"})


@given(st.sampled_from(checklist_ids()), st.data())
def test_every_line_is_in_exactly_one_place(checklist_id: str, data: st.DataObject) -> None:
    found = checklist(checklist_id)
    codes = [item.code for item in found.items]
    states = st.sampled_from(vocabulary(found.states).codes())
    answers = data.draw(st.dictionaries(st.sampled_from(codes), states))
    result = gaps(checklist_id, answers)
    settled = {code for code, answer in answers.items() if answer in found.answered}
    assert sorted([*result.unanswered, *result.open, *settled]) == sorted(codes)


def test_a_pack_with_an_answer_that_its_list_lacks_is_refused() -> None:
    with pytest.raises(PackError, match="givn"):
        check_checklists(with_pack(load_packs(), "checklist", "child_return_or_stay", answered=["givn"]))
    with pytest.raises(PackError, match="no vocabulary"):
        check_checklists(with_pack(load_packs(), "checklist", "child_return_or_stay", states="nonsense"))
    items = load_packs().get("checklist", "enterprise_safeguards").data["items"]
    with pytest.raises(PackError, match="launch_enterprise"):
        check_checklists(with_pack(load_packs(), "checklist", "enterprise_safeguards", items=items[1:]))
    with pytest.raises(PackError, match="twice"):
        check_checklists(with_pack(load_packs(), "checklist", "enterprise_safeguards", items=[items[0], items[0]]))
