"""Who may do what with restrictions of a resident (rule SH-01)."""

from __future__ import annotations

from fener.casework.policies.children.common import BROUGHT, for_the_node
from fener.casework.policies.shelter.stays import LEADS
from fener.trust.policy import Row
from fener.trust.roles import Role

_STAFF = {Role.CASE_MANAGER, Role.SHELTER_WORKER}

ROWS: tuple[Row, ...] = (
    Row("stay_restriction.list", _STAFF, LEADS, note="kind, ground, answer and days; the words are sealed"),
    Row("stay_restriction.list", {Role.LAWYER, Role.GUARDIAN}, BROUGHT, note="whoever stands by the person"),
    for_the_node("stay_restriction.list", "kind and days: a review that is late shows"),
    Row("stay_restriction.record", _STAFF, LEADS, note="only through the gate; locking in never"),
    Row("stay_restriction.review", _STAFF, LEADS, note="with the person's answer"),
    Row("stay_restriction.end", _STAFF, LEADS, note="at its last day or before"),
)
