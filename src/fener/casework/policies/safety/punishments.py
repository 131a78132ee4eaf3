"""Who may do what with reviews of non-punishment (rule JU-05)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder, for_the_node
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("punishment.list", note="what was done, for what and by which office; the words are sealed"),
    for_the_node("punishment.list", "what was done, office and days: a review that is late shows"),
    *by_the_holder("punishment.record", note="by whoever hears of it"),
    *by_the_holder("punishment.resolve", note="withdrawn, annulled, or not linked with reasons"),
)
