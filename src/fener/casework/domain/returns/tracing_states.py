"""The states of a search for the family (list ``tracing_state``)."""

from __future__ import annotations

from fener.casework.domain.machine import Machine, Step

FIND, MISS, CALL_OFF = "find", "miss", "call_off"

TRACING = Machine(
    name="tracing",
    title="A search for somebody of the family",
    start="running",
    states=("running", "found", "not_found", "not_wanted"),
    acts=(FIND, MISS, CALL_OFF),
    steps={
        ("running", FIND): Step("found", "found is not told: nobody gets in touch without the person's word"),
        ("running", MISS): Step("not_found", "the day"),
        ("running", CALL_OFF): Step("not_wanted", "the person no longer wants it", own_decision=True),
        ("found", CALL_OFF): Step("not_wanted", "the person wants no contact", own_decision=True),
        ("not_found", FIND): Step("found", "found after all"),
    },
    rules=("CH-12",),
)
MACHINES = (TRACING,)
