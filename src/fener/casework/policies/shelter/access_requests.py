"""Who reads and writes wishes to enter a house (rule SH-03)."""

from __future__ import annotations

from fener.casework.policies.children.common import BROUGHT, HOLDS
from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

_OWN = {Role.CASE_MANAGER, Role.SHELTER_WORKER}

ROWS: tuple[Row, ...] = (
    Row("house_access.list", _OWN, {R.SAME_ORGANISATION}, note="of the own body's houses; no resident is named"),
    Row("house_access.record", _OWN, {R.SAME_ORGANISATION}, note="by whoever was asked"),
    Row("house_access.answer", _OWN, {R.SAME_ORGANISATION}, note="once; on an order only where one was shown"),
    Row("house_access_concern.list", _OWN, HOLDS, note="what concerned this person, on the case alone"),
    Row("house_access_concern.list", {Role.LAWYER, Role.GUARDIAN}, BROUGHT, note="whoever stands by the person"),
    Row("house_access_concern.record", _OWN, HOLDS, note="that it was about this person"),
)
