"""Who may do what with dates for testimony and measures of a court (rules WP-03, WP-06)."""

from __future__ import annotations

from fener.casework.policies.children.common import for_the_node
from fener.casework.policies.justice.common import of_the_law
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *of_the_law("hearing.list", note="kind, day and which authority; court and names are sealed"),
    for_the_node("hearing.list", "day, and a confrontation that would hurt again"),
    *of_the_law("hearing.set", note="by the gate alone: witness and family are protected"),
    *of_the_law("hearing.record", note="held all the same: without protection it is an incident"),
    *of_the_law("hearing.settle", note="held, declined by the person, or called off"),
    *of_the_law("hearing.weigh", note="whether a confrontation would hurt again"),
    *of_the_law("court_measure.list", note="what was asked for and what the court decided"),
    *of_the_law("court_measure.ask", note="in one proceeding or in all"),
    *of_the_law("court_measure.settle", note="a refusal with its reason"),
)
