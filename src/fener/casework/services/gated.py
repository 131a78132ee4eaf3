"""Acts with a gate: the one way in which a service on a case asks whether something may happen yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.services.safety import gate_overrides
from fener.norms import gates
from fener.norms.gates import GateResult
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed

Facts = Mapping[str, bool | None]


def require_open(
    gate: str,
    facts: Facts,
    *,
    actor: Actor,
    case: Case,
    about: UUID | None = None,
    day: date | None = None,
    kind: str = "",
) -> GateResult:
    """Go on only if the gate is open for these facts (None or absent: unknown, which refuses), or an override that was
    agreed for exactly this act lets it pass once (rule AC-01); the result then still says what is missing.

    After the policy and before the first write, inside the act's transaction. ``about``: the row of the act, where it
    has one; ``day``: on which it is done (today). A gate that an override passes needs both: without them an override
    would be for the whole case. ``kind``: what kind of act it is, as ``list:code``, for whoever agrees to an override.

    Raises GateClosed, which the form's page shows condition by condition with what to do about each, and keeps as a
    refusal; KeyError for a gate or a fact that the pack ``gates`` does not know; ValueError where row or day lacks.
    """
    result, row = gates.check(gate, facts), about or case.pk
    if gate_overrides.rule_of(gate) is not None and (about is None or day is None):
        raise ValueError(f"{gate}: name the row and the day of the act")
    if result.open or gate_overrides.use(
        actor=actor, case=case, result=result, about=row, day=day or timezone.localdate()
    ):
        return result
    raise GateClosed(result, about=case.pk, row=row, day=day, kind=kind)
