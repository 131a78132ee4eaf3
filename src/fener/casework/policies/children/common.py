"""Who works with a child's file: where it is kept, and specialists to whom the child was brought."""

from __future__ import annotations

from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

HOLDS = frozenset({R.ASSIGNED, R.SAME_ORGANISATION})
BROUGHT = frozenset({R.ASSIGNED, R.GUARDIAN})


def by_the_holder(act: str, note: str = "") -> tuple[Row, Row]:
    """Where the file is kept; specialists only where the child was brought to them."""
    return (
        Row(act, {Role.CASE_MANAGER, Role.SHELTER_WORKER}, HOLDS, note=note),
        Row(act, {Role.LAWYER, Role.GUARDIAN}, BROUGHT, note=note),
    )


def by_the_manager(act: str, note: str = "") -> tuple[Row]:
    """Whoever carries the case where the file is kept."""
    return (Row(act, {Role.CASE_MANAGER}, HOLDS, note=note),)


def for_the_node(act: str, note: str) -> Row:
    """Codes and days for the co-ordinator."""
    return Row(act, {Role.MECHANISM_COORDINATOR}, {R.NODE}, note=note)
