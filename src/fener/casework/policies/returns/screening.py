"""Who records how a returnee was screened (rule ID-30)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder, for_the_node
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("return_screening.list", note="which protocol, how it ended, and when"),
    for_the_node("return_screening.list", "a returnee who was not screened: it shows"),
    *by_the_holder("return_screening.record", note="the same protocol for everybody who returns"),
)
