"""How long somebody waits for a decision, by the clock of limbo (rule ID-31)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from fener.norms import clocks

CLOCK = "limbo"
IDENTIFICATION, LEGAL_STATUS = "identification", "legal_status"
UNDECIDED = ("potential", "presumed")  # steps of the status ladder on which nobody has decided yet


def waits_until(kind: str, since: date) -> date:
    """The last day on which a decision of a kind is in time."""
    end = clocks.due(CLOCK, jurisdiction=settings.FENER_JURISDICTION, start=since, facts={"kind": kind}).end
    if end is None:
        raise LookupError("a clock of the pack that has no end")
    return timezone.localdate(end) if isinstance(end, datetime) else end


def late_since(kind: str, on: date) -> date:
    """The latest day of a request that is overdue on ``on``: what was asked for then or before it waits too long."""
    asked = on
    while waits_until(kind, asked) >= on:
        asked -= timedelta(days=1)
    return asked
