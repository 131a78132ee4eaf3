"""Who gets in touch with the family, and only as the person agreed (rules RI-04, AS-04)."""

from __future__ import annotations

from fener.casework.policies.children.common import HOLDS
from fener.trust.policy import Row
from fener.trust.roles import Role

_WHO = {Role.CASE_MANAGER, Role.SHELTER_WORKER}

ROWS: tuple[Row, ...] = tuple(
    Row(f"family_contact.{act}", _WHO, HOLDS, note=note)
    for act, note in (
        ("list", "that there is a yes or a no, and days; who it is about is sealed"),
        ("agree", "the person's own yes or no"),
        ("end", "at once, without a reason"),
        ("record", "only under a living agreement"),
    )
)
