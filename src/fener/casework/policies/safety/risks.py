"""Who assesses dangers, and who begins and ends a measure of protection."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder, by_the_manager, for_the_node
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("risk.list", note="dangers as codes, levels and days; the words are sealed"),
    for_the_node("risk.list", "level and day of review: a review that is late shows"),
    *by_the_holder("risk.record", note="by whoever works with the person"),
    *by_the_holder("protection_measure.list", note="kinds and days; who does what is sealed"),
    *by_the_holder("protection_measure.record", note="a measure from a day on"),
    *by_the_manager("protection_measure.end", note="only through the gate: a review of the danger"),
)
