"""States of an interview (WP-09): what was planned is held, spared the person, declined by them, or called off."""

from __future__ import annotations

from fener.casework.domain.machine import Machine, Step

HOLD, SPARE, DECLINE, CALL_OFF = "hold", "spare", "decline", "call_off"

INTERVIEW = Machine(
    name="interview",
    title="One interview with a person",
    start="planned",
    states=("planned", "held", "spared", "declined", "called_off"),
    acts=(HOLD, SPARE, DECLINE, CALL_OFF),
    steps={
        ("planned", HOLD): Step("held", "the day, the written standard line by line, and why it was asked again"),
        ("planned", SPARE): Step("spared", "a consent to share earlier statements with that body", consent=True),
        ("planned", DECLINE): Step("declined", "the person does not want it", own_decision=True),
        ("planned", CALL_OFF): Step("called_off", "whoever asked no longer does"),
    },
    rules=("WP-09",),
)
MACHINES = (INTERVIEW,)
