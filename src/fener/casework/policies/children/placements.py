"""Who may do what with a child's places and with leaving care (rules CH-09 to CH-11, CH-15)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder, by_the_manager, for_the_node
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("child_placement.list", note="kind of place, body and days; never an address"),
    for_the_node("child_placement.list", "kind of place and days: a hand-over by police alone shows"),
    *by_the_manager("child_placement.record", note="by the gates alone"),
    *by_the_holder("child_hand_over.record", note="as it happened, by whoever hears of it"),
    *by_the_manager("child_hand_over.answer"),
    *by_the_holder("leaving_care.list"),
    *by_the_manager("leaving_care.record"),
    *by_the_manager("leaving_care.plan"),
    *by_the_holder("leaving_care.follow_up"),
)
