"""Who keeps what stayed behind (rule CP-05). No immigration service reads it, and the co-ordinator does not."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("belonging.list", note="kinds, sums and days; what it is and where is sealed"),
    *by_the_holder("belonging.record", note="before any move, and whenever somebody remembers"),
    *by_the_holder("belonging.advance", note="asked for, claimed, recovered; after a return too"),
)
