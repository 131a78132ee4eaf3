"""Overrides of a gate as the services make them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.safety.gate_override import ClosedGate, GateOverride
from fener.casework.services.safety import gate_overrides
from fener.trust.actor import Actor

DEPARTURE = ("risk_assessment_done", "plan_for_afterwards", "receiving_provider_named", "belongings_settled")


def closed(actor: Actor, case: Case, **changes: Any) -> ClosedGate:
    """A gate that was closed to this actor; by default the departure, with everything missing."""
    kept: dict[str, Any] = {
        "gate": "departure",
        "conditions": list(DEPARTURE),
        "about": case.pk,
        "day": timezone.localdate(),
        "kind": "return_type:within_country",
        **changes,
    }
    return ClosedGate.objects.create(case=case, closed_on=timezone.localdate(), closed_to_id=actor.user_id, **kept)


def asked(actor: Actor, case: Case, **changes: Any) -> GateOverride:
    """By default: the departure of this case, with everything missing."""
    refused = {name: changes.pop(name) for name in ("gate", "conditions", "about", "day", "kind") if name in changes}
    terms: dict[str, Any] = {
        "closed": changes.pop("closed", None) or closed(actor, case, **refused),
        "basis": "court_order",
        "reason": "Judge Lukić, K 12/26.",
        "until": timezone.localdate(),
        **changes,
    }
    return gate_overrides.ask(actor=actor, case=case, **terms)


def agreed(actor: Actor, case: Case, *others: Actor, **changes: Any) -> GateOverride:
    """Asked for by ``actor``, agreed by ``others`` one after the other."""
    override = asked(actor, case, **changes)
    for other in others:
        override = gate_overrides.agree(actor=other, override=override)
    return override
