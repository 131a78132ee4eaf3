"""Who may do what with detentions of a person (rule WP-12)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder, for_the_node
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("detention.list", note="by which office and days; place and ground are sealed"),
    for_the_node("detention.list", "office and days: an alarm until the transfer"),
    *by_the_holder("detention.record", note="by whoever hears of it"),
    *by_the_holder("detention.end", note="a transfer or a release alone"),
)
