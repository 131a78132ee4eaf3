"""Who may do what with case conferences on a child (rule CH-13)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder, by_the_manager, for_the_node
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("conference.list", note="level, sectors and days; minutes and measures are sealed"),
    for_the_node("conference.list", "level, sectors and days: an overdue measure shows"),
    *by_the_manager("conference.call"),
    *by_the_manager("conference.record"),
    *by_the_manager("conference_measure.record"),
    *by_the_holder("conference_measure.finish"),
)
