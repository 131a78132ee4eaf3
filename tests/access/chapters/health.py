"""Health: a test that was offered."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.health.care import HealthTest
from fener.casework.services.health.cards import give_card
from fener.casework.services.notes import seal_words
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment

OF = {"casework:health_test": "test", "casework:health_card": "health card"}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """A test that was offered; which one it is was sealed for the body that keeps the case."""
    today = timezone.localdate()
    what = seal_words(actor=holder, case=case, slot="health_test", words="Blood.", compartment=Compartment.HEALTH)
    made = HealthTest.objects.create(
        case=case, stage="stay", state="offered", what=what, offered_on=today, last_on=today,
        recorded_by_id=holder.user_id,
    )  # fmt: skip
    card, _code = give_card(actor=holder, case=case, opens=["urgent"], until=today)
    return {"test": made, "health card": card}
