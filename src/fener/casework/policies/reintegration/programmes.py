"""Who keeps the register of programmes, and a person's way through one (rules RI-03, RI-09 to RI-11)."""

from __future__ import annotations

from fener.casework.policies.children.common import HOLDS
from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

_WHO = {Role.CASE_MANAGER, Role.SHELTER_WORKER}
_OWN = {R.SAME_ORGANISATION}

ROWS: tuple[Row, ...] = (
    Row("programme.list", _WHO, _OWN, note="the own body's; numbers, nobody"),
    Row("programme.record", _WHO, _OWN, note="by a name that could be anybody's"),
    Row("programme.safeguard", _WHO, _OWN, note="of a social enterprise"),
    Row("programme.launch", _WHO, _OWN, note="once every safeguard is done"),
    Row("pipeline.list", _WHO, HOLDS),
    Row("pipeline.begin", _WHO, HOLDS, note="on a plan that the person agreed to"),
    Row("pipeline.advance", _WHO, HOLDS),
)
