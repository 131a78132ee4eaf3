"""Health: a test that was offered."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.health.care import HealthTest
from fener.casework.services.notes import seal_words
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment

OF = {"casework:health_test": "test"}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """A test that was offered; which one it is was sealed for the body that keeps the case."""
    today = timezone.localdate()
    what = seal_words(actor=holder, case=case, slot="health_test", words="Blood.", compartment=Compartment.HEALTH)
    made = HealthTest.objects.create(
        case=case, stage="stay", state="offered", what=what, offered_on=today, last_on=today,
        recorded_by_id=holder.user_id,
    )  # fmt: skip
    return {"test": made}
