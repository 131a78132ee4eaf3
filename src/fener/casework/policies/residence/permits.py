"""Who may do what with permits; and who sees who waits for a decision (rule ID-31)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder, for_the_node
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder(
        "permit.list", note="applications and decisions; never the co-ordinator: a rule tells who testifies"
    ),
    *by_the_holder("permit.apply", note="that one was applied for"),
    *by_the_holder("permit.decide", note="what the authority decided"),
    *by_the_holder("permit.appeal", note="that a refusal is appealed"),
    for_the_node("limbo.list", note="codes, kinds and days of who waits for a decision"),
)
