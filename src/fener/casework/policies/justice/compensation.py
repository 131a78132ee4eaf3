"""Who may do what with compensation (rules CP-01, CP-02). Nobody to whom a case was referred, and not the node."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("compensation.list", note="every route with its conditions"),
    *by_the_holder("compensation.tell", note="that the person was told of every route"),
    *by_the_holder("claim.list", note="sums and days; from whom is sealed"),
    *by_the_holder("claim.record", note="the person's claim, or the organisation's own apart"),
    *by_the_holder("claim.advance", note="award, instalments, payments, insolvency"),
)
