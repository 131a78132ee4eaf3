"""Health on the path: the steps of a test, what holds a departure up, and what is offered at which stage (HE-03)."""

from __future__ import annotations

from collections.abc import Iterable

from fener.norms.packs import PackError, Packs, cross_check, load_packs
from fener.norms.vocab import vocabulary

_FOLLOWS = {
    "": ("offered",),
    "offered": ("declined", "counselled"),
    "declined": ("offered",),
    "counselled": ("taken", "declined"),
    "taken": ("result_in",),
    "result_in": ("delivered", "delivered_alone"),
    "delivered_alone": ("delivered",),
    "delivered": ("treated", "not_needed"),
    "treated": ("continued",),
    "continued": ("treated",),
    "not_needed": (),
}
"""A test is offered and counselled before it is taken, and its result is not delivered until there was counselling."""


def may_follow(state: str, packs: Packs | None = None) -> tuple[str, ...]:
    """The states that may come after one (empty text: nothing yet). Raises ValueError for an unknown state."""
    if state:
        vocabulary("health_test_state", packs).entry(state)
    return _FOLLOWS.get(state, ())


def holds_departure(states: Iterable[str], packs: Packs | None = None) -> bool:
    """Whether a test is under way whose result was not delivered with counselling (rule HE-04)."""
    waiting = vocabulary("health_test_state", packs).in_group("waiting")
    return any(state in waiting for state in states)


def offers(stage: str, packs: Packs | None = None) -> tuple[str, ...]:
    """What is offered at a stage (list ``health_offer``). Raises ValueError for an unknown stage."""
    vocabulary("health_stage", packs).entry(stage)
    for raw in (packs or load_packs()).get("health_stages", "health_stages").data["stages"]:
        if raw["stage"] == stage:
            return tuple(raw["offers"])
    return ()


@cross_check
def check_health(packs: Packs) -> None:
    """Every stage and offer is a code of its list, every stage has a line, and the states of a test are all known."""
    for pack in packs.of_kind("health_stages").values():
        stages, offered = vocabulary("health_stage", packs), vocabulary("health_offer", packs)
        named = [raw["stage"] for raw in pack.data["stages"]]
        if set(named) != set(stages.codes()) or len(named) != len(set(named)):
            raise PackError(pack.file, "data/stages", "has to name every stage once")
        for raw in pack.data["stages"]:
            for offer in raw["offers"]:
                if offer not in offered:
                    raise PackError(pack.file, f"data/stages/{raw['stage']}", f"{offer!r} is no offer")
        states = vocabulary("health_test_state", packs)
        if set(states.codes()) != set(_FOLLOWS) - {""}:
            raise PackError(pack.file, "data", "the states of a test and their order differ")
