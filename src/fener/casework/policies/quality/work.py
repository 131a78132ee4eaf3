"""Who sees how people work, and who writes it (rules QM-01, QM-02). None of it names a case."""

from __future__ import annotations

from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import CASEWORK, Role

_MANAGES = {Role.ORGANISATION_ADMIN}

ROWS: tuple[Row, ...] = (
    Row("supervision.list", _MANAGES, {R.SAME_ORGANISATION}, note="numbers and days of the own workers", beside=True),
    Row("supervision.record", _MANAGES, {R.SAME_ORGANISATION}, note="day, kind, minutes", beside=True),
    Row("work_limit.set", _MANAGES, {R.SAME_ORGANISATION}, note="the body's own limits", beside=True),
    Row("own_work.read", CASEWORK, {R.OWN}, note="one's own numbers"),
    Row("own_work.record", CASEWORK, {R.OWN}, note="one's own time, typed once"),
    Row("leave_cover.list", {Role.CASE_MANAGER}, {R.SAME_ORGANISATION}, note="who stands in for whom"),
    Row("leave_cover.begin", {Role.CASE_MANAGER}, {R.SAME_ORGANISATION}, note="gives what the actor may give"),
    Row("leave_cover.end", {Role.CASE_MANAGER}, {R.SAME_ORGANISATION}, note="takes back what was given for it"),
)
