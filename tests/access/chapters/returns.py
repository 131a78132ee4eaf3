"""Return: a journey that began, and an agreement to be contacted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.services.returns import journeys, recontact
from fener.trust.actor import Actor

OF = {
    "casework:journey": "journey",
    "casework:recontact": "agreement to be contacted",
    "casework:recontact_contact": "journey",
}
PLACES = {"step": "tell"}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """Somebody asks to go, and agrees to be contacted."""
    today = timezone.localdate()
    return {
        "journey": journeys.request(
            actor=holder, case=case, kind="assisted_voluntary", country="MD", on=today, words="To my sister."
        ),
        "agreement to be contacted": recontact.agree(
            actor=holder,
            case=case,
            channel="telephone",
            how="Mornings.",
            on=today,
            until=today + timedelta(days=90),
            by_guardian=case.treated_as_child,
        ),
    }
