"""How many first contacts wait, as counts over the whole node: for the machine that watches it, not for a person."""

from __future__ import annotations

from datetime import datetime

from fener.contact.models import Intake


def queue_lengths(at: datetime) -> dict[str, int]:
    """First contacts that no desk received, and those of them whose time is over at ``at``."""
    sent = Intake.objects.unscoped(reason="a count over the node").filter(state=Intake.State.SENT)
    return {"intakes_sent": sent.count(), "intakes_overdue": sent.filter(answer_due__lt=at).count()}
