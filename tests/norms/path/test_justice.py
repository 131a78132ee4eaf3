"""Around proceedings: non-punishment, the hearing, the hand-over of a child, coming back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.path.flags import codes_of
from fener.norms.path.justice import (
    back_again_flag,
    back_within,
    confrontation_flag,
    days_in_detention,
    hand_over_flag,
    hearing_flag,
    review_flag,
    stay_marks,
)

DAY = date(2026, 3, 2)


@pytest.mark.parametrize("act", ["illegal_entry", "organ_sale", "aftercare", "begging"])
@pytest.mark.parametrize("status", ["presumed", "identified"])
def test_a_penalty_for_what_is_linked_opens_a_review(status: str, act: str) -> None:
    flag = review_flag(status=status, act=act, penalty="arrest")
    assert flag is not None
    assert flag.rule == "JU-05"
    assert review_flag(status=status, act=act, penalty="arrest", resolved=True) is None


def test_without_a_status_there_is_no_review_of_this_kind() -> None:
    assert review_flag(status="not_identified", act="illegal_entry", penalty="fine") is None
    with pytest.raises(ValueError, match="speeding"):
        review_flag(status="presumed", act="speeding", penalty="fine")


def test_a_departure_before_the_hearing_is_flagged_until_the_persons_part_is_settled() -> None:
    later = DAY + timedelta(days=30)
    for part in ("open",):
        assert hearing_flag(departure_on=DAY, hearing_on=later, hearing_expected=True, part=part) is not None
    for part in ("in_person", "video", "recorded_before", "declined"):
        assert hearing_flag(departure_on=DAY, hearing_on=later, hearing_expected=True, part=part) is None
    assert hearing_flag(departure_on=DAY, hearing_on=None, hearing_expected=True) is not None, "a day is not set yet"
    assert hearing_flag(departure_on=DAY, hearing_on=None, hearing_expected=False) is None
    assert hearing_flag(departure_on=later, hearing_on=DAY, hearing_expected=True) is None
    assert hearing_flag(departure_on=DAY, hearing_on=DAY, hearing_expected=True) is not None, "the same day is no time"


def test_a_confrontation_that_would_hurt_again_is_flagged_unless_a_measure_avoids_it() -> None:
    assert confrontation_flag(would_hurt=None, measures_granted=set()) is not None
    assert confrontation_flag(would_hurt=True, measures_granted={"in_camera"}) is not None
    assert confrontation_flag(would_hurt=True, measures_granted={"video"}) is None
    assert confrontation_flag(would_hurt=False, measures_granted=set()) is None


def test_police_alone_hand_no_child_over_without_an_alarm() -> None:
    assert hand_over_flag(by="police_only") is not None
    assert hand_over_flag(by="police_with_child_protection") is None
    with pytest.raises(ValueError, match="polce"):
        hand_over_flag(by="polce")


@given(st.integers(-400, 400))
def test_coming_back_is_counted_from_the_removal(days: int) -> None:
    back = DAY + timedelta(days=days)
    assert (back_again_flag(removed_on=DAY, entered_on=back) is not None) == (days >= 0)
    assert back_within(removed_on=DAY, entered_on=back) == (0 <= days <= 30)


def test_nobody_who_did_not_come_back_is_back() -> None:
    assert not back_within(removed_on=DAY, entered_on=None)


@given(st.integers(0, 400), st.integers(0, 400))
def test_days_in_detention_are_counted_until_the_transfer_and_never_fall(first: int, more: int) -> None:
    today = DAY + timedelta(days=first)
    so_far = days_in_detention(since=DAY, until=None, today=today)
    assert so_far == first + 1
    assert days_in_detention(since=DAY, until=None, today=today + timedelta(days=more)) >= so_far
    assert days_in_detention(since=DAY, until=DAY, today=today) == 1


def test_a_stay_as_a_witness_or_against_ones_own_view_is_marked() -> None:
    assert codes_of(stay_marks(ground="needed_as_witness", sees_self_so=False)) == ("as_witness", "against_own_view")
    assert stay_marks(ground="own_need", sees_self_so=None) == ()
