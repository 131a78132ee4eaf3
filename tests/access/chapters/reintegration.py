"""Reintegration: a plan that waits for the person's decision, and something on an agreed one."""

from __future__ import annotations

from typing import Any

from fener.casework.models import Case
from fener.trust.actor import Actor
from tests.factories import reintegration as made
from tests.factories.children import answered_for
from tests.factories.returns import days_ago

OF = {
    "casework:reintegration_plan": "reintegration plan",
    "casework:reintegration_entry": "reintegration entry",
    "casework:family_agreement": "family agreement",
    "casework:programme": "programme",
    "casework:participation": "participation",
}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """An entry on an agreed version, and a newer version."""
    answered_for(holder, case, about="other", on=days_ago(0))
    made.agreed(holder, case)
    enterprise = made.programme(holder, "social_enterprise")
    return {
        "programme": enterprise,
        "participation": made.begun(holder, case, enterprise, ago=0),
        "reintegration entry": made.entered(holder, case),
        "reintegration plan": made.drawn_up(holder, case),
        "family agreement": made.asked_about_family(holder, case),
    }
