"""Assessments and decisions as the services make them."""

from __future__ import annotations

from typing import Any

from fener.casework.models import Assessment, Case, Referral, StatusDecision
from fener.casework.services import assessments, decisions
from fener.trust.actor import Actor
from fener.trust.roles import Role
from tests.factories.casework import shared_with
from tests.factories.network import Body

YES = {"answer": "yes", "confidence": "high", "evidence": ["self_declared"]}
FOUND = {"acts": {"recruitment": YES}, "means": {"deception": YES}, "purposes": {"forced_labour": YES}}


def assess(actor: Actor, case: Case, **changes: Any) -> Assessment:
    """An assessment with all elements found, by somebody of the organisation that keeps the case."""
    terms: dict[str, Any] = {
        "opinion": "presumed",
        "elements": FOUND,
        "reasons": "He was promised other work; his papers were taken.",
        **changes,
    }
    return assessments.record_assessment(actor=actor, case=case, **terms)


def asked_to_assess(
    holder: Actor, case: Case, body: Body, role: Role = Role.FRONTLINE_OFFICER
) -> tuple[Actor, Referral]:
    """Somebody of another body whose desk accepted the request for an assessment."""
    referral, _consent = shared_with(holder, case, body, kind="assessment")
    return body.actor(role), referral


def assess_by_referral(holder: Actor, case: Case, body: Body, **changes: Any) -> Assessment:
    """An assessment by another body, by way of its desk."""
    actor, referral = asked_to_assess(holder, case, body)
    terms: dict[str, Any] = {"opinion": "potential", "elements": FOUND, "reasons": "Seen at the workshop.", **changes}
    return assessments.record_assessment(actor=actor, referral=referral, **terms)


def asked_to_decide(holder: Actor, case: Case, body: Body) -> Actor:
    """A case manager of the deciding body, whose desk accepted the request."""
    shared_with(holder, case, body, kind="decision")
    return body.actor(Role.CASE_MANAGER)


def decide(actor: Actor, case: Case, status: str = "identified", **changes: Any) -> StatusDecision:
    """A decision with basis and reasons."""
    terms: dict[str, Any] = {"legal_basis": "Act, article 5", "reasons": "All elements are found.", **changes}
    return decisions.decide_status(actor=actor, case=case, status=status, **terms)
