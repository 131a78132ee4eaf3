"""Who keeps the savings of a resident (rule RI-08): the body that holds them. The person has a copy."""

from __future__ import annotations

from fener.casework.policies.children.common import HOLDS
from fener.trust.policy import Row
from fener.trust.roles import Role

_WHO = {Role.CASE_MANAGER, Role.SHELTER_WORKER}

ROWS: tuple[Row, ...] = (
    Row("savings.list", _WHO, HOLDS, note="the person's own book, nobody else's and never a sum of several"),
    Row("savings.put_in", _WHO, HOLDS),
    Row("savings.take_out", _WHO, HOLDS, note="as the person confirms, never more than they own"),
    Row("savings.correct", _WHO, HOLDS, note="a counter-entry; the entry stays"),
)
