"""The states of a journey (RT-07) and, apart from it, of a removal by an authority, never merged with it (RT-05)."""

from __future__ import annotations

from fener.casework.domain.machine import Machine, Step

TELL, ASSESS, DECIDE, DECLINE, PREPARE = "tell", "assess", "decide", "decline", "prepare"
DEPART, LEAVE, STOP, CARRY_OUT, HAPPEN = "depart", "leave", "stop", "carry_out", "happen"
TRANSIT, ARRIVE, LOSE, CONFIRM, CLOSE = "transit", "arrive", "lose", "confirm", "close"

BEFORE = ("requested", "informed", "assessed", "decided", "papers")
AFTER = ("under_way", "in_transit", "not_arrived", "arrived", "arrival_confirmed", "received")
ON_THE_WAY = ("under_way", "in_transit", "not_arrived", "arrived", "arrival_confirmed")

_RECEIVED = Step("received", "gate close_journey: the arrival is confirmed and a support service received the person")
_THERE = Step("arrival_confirmed", "who confirmed it; for a child who handed it over")
# The same from the departure on, whoever decided it: so the help on arrival is the same (RT-05).
_AFTER = {
    ("under_way", TRANSIT): Step("in_transit", "the day"),
    **{(state, ARRIVE): Step("arrived", "said, and not confirmed yet") for state in ("under_way", "in_transit")},
    **{(state, LOSE): Step("not_arrived", "the day; it rings") for state in ("under_way", "in_transit", "arrived")},
    **{(state, CONFIRM): _THERE for state in ("under_way", "in_transit", "arrived", "not_arrived")},
    ("arrival_confirmed", CLOSE): _RECEIVED,
}

JOURNEY = Machine(
    name="journey",
    title="One journey that the person asked for",
    start="requested",
    states=(*BEFORE, *AFTER, "declined", "stopped"),
    acts=(TELL, ASSESS, DECIDE, DECLINE, PREPARE, DEPART, LEAVE, STOP, TRANSIT, ARRIVE, LOSE, CONFIRM, CLOSE),
    steps={
        ("requested", TELL): Step("informed", "rights, options and consequences; an answer to every alternative"),
        ("informed", TELL): Step("informed", "told again"),
        ("informed", ASSESS): Step("assessed", "the risks of the place"),
        ("assessed", ASSESS): Step("assessed", "assessed again"),
        ("assessed", DECIDE): Step("decided", "for a child the guardian, with the child heard", own_decision=True),
        ("decided", PREPARE): Step("papers", "papers, escort, transit, who receives the person"),
        ("papers", PREPARE): Step("papers", "changed"),
        ("papers", DEPART): Step(
            "under_way", "gates departure, departure_after_test, voluntary_return; for a child child_departure"
        ),
        **{(state, DECLINE): Step("declined", "the person's reason", own_decision=True) for state in BEFORE},
        **{(state, LEAVE): Step("under_way", "on one's own, recorded as it happened", True) for state in BEFORE},
        **{(state, STOP): Step("stopped", "it can not go on, or a removal overtook it") for state in BEFORE},
        **_AFTER,
    },
    rules=("RT-02", "RT-03", "RT-04", "RT-07", "CH-08"),
)
REMOVAL = Machine(
    name="removal",
    title="One removal by an authority",
    start="announced",
    states=("announced", *AFTER, "stopped"),
    acts=(ASSESS, PREPARE, CARRY_OUT, HAPPEN, STOP, TRANSIT, ARRIVE, LOSE, CONFIRM, CLOSE),
    steps={
        ("announced", ASSESS): Step("announced", "the risks of the place"),
        ("announced", PREPARE): Step("announced", "papers, escort, transit, who receives the person"),
        ("announced", CARRY_OUT): Step(
            "under_way", "gates removal, adverse_step, departure, departure_after_test; for a child child_departure"
        ),
        ("announced", HAPPEN): Step("under_way", "done all the same: who decided, on what basis, what was missing"),
        ("announced", STOP): Step("stopped", "it was called off"),
        **_AFTER,
    },
    rules=("RT-01", "RT-05", "RT-07", "CH-08"),
)
MACHINES = (JOURNEY, REMOVAL)


def machine(*, removal: bool) -> Machine:
    """The table for a journey, or for a removal."""
    return REMOVAL if removal else JOURNEY
