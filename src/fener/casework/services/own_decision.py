"""The gates that ask for the person's own recorded decision (rule CO-06)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from fener.casework.models import Case
from fener.casework.services.gated import require_open
from fener.trust.actor import Actor
from fener.trust.models import Consent

# What the two gates call the decision of the person and of the guardian.
_SAID = {"start_service": "accepted", "start_plan": "agreed"}


def require(
    gate: str,
    case: Case,
    *,
    actor: Actor,
    about: UUID,
    day: date,
    given_by: str,
    child_heard: bool,
    facts: Mapping[str, bool | None] | None = None,
) -> None:
    """Raises GateClosed unless the person decided, or for a child the guardian with the child heard.

    ``about``: the service or the plan; ``day``: of the answer. An override of the gate is asked for it (AC-01).
    """
    said, guardian = _SAID[gate], given_by == Consent.Giver.GUARDIAN
    require_open(
        gate,
        {
            f"person_{said}": not guardian and not case.treated_as_child,
            f"guardian_{said}": guardian and case.treated_as_child,
            "child_heard": child_heard,
            **(facts or {}),
        },
        actor=actor,
        case=case,
        about=about,
        day=day,
    )
