"""Who gives a health card, and who may type its code (rule HE-05)."""

from __future__ import annotations

from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

_GIVES = {Role.CASE_MANAGER, Role.SHELTER_WORKER}
_HOLDS = frozenset({R.ASSIGNED, R.SAME_ORGANISATION})

ROWS: tuple[Row, ...] = (
    Row("health_card.list", _GIVES, _HOLDS, note="until when, and what it opens; the code is kept nowhere"),
    Row("health_card.give", _GIVES, _HOLDS, note="the code is shown once, for the card"),
    Row("health_card.end", _GIVES, _HOLDS, note="lost, or no longer wanted"),
    Row("health_card.use", {Role.HEALTH_WORKER}, {R.SAME_ORGANISATION}, note="what it opens; never whose it is"),
)
