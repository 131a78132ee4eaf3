"""Who may do what with permits; and who sees who waits for a decision (rule ID-31)."""

from __future__ import annotations

from fener.casework.policies.children.common import for_the_node
from fener.casework.policies.justice.common import of_the_law
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *of_the_law(
        "permit.list", note="applications and decisions; never the co-ordinator or a house: a rule tells who testifies"
    ),
    *of_the_law("permit.apply", note="that one was applied for"),
    *of_the_law("permit.decide", note="what the authority decided"),
    *of_the_law("permit.appeal", note="that a refusal is appealed"),
    for_the_node("limbo.list", note="codes, kinds and days of who waits for a decision"),
)
