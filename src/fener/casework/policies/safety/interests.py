"""Who keeps the log of conflicts with the person's interest (rule NC-04)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder, for_the_node
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("interest.list", note="whose aim, kind, days and result; both interests and names are sealed"),
    for_the_node("interest.list", "kind of aim, kind of office and days: what was decided against somebody shows"),
    *by_the_holder("interest.record", note="by whoever works for the person"),
    *by_the_holder("interest.settle", note="against the person only by name and on a legal basis"),
)
