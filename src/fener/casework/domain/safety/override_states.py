"""The states of an override of a gate (AC-01): asked for, agreed by as many persons as the gate names, used once."""

from __future__ import annotations

from fener.casework.domain.machine import Machine, Step

FIRST, AGREE, USE, TURN_DOWN = "agree_first", "agree", "use", "turn_down"

OVERRIDE = Machine(
    name="gate_override",
    title="One override of a closed gate",
    start="asked",
    states=("asked", "one_agreed", "agreed", "used", "turned_down"),
    acts=(FIRST, AGREE, USE, TURN_DOWN),
    steps={
        ("asked", FIRST): Step("one_agreed", "a person of a role that the gate names; the gate asks for two"),
        ("asked", AGREE): Step("agreed", "a person of a role that the gate names; the gate asks for one"),
        ("one_agreed", AGREE): Step(
            "agreed", "a second person of such a role, neither the first nor the one who asked"
        ),
        ("agreed", USE): Step("used", "the same gate, the same row, nothing more missing, within its days"),
        ("agreed", TURN_DOWN): Step(
            "turned_down", "before it was used: by somebody who could agree, or who asked for it"
        ),
        ("asked", TURN_DOWN): Step("turned_down", "by somebody who could have agreed, or by the one who asked"),
        ("one_agreed", TURN_DOWN): Step("turned_down", "by somebody who could have agreed, or by the one who asked"),
    },
    rules=("AC-01",),
)
WAITING = ("asked", "one_agreed")
MAY_END = (*WAITING, "agreed")  # somebody can still turn it down or take it back
MACHINES = (OVERRIDE,)
