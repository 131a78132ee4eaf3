"""Who may do what with conditions on permits and services (rule NC-03)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("condition.list", note="kind, by whom and days; the source is sealed; never the co-ordinator"),
    *by_the_holder("condition.record", note="what a law or a provider demands"),
    *by_the_holder("condition.refuse", note="the person refuses it; care goes on"),
    *by_the_holder("condition.lift", note="that it is put no longer"),
)
