"""The gates that ask for the person's own recorded decision (rule CO-06)."""

from __future__ import annotations

from collections.abc import Mapping

from fener.casework.models import Case
from fener.norms import gates
from fener.trust.errors import GateClosed
from fener.trust.models import Consent

# What the two gates call the decision of the person and of the guardian.
_SAID = {"start_service": "accepted", "start_plan": "agreed"}


def require(
    gate: str, case: Case, *, given_by: str, child_heard: bool, facts: Mapping[str, bool | None] | None = None
) -> None:
    """Raises GateClosed unless the person decided, or for a child the guardian with the child heard."""
    said, guardian = _SAID[gate], given_by == Consent.Giver.GUARDIAN
    result = gates.check(
        gate,
        {
            f"person_{said}": not guardian and not case.treated_as_child,
            f"guardian_{said}": guardian and case.treated_as_child,
            "child_heard": child_heard,
            **(facts or {}),
        },
    )
    if not result.open:
        raise GateClosed(result)
