"""Rows of what proceedings are about: narrower than the rest of the file, because it tells who testifies."""

from __future__ import annotations

from fener.casework.policies.children.common import BROUGHT, HOLDS
from fener.trust.policy import Row
from fener.trust.roles import Role


def of_the_law(act: str, note: str = "") -> tuple[Row, Row]:
    """Whoever carries the case, and the specialists to whom the person was brought; never who works in a house."""
    return (
        Row(act, {Role.CASE_MANAGER}, HOLDS, note=note),
        Row(act, {Role.LAWYER, Role.GUARDIAN}, BROUGHT, note=note),
    )
