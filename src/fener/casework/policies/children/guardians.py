"""Who may do what with guardians of a child and with parts in its case (rules CH-04, CH-05, CH-06)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder, by_the_manager, for_the_node
from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

ROWS: tuple[Row, ...] = (
    *by_the_holder("guardian.list", note="kind, mandate, body and days; a name is sealed"),
    for_the_node("guardian.list", "kind, mandate, body and days: an overdue change shows"),
    *by_the_manager("guardian.record", note="appointed by the authority; here it is written down"),
    *by_the_manager("guardian.change", note="with the next one by name"),
    *by_the_holder("guardian.flag", note="a conflict of interest, by whoever sees it"),
    *by_the_manager("guardian.end", note="by the gate alone"),
    *by_the_holder("child_part.list"),
    for_the_node("child_part.list", "which body has which part, and what is missing"),
    *by_the_manager("child_part.record"),
    *by_the_manager("child_part.end"),
    Row("guardian_load.list", {Role.CASE_MANAGER}, {R.SAME_ORGANISATION}, note="numbers, of the own cases"),
    for_the_node("guardian_load.list", "numbers, of all cases but protected ones"),
)
