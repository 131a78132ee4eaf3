"""Who proposes, looks at and stops an erasure, sets periods, makes a copy for the person, reads the register."""

from __future__ import annotations

from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

HOLDER = frozenset({R.ASSIGNED, R.SAME_ORGANISATION})

ROWS: tuple[Row, ...] = (
    Row("erasure.propose", {Role.CASE_MANAGER}, HOLDER, job=True, note="For the person; the clock proposes too."),
    Row("erasure.list", {Role.CASE_MANAGER}, {R.SAME_ORGANISATION}),
    Row("erasure.list", {Role.ORGANISATION_ADMIN}, {R.SAME_ORGANISATION}, beside=True),
    Row("erasure.review", {Role.CASE_MANAGER}, HOLDER, note="Another person than who proposed it."),
    Row("erasure.stop", {Role.CASE_MANAGER, Role.SHELTER_WORKER}, HOLDER, note="Whoever hears it from the person."),
    Row("erasure.stop", {Role.HEALTH_WORKER, Role.LAWYER, Role.GUARDIAN}, {R.ASSIGNED, R.GUARDIAN}),
    Row("first_contact.review_erasure", {Role.CASE_MANAGER}, {R.SAME_ORGANISATION}),
    Row(
        "first_contact.review_erasure",
        {Role.ORGANISATION_ADMIN},
        {R.SAME_ORGANISATION},
        note="Where nobody manages cases. A day and a kind are shown, and nothing of what is erased.",
        elevated=True,
    ),
    Row("erasure.carry_out", (), (), job=True, note="By the clock alone, after the days of grace."),
    Row(
        "retention.set",
        {Role.ORGANISATION_ADMIN},
        {R.SAME_ORGANISATION},
        note="Its own period, with its reason.",
        elevated=True,
    ),
    Row("person_copy.export", {Role.CASE_MANAGER}, HOLDER, note="At the person's request; kept in the audit."),
    Row("register.read", {Role.AUDITOR, Role.MECHANISM_COORDINATOR, Role.SYSTEM_ADMIN}, {R.NODE}, beside=True),
    Row(
        "register.read",
        {Role.ORGANISATION_ADMIN},
        {R.SAME_ORGANISATION},
        note="For data protection; names nobody.",
        beside=True,
    ),
)
