"""Who may do what with interviews (rule WP-09)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder, by_the_manager
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("interview.list", note="who asked, when and why; names are sealed"),
    *by_the_holder("interview.plan", note="by whoever hears that somebody wants to question the person"),
    *by_the_holder("interview.record", note="also one that others held"),
    *by_the_holder("interview.settle", note="held, declined by the person, or called off"),
    *by_the_manager("interview.spare", note="earlier statements in its place, on a consent"),
)
