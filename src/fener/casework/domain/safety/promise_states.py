"""The states of a promise (WP-04): late is not broken, and a broken one can still be kept."""

from __future__ import annotations

from fener.casework.domain.machine import Machine, Step

KEEP, BREAK, RELEASE = "keep", "break", "release"

PROMISE = Machine(
    name="promise",
    title="One promise made to a person",
    start="open",
    states=("open", "kept", "broken", "released"),
    acts=(KEEP, BREAK, RELEASE),
    steps={
        ("open", KEEP): Step("kept", "the day on which the person had it"),
        ("open", BREAK): Step("broken", "the day on which that was certain"),
        ("open", RELEASE): Step("released", "the person no longer wants it", own_decision=True),
        ("broken", KEEP): Step("kept", "the day on which the person had it after all"),
    },
    rules=("WP-04",),
)
MACHINES = (PROMISE,)
