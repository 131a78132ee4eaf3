"""Health and exits: what follows what, what holds a departure up, and what is kept at the end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.packs import PackError, load_packs
from fener.norms.path.exits import check_exits, exits
from fener.norms.path.health import check_health, holds_departure, may_follow, offers
from fener.norms.vocab import vocabulary
from tests.norms.rules_made_up import with_pack

states = st.sampled_from(vocabulary("health_test_state").codes())


def test_a_test_begins_with_an_offer_and_nothing_is_taken_without_counselling() -> None:
    assert may_follow("") == ("offered",)
    assert "taken" not in may_follow("offered")
    assert [state for state in vocabulary("health_test_state").codes() if "taken" in may_follow(state)] == [
        "counselled"
    ]
    assert may_follow("declined") == ("offered",), "the offer stays"


def test_a_result_without_counselling_still_waits() -> None:
    assert holds_departure(["taken"])
    assert holds_departure(["result_in"])
    assert holds_departure(["delivered_alone"])
    assert not holds_departure(["delivered", "declined", "offered", "treated"])
    assert not holds_departure([])


@given(st.lists(states), st.lists(states))
def test_another_test_never_lets_somebody_go(some: list[str], more: list[str]) -> None:
    if holds_departure(some):
        assert holds_departure([*some, *more])


def test_what_is_offered_differs_by_stage_and_urgent_care_never_ends() -> None:
    stages = vocabulary("health_stage").codes()
    assert len({offers(stage) for stage in stages}) > 1
    assert all("urgent" in offers(stage) for stage in stages)
    assert "continuity" in offers("after_return")
    with pytest.raises(ValueError, match="later"):
        offers("later")


def test_every_exit_keeps_the_file_and_says_so() -> None:
    assert set(exits()) == set(vocabulary("path_exit").codes())
    for found in exits().values():
        assert "file" in found.keeps
        assert found.text
    assert "claims" in exits()["removed"].keeps, "a claim survives a return"
    assert "protection" in exits()["other_country"].keeps
    assert "recontact" in exits()["died"].ends


def test_packs_that_leave_a_stage_or_an_exit_out_are_refused() -> None:
    packs = load_packs()
    stages = packs.get("health_stages", "health_stages").data["stages"]
    with pytest.raises(PackError, match="every stage"):
        check_health(with_pack(packs, "health_stages", "health_stages", stages=stages[1:]))
    unknown = [{**stages[0], "offers": ["miracle"]}, *stages[1:]]
    with pytest.raises(PackError, match="is no offer"):
        check_health(with_pack(packs, "health_stages", "health_stages", stages=unknown))
    found = packs.get("path_exits", "path_exits").data["exits"]
    for bad in (
        found[1:],
        [{**found[0], "keeps": ["claims"]}, *found[1:]],
        [{**found[0], "ends": ["guardian"], "keeps": ["file", "guardian"]}, *found[1:]],
    ):
        with pytest.raises(PackError):
            check_exits(with_pack(packs, "path_exits", "path_exits", exits=bad))
