"""Who may do what with a child's view and with decisions on a child (rules CH-07, CH-12)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder, by_the_manager
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("child_view.list", note="on what and when; the words are sealed"),
    *by_the_holder("child_view.record", note="by whoever heard the child"),
    *by_the_holder("child_decision.list", note="on what, by which panel and when; reasons are sealed"),
    *by_the_manager("child_decision.record", note="by the gates child_decision and durable_solution"),
    *by_the_manager("child_decision.carry_out"),
)
