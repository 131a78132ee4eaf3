"""The states of a measure of protection (WP-02): it runs until the gate ``end_protection`` lets it end."""

from __future__ import annotations

from fener.casework.domain.machine import Machine, Step

END = "end"

MEASURE = Machine(
    name="protection_measure",
    title="One measure of protection",
    start="running",
    states=("running", "ended"),
    acts=(END,),
    steps={("running", END): Step("ended", "a review that finds that the danger has passed, or an adult's own wish")},
    rules=("WP-01", "WP-02"),
)
MACHINES = (MEASURE,)
