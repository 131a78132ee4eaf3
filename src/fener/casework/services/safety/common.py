"""What the services of this chapter share: days of a clock, words that are sealed with the legal part."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from fener.casework.models import Case
from fener.casework.services.notes import seal_words
from fener.norms import clocks
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.models import SealedItem


def last_day(clock: str, start: date) -> date:
    """The last day of a clock of the pack that starts on that day. Raises LookupError for one without an end."""
    end = clocks.due(clock, jurisdiction=settings.FENER_JURISDICTION, start=start).end
    if end is None:
        raise LookupError(clock)
    return timezone.localdate(end) if isinstance(end, datetime) else end


def seal(actor: Actor, case: Case, slot: str, words: str) -> SealedItem | None:
    """Words beside a record of this chapter; what was written before stays in the vault."""
    return seal_words(
        actor=actor,
        case=case,
        slot=f"{slot}:{uuid4().hex[:8]}",
        words=words,
        also_for=[actor.keeper_id],
        compartment=Compartment.LEGAL,
    )
