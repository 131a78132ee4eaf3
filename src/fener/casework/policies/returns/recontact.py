"""Who may get in touch after a journey, and see with whom that is due (rules RI-06, RT-08)."""

from __future__ import annotations

from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

_HOLDS = frozenset({R.ASSIGNED, R.SAME_ORGANISATION})
_WHO = {Role.CASE_MANAGER, Role.SHELTER_WORKER}

ROWS: tuple[Row, ...] = (
    Row("recontact.list", _WHO, _HOLDS, note="channel and days; number and safe times are sealed"),
    Row("recontact.agree", _WHO, _HOLDS, note="the person's own opt-in, apart from the file"),
    Row("recontact.withdraw", _WHO, _HOLDS, note="at once, without a reason"),
    Row("recontact.contact", _WHO, _HOLDS, note="only as the person agreed"),
)
