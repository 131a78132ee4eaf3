"""Who may ask for an override of a gate, answer it, and count them (rule AC-01). The gate names the roles besides."""

from __future__ import annotations

from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

_HOLDS = frozenset({R.ASSIGNED, R.SAME_ORGANISATION})
_TO_WHOM_BROUGHT = frozenset({R.ASSIGNED, R.GUARDIAN})
_WORKERS = {Role.CASE_MANAGER, Role.SHELTER_WORKER}

ROWS: tuple[Row, ...] = (
    Row("gate_override.list", _WORKERS, _HOLDS, note="gate, what was missing, days; the reason is sealed"),
    Row("gate_override.list", {Role.LAWYER, Role.GUARDIAN}, _TO_WHOM_BROUGHT),
    Row("gate_override.list", {Role.HEALTH_WORKER}, {R.ASSIGNED}),
    Row("gate_override.list", {Role.MECHANISM_COORDINATOR}, {R.NODE}, note="gate, what was missing, days"),
    Row("gate_override.ask", _WORKERS, _HOLDS, note="where the gate was closed to them"),
    Row("gate_override.ask", {Role.LAWYER, Role.GUARDIAN}, _TO_WHOM_BROUGHT),
    Row("gate_override.agree", _WORKERS, _HOLDS, note="only for a gate that names the role"),
    Row("gate_override.agree", {Role.HEALTH_WORKER}, {R.ASSIGNED}, note="only for a gate that names the role"),
    Row("gate_override.agree", {Role.MECHANISM_COORDINATOR}, {R.NODE}, note="seeing codes only"),
    Row("gate_override.count", {Role.MECHANISM_COORDINATOR}, {R.NODE}, note="gate, body, days: no case"),
)
