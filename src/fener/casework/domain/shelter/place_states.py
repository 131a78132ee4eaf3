"""States of a request for a place in a shelter (SH-08). A hold that nobody uses ends by itself, by the pack's clock."""

from __future__ import annotations

from fener.casework.domain.machine import Machine, Step

ACCEPT, DECLINE, WITHDRAW, USE = "accept", "decline", "withdraw", "use"

PLACE = Machine(
    name="place_request",
    title="One request for a place in a shelter",
    start="asked",
    states=("asked", "accepted", "declined", "withdrawn", "used"),
    acts=(ACCEPT, DECLINE, WITHDRAW, USE),
    steps={
        ("asked", ACCEPT): Step("accepted", "a place is free, and is held until a moment"),
        ("asked", DECLINE): Step("declined", "the reason; it counts as a refusal of the house"),
        ("asked", WITHDRAW): Step("withdrawn", "whoever asked needs it no more"),
        ("accepted", WITHDRAW): Step("withdrawn", "whoever asked needs it no more"),
        ("accepted", USE): Step("used", "the hold has not ended; the stay begins"),
    },
    rules=("SH-08",),
)
MACHINES = (PLACE,)
