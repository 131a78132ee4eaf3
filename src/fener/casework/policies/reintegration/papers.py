"""Who keeps the list of papers and entitlements (rule AS-11)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("papers.list", "states and days; words are sealed"),
    *by_the_holder("papers.record", "with who denied what was denied"),
)
