"""Who records what became of a person, and why a case failed (rules RI-07, AC-09)."""

from __future__ import annotations

from fener.casework.policies.children.common import HOLDS
from fener.trust.policy import Row
from fener.trust.roles import Role

_WHO = {Role.CASE_MANAGER, Role.SHELTER_WORKER}

ROWS: tuple[Row, ...] = (
    Row("outcome.list", _WHO, HOLDS, note="codes and days; words are sealed"),
    Row("outcome.record", _WHO, HOLDS, note="whoever left is asked only as they agreed"),
    Row("failure.tag", _WHO, HOLDS, note="what bodies did not do"),
)
