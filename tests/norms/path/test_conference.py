"""Case conferences: chair, quorum, missing sectors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.packs import PackError, load_packs
from fener.norms.path.conference import check_conference, check_conference_pack, members, needs_conference
from fener.norms.path.flags import codes_of
from tests.norms.rules_made_up import with_pack

ENOUGH = ["child_protection", "health", "school", "ngo", "municipality"]
some = st.sets(st.sampled_from(members()))


def test_five_of_nine_sectors_with_chair_and_health_hold() -> None:
    found = check_conference(ENOUGH, chaired_by="child_protection")
    assert found.holds
    assert found.quorum
    assert found.missing == ("community_police", "victim_advocate", "probation", "anti_trafficking_police")


def test_four_of_nine_are_no_quorum_and_it_is_said() -> None:
    found = check_conference(ENOUGH[:4], chaired_by="child_protection")
    assert codes_of(found.flags) == ("no_quorum",)
    assert found.flags[0].why.english() == "4 of 9 sectors were there; more than half are needed."


def test_without_health_or_with_another_chair_it_does_not_hold() -> None:
    without = check_conference([s for s in (*ENOUGH, "probation") if s != "health"], chaired_by="child_protection")
    assert codes_of(without.flags) == ("sector_absent",)
    assert codes_of(check_conference(ENOUGH, chaired_by="community_police").flags) == ("not_chaired",)
    assert codes_of(check_conference(ENOUGH, chaired_by=None).flags) == ("not_chaired",)


def test_a_guardian_may_be_there_and_counts_for_no_quorum() -> None:
    found = check_conference([*ENOUGH[:4], "guardian"], chaired_by="child_protection")
    assert "guardian" in found.present
    assert not found.quorum


@pytest.mark.parametrize(("level", "needed"), [("low", False), ("medium", True), ("high", True), ("immediate", True)])
def test_children_at_medium_risk_and_above_come_before_it(level: str, needed: bool) -> None:
    assert needs_conference(level) is needed
    assert needs_conference(None) is False


@given(some, some)
def test_one_more_sector_never_breaks_a_quorum(present: set[str], more: set[str]) -> None:
    before = check_conference(present, chaired_by="child_protection")
    after = check_conference(present | more, chaired_by="child_protection")
    assert after.quorum or not before.quorum
    assert set(before.missing) == set(members()) - present
    assert before.quorum == (2 * len(present) > len(members()))


def test_a_sector_or_a_pack_that_is_misspelt_is_noticed() -> None:
    with pytest.raises(ValueError, match="helth"):
        check_conference(["helth"], chaired_by=None)
    for changed in ({"chair": "chid"}, {"members": ["helth"]}, {"levels": ["hihg"]}, {"required": ["guardian"]}):
        with pytest.raises(PackError):
            check_conference_pack(with_pack(load_packs(), "conference", "conference", **changed))
