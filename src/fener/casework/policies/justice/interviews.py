"""Who may do what with interviews (rule WP-09). Nobody who works in a house: who asks tells who testifies."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_manager
from fener.casework.policies.justice.common import of_the_law
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *of_the_law("interview.list", note="who asked, when and why; names are sealed"),
    *of_the_law("interview.plan", note="by whoever hears that somebody wants to question the person"),
    *of_the_law("interview.record", note="also one that others held"),
    *of_the_law("interview.settle", note="held, declined by the person, or called off"),
    *by_the_manager("interview.spare", note="earlier statements in its place, on a consent"),
)
