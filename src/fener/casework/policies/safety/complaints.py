"""Who may do what with complaints (rule AC-03). Which of them somebody may know of is narrower: see the selector."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("complaint.list", note="only those that one wrote down or answers, never one about oneself"),
    *by_the_holder("complaint.record", note="by whom it is not about"),
    *by_the_holder("complaint.pass_on", note="once, by who answers or wrote it down, to somebody who can read it"),
    *by_the_holder("complaint.send", note="to a body that answers for the mechanism, on a consent that names it"),
    *by_the_holder("complaint.answer", note="by the one who was asked, and whom it is not about"),
)
