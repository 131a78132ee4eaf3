"""Acts with a gate: the one way in which a service on a case asks whether something may happen yet."""

from __future__ import annotations

from collections.abc import Mapping

from fener.casework.models import Case
from fener.norms import gates
from fener.norms.gates import GateResult
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed

Facts = Mapping[str, bool | None]


def require_open(gate: str, facts: Facts, *, actor: Actor, case: Case) -> GateResult:
    """Go on only if the gate is open for these facts (None or absent: unknown, which refuses).

    After the policy and before the first write, inside the act's transaction. Raises GateClosed, which the form's page
    shows condition by condition with what to do about each, and keeps as a refusal; KeyError for a gate or a fact that
    the pack ``gates`` does not know.
    """
    result = gates.check(gate, facts)
    if not result.open:
        raise GateClosed(result, about=case.pk)
    return result
