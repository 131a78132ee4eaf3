"""Who keeps the register of operations (rule ID-29)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder, for_the_node
from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

_TAKES_PART = {Role.FRONTLINE_OFFICER, Role.LAW_ENFORCEMENT_LIAISON, Role.CASE_MANAGER}

ROWS: tuple[Row, ...] = (
    Row("operation.list", _TAKES_PART, {R.SAME_ORGANISATION}, note="the own body's: numbers, nobody"),
    for_the_node("operation.list", "all: numbers and what is missing, nobody and no case"),
    Row("operation.record", _TAKES_PART, {R.SAME_ORGANISATION}, note="by whoever takes part; closed through the gate"),
    *by_the_holder("operation.meet", note="that somebody who has a case was met in an operation"),
)
