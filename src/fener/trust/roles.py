"""The roles of a mechanism. A role says what kind of work somebody does; it opens nothing by itself (see policy.py)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Role(StrEnum):
    """Roles are held by a member of an organisation; one person may hold several, and rights only add."""

    HELPLINE_OPERATOR = "helpline_operator"
    FRONTLINE_OFFICER = "frontline_officer"
    CASE_MANAGER = "case_manager"
    SHELTER_WORKER = "shelter_worker"
    HEALTH_WORKER = "health_worker"
    LAWYER = "lawyer"
    GUARDIAN = "guardian"
    MECHANISM_COORDINATOR = "mechanism_coordinator"
    STATISTICIAN = "statistician"
    PLAN_OFFICER = "plan_officer"
    LAW_ENFORCEMENT_LIAISON = "law_enforcement_liaison"
    EXCHANGE_OFFICER = "exchange_officer"
    AUDITOR = "auditor"
    ORGANISATION_ADMIN = "organisation_admin"
    SYSTEM_ADMIN = "system_admin"

    @property
    def label(self) -> _StrPromise:
        """The role's name in the reader's language."""
        return LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, _StrPromise]]:
        """For form and model fields."""
        return [(role.value, role.label) for role in cls]


LABELS: dict[Role, _StrPromise] = {
    Role.HELPLINE_OPERATOR: _("Help-line operator"),
    Role.FRONTLINE_OFFICER: _("Front-line officer"),
    Role.CASE_MANAGER: _("Case manager"),
    Role.SHELTER_WORKER: _("Shelter worker"),
    Role.HEALTH_WORKER: _("Health worker"),
    Role.LAWYER: _("Lawyer"),
    Role.GUARDIAN: _("Guardian"),
    Role.MECHANISM_COORDINATOR: _("Mechanism co-ordinator"),
    Role.STATISTICIAN: _("Statistician"),
    Role.PLAN_OFFICER: _("Plan officer"),
    Role.LAW_ENFORCEMENT_LIAISON: _("Law-enforcement liaison"),
    Role.EXCHANGE_OFFICER: _("Exchange officer"),
    Role.AUDITOR: _("Auditor"),
    Role.ORGANISATION_ADMIN: _("Organisation administrator"),
    Role.SYSTEM_ADMIN: _("System administrator"),
}

# Roles that work on the person's file. Everybody else works on facts, tables, acts or accounts, and never opens
# content.
CASEWORK: frozenset[Role] = frozenset(
    {Role.CASE_MANAGER, Role.SHELTER_WORKER, Role.HEALTH_WORKER, Role.LAWYER, Role.GUARDIAN}
)
# Rule HE-02: health has its own role. Who also works on the case may hold that role beside another.
OPENS_HEALTH: frozenset[Role] = frozenset({Role.HEALTH_WORKER})
# Roles that meet the persons or work on their files, and roles for the mechanism as a whole: one account holds roles of
# one of the two alone.
MEETS_PEOPLE: frozenset[Role] = CASEWORK | {Role.HELPLINE_OPERATOR, Role.FRONTLINE_OFFICER}
FOR_THE_NODE: frozenset[Role] = frozenset(
    {
        Role.MECHANISM_COORDINATOR,
        Role.STATISTICIAN,
        Role.PLAN_OFFICER,
        Role.EXCHANGE_OFFICER,
        Role.AUDITOR,
        Role.SYSTEM_ADMIN,
    }
)
# Roles that must never be combined with opening anything sealed: whoever runs the machine or watches does not read.
NEVER_OPENS: frozenset[Role] = frozenset(
    {
        Role.MECHANISM_COORDINATOR,
        Role.STATISTICIAN,
        Role.PLAN_OFFICER,
        Role.LAW_ENFORCEMENT_LIAISON,
        Role.EXCHANGE_OFFICER,
        Role.AUDITOR,
        Role.ORGANISATION_ADMIN,
        Role.SYSTEM_ADMIN,
    }
)
