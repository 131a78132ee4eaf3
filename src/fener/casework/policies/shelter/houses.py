"""Who reads and writes the register of shelters (rule SH-06)."""

from __future__ import annotations

from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

_OWN = {Role.CASE_MANAGER, Role.SHELTER_WORKER}

ROWS: tuple[Row, ...] = (
    Row("shelter.list", _OWN, {R.SAME_ORGANISATION}, note="the own body's houses"),
    Row("shelter.list", {Role.MECHANISM_COORDINATOR}, {R.NODE}, note="all houses: numbers, no address, no person"),
    Row("shelter.save", _OWN, {R.SAME_ORGANISATION}, note="the house's own body"),
    Row("shelter_night.record", _OWN, {R.SAME_ORGANISATION}, note="numbers"),
    Row("shelter_refusal.record", _OWN, {R.SAME_ORGANISATION}, note="day and reason; no person"),
)
