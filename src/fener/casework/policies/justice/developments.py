"""Who may do what with developments in the proceedings (rule WP-07)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder, for_the_node
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("development.list", note="kind, moment and whether the person was told; names are sealed"),
    for_the_node("development.list", "kind and moments: what was not told in time shows"),
    *by_the_holder("development.record", note="by whoever hears of it"),
    *by_the_holder("development.tell", note="through the channel that the person chose"),
    *by_the_holder("telling_wish.record", note="the person's own word"),
)
