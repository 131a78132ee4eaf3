"""Who may do what with residence regimes (rules RP-04 to RP-10). The co-ordinator does not see them: a path tells who
testifies.
"""

from __future__ import annotations

from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

_HOLDS = frozenset({R.ASSIGNED, R.SAME_ORGANISATION})
_TO_WHOM_BROUGHT = frozenset({R.ASSIGNED, R.GUARDIAN})


def _by_the_holder(act: str, note: str = "") -> tuple[Row, Row]:
    return (
        Row(act, {Role.CASE_MANAGER, Role.SHELTER_WORKER}, _HOLDS, note=note),
        Row(act, {Role.LAWYER, Role.GUARDIAN}, _TO_WHOM_BROUGHT, note=note),
    )


ROWS: tuple[Row, ...] = (
    *_by_the_holder("regime.list", note="regimes, phases, conditions; never the co-ordinator"),
    *_by_the_holder("regime.record", note="that a regime applies"),
    *_by_the_holder("regime.end", note="that it applies no longer; help goes on"),
    *_by_the_holder("regime.change_path", note="at the person's own wish"),
    *_by_the_holder("regime.answer", note="what is known of a condition, and who says so"),
)
