"""Short ways to a file of one person with sealed compartments, for tests of what opens it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from fener.trust import consent as consents
from fener.trust import vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.models import Consent, Keeper, SealedItem
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose


def seal(actor: Actor, subject_id: UUID, compartment: Compartment, **content: str) -> SealedItem:
    """A sealed compartment of the actor's own keeper."""
    assert actor.keeper_id is not None
    return vault.seal(
        actor=actor,
        subject_id=subject_id,
        compartment=compartment,
        content=content or {"text": f"{compartment} of the person"},
        for_keepers=[actor.keeper_id],
    )


def give_consent(
    actor: Actor,
    subject_id: UUID,
    recipient: Keeper | None,
    compartments: Iterable[Compartment],
    purpose: Purpose = Purpose.SHARE_SERVICE,
    **changes: Any,
) -> Consent:
    """A valid consent; ``changes`` replace arguments of ``consent.give``."""
    given: dict[str, Any] = {
        "actor": actor,
        "relationship": Relationship.ASSIGNED,
        "subject_id": subject_id,
        "recipient_id": recipient.pk if recipient else None,
        "purpose": purpose,
        "compartments": list(compartments),
        "until": timezone.localdate() + timedelta(days=60),
        "language": "sr",
        "text_id": "share",
        "text_version": "1.0",
    }
    return consents.give(**{**given, **changes})
