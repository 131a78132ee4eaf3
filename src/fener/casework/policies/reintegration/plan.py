"""Who may do what with a reintegration plan (rules RI-01, RI-02)."""

from __future__ import annotations

from fener.casework.policies.children.common import HOLDS
from fener.trust.policy import Row
from fener.trust.roles import Role

_WHO = {Role.CASE_MANAGER, Role.SHELTER_WORKER}

ROWS: tuple[Row, ...] = (
    Row("reintegration_plan.list", _WHO, HOLDS, note="lines, kinds and days; words are sealed"),
    Row("reintegration_plan.draw_up", _WHO, HOLDS, note="a proposal to the person"),
    Row("reintegration_plan.agree", _WHO, HOLDS, note="the person's own decision"),
    Row("reintegration_entry.record", _WHO, HOLDS, note="on a plan that the person agreed to"),
    Row("reintegration_entry.finish", _WHO, HOLDS),
)
