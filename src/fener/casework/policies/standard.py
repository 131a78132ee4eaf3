"""Who may bring cases in from, and take them out to, a workbook of the case data standard."""

from __future__ import annotations

from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

ROWS: tuple[Row, ...] = (
    Row("case.import", {Role.CASE_MANAGER}, {R.SAME_ORGANISATION}, note="Into the own organisation, all rows or none."),
    Row(
        "case.export",
        {Role.CASE_MANAGER},
        {R.SAME_ORGANISATION},
        note="The own organisation's cases; each opening is kept; health is never in it (rule HE-02).",
    ),
)
