"""Who looks for the family of somebody."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("tracing.list", note="relation, who looks, how it stands; names are sealed"),
    *by_the_holder("tracing.record", note="only as the person decided; whoever is found is told nothing without them"),
)
