"""States of a date for testimony (WP-03) and of a measure that a court is asked for (WP-06)."""

from __future__ import annotations

from fener.casework.domain.machine import Machine, Step

HOLD, DECLINE, CALL_OFF = "hold", "decline", "call_off"
GRANT, REFUSE, CARRY_OUT = "grant", "refuse", "carry_out"

HEARING = Machine(
    name="hearing",
    title="One date for testimony",
    start="set",
    states=("set", "held", "declined", "called_off"),
    acts=(HOLD, DECLINE, CALL_OFF),
    steps={
        ("set", HOLD): Step("held", "the day; without protection that day it is an incident"),
        ("set", DECLINE): Step("declined", "the person does not testify", own_decision=True),
        ("set", CALL_OFF): Step("called_off", "the authority no longer asks for it"),
    },
    rules=("WP-03",),
)
COURT_MEASURE = Machine(
    name="court_measure",
    title="One measure that a court is asked for",
    start="asked",
    states=("asked", "granted", "refused", "carried_out"),
    acts=(GRANT, REFUSE, CARRY_OUT),
    steps={
        ("asked", GRANT): Step("granted", "the day of the decision"),
        ("asked", REFUSE): Step("refused", "the day of the decision and the reason"),
        ("granted", CARRY_OUT): Step("carried_out", "the day on which it was done"),
    },
    rules=("WP-06",),
)
MACHINES = (HEARING, COURT_MEASURE)
