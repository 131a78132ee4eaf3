"""What the services of this package share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fener.casework.models import Case
from fener.network.models import Membership
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.models import User
from fener.trust.roles import CASEWORK, Role

MAX_LINE = 500


def keep(
    actor: Actor,
    act: str,
    case_id: UUID,
    detail: Mapping[str, Any],
    *,
    about: tuple[str, UUID] | None = None,
    outcome: str = "done",
) -> None:
    """The audit entry of a step, on the case's own chain, which those who see the case can read."""
    subject_type, subject_id = about or ("case", case_id)
    audit.record(
        actor=actor,
        act=act,
        chain=("case", case_id),
        subject_type=subject_type,
        subject_id=subject_id,
        outcome=outcome,
        detail=detail,
    )


def works_there(user: User, case: Case, roles: frozenset[Role] = CASEWORK) -> bool:
    """Whether somebody is at work on cases at the organisation that keeps this one."""
    found = Membership.objects.filter(user=user, organisation_id=case.organisation_id, until__isnull=True).first()
    return user.is_active and found is not None and bool({Role(role) for role in found.roles} & roles)
