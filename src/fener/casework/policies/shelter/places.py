"""Who finds, asks for and holds a place (rule SH-08)."""

from __future__ import annotations

from fener.casework.policies.children.common import HOLDS
from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

_STAFF = {Role.CASE_MANAGER, Role.SHELTER_WORKER}

ROWS: tuple[Row, ...] = (
    Row("vacancy.search", _STAFF, {R.NODE}, note="kind of house, region, whom it takes; no name, no address"),
    Row("place_request.list", _STAFF, HOLDS, note="kind of house and state; the address is sealed"),
    Row("place_request.ask", _STAFF, HOLDS, note="in codes: the house learns no name"),
    Row("place_request.withdraw", _STAFF, HOLDS, note="the place is free at once"),
    Row("house_place.list", _STAFF, {R.SAME_ORGANISATION}, note="what is asked of the own body's houses"),
    Row("house_place.answer", _STAFF, {R.SAME_ORGANISATION}, note="held for a while, or declined with a reason"),
)
