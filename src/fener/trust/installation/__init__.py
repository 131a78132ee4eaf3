"""What is wrong with this installation: questions whose answer an operator can act on. Each finding says what to do."""

from __future__ import annotations

from fener.trust.installation.configuration import (
    DEMONSTRATION,
    NO_DEMONSTRATION,
    exposure,
    machine_keys,
    password_list,
    static_files,
)
from fener.trust.installation.fence import row_level_security
from fener.trust.installation.finding import Finding, Question, Severity
from fener.trust.installation.machine import clock, disk, library, permissions
from fener.trust.installation.state import (
    accounts,
    audit_triggers,
    backup,
    database,
    tick,
    time_went_back,
    waiting_migrations,
)

__all__ = [
    "DATABASE_QUESTIONS",
    "DEMONSTRATION",
    "NO_DEMONSTRATION",
    "QUESTIONS",
    "Finding",
    "Severity",
    "clock",
    "disk",
    "exposure",
    "findings",
    "library",
    "permissions",
    "time_went_back",
    "waiting_migrations",
]

QUESTIONS: tuple[Question, ...] = (
    library,
    permissions,
    clock,
    disk,
    exposure,
    machine_keys,
    password_list,
    static_files,
    database,
)
# Asked only where the database opens and stands where the program is.
DATABASE_QUESTIONS: tuple[Question, ...] = (accounts, audit_triggers, row_level_security, time_went_back, backup, tick)


def findings() -> list[Finding]:
    """Everything that is wrong, in the order in which it should be put right. Empty: nothing was found."""
    found = [finding for question in QUESTIONS for finding in question()]
    if all(f.check != "database" for f in found):
        found += [finding for question in DATABASE_QUESTIONS for finding in question()]
    return found
