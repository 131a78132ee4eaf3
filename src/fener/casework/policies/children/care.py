"""Who may do what with marks, checklists, what parents owe, and dependants (CH-14, CH-16, CH-17, CH-20)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder, by_the_manager
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("child_marks.list"),
    *by_the_holder("child_marks.record", note="by whoever met the child"),
    *by_the_holder("child_checklist.list"),
    *by_the_holder("child_checklist.record"),
    *by_the_holder("parents_plan.list"),
    *by_the_manager("parents_plan.record"),
    *by_the_manager("parents_plan.review"),
    *by_the_holder("dependant.list", note="who, as a code; name, needs and plan are sealed"),
    *by_the_holder("dependant.record"),
    *by_the_holder("dependant.plan"),
    *by_the_manager("dependant.end"),
)
