"""Who may do what with promises made to a person (rule WP-04)."""

from __future__ import annotations

from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

_HOLDS = frozenset({R.ASSIGNED, R.SAME_ORGANISATION})
_TO_WHOM_BROUGHT = frozenset({R.ASSIGNED, R.GUARDIAN})


def by_the_holder(act: str, note: str = "") -> tuple[Row, Row]:
    """Where the file is kept; specialists only where the person was brought to them."""
    return (
        Row(act, {Role.CASE_MANAGER, Role.SHELTER_WORKER}, _HOLDS, note=note),
        Row(act, {Role.LAWYER, Role.GUARDIAN}, _TO_WHOM_BROUGHT, note=note),
    )


ROWS: tuple[Row, ...] = (
    *by_the_holder("promise.list", note="what, by whom and for when; the words are sealed"),
    Row("promise.list", {Role.MECHANISM_COORDINATOR}, {R.NODE}, note="kind, office and dates: an overdue one shows"),
    *by_the_holder("promise.record", note="by whoever hears of it"),
    *by_the_holder("promise.settle", note="kept, broken, or no longer wanted by the person"),
    *by_the_holder("promise.tell", note="that the person was told that it is overdue or broken"),
)
