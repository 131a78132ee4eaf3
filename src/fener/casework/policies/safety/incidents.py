"""Who may do what with incidents (rules AC-02, NC-02)."""

from __future__ import annotations

from fener.casework.policies.safety.promises import by_the_holder
from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

ROWS: tuple[Row, ...] = (
    *by_the_holder("incident.list", note="which right, by which kind of body, days; the words are sealed"),
    Row("incident.list", {Role.MECHANISM_COORDINATOR}, {R.NODE}, note="right, kind of body and days: what waits shows"),
    *by_the_holder("incident.record", note="by whoever hears of it"),
    *by_the_holder("incident.follow_up", note="what came of it"),
)
