"""Who says as what a case is worked on (rule ID-28)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("case_type.list", note="read where the file is kept alone: no other body learns of it"),
    *by_the_holder("case_type.record", note="no help depends on it; never before a screening as smuggled or irregular"),
)
