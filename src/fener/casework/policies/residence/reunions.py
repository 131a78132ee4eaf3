"""Who records a family reunion (rule RP-12)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("reunion.list", note="relation, days and decision; who it is is sealed"),
    *by_the_holder("reunion.record", note="no income is asked"),
)
