"""Who may do what with health on the path (rules HE-02 to HE-04): its own role alone, on persons brought to it."""

from __future__ import annotations

from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

_BROUGHT = frozenset({R.ASSIGNED, R.REFERRED_TO})

ROWS: tuple[Row, ...] = (
    Row("health_test.list", {Role.HEALTH_WORKER}, _BROUGHT, note="state and days; which test, and its result: sealed"),
    Row("health_test.record", {Role.HEALTH_WORKER}, _BROUGHT, note="what is offered, and each step of a test"),
    Row(
        "health_departure.list",
        {Role.CASE_MANAGER, Role.SHELTER_WORKER},
        {R.ASSIGNED, R.SAME_ORGANISATION},
        note="that something is due before a departure, and by when; nothing of what it is",
    ),
)
