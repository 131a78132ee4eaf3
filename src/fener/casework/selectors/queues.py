"""How much waits, as counts over the whole node: for the machine that watches the node, not for a person.

No content is selected and nothing says which case. The caller asks at the node's own standing.
"""

from __future__ import annotations

from datetime import datetime

from fener.casework.models import Referral


def queue_lengths(at: datetime) -> dict[str, int]:
    """Referrals that nobody answered, and those of them whose time is over at ``at``."""
    offered = Referral.objects.for_figures(None, reason="a count over the node").filter(state=Referral.State.OFFERED)
    return {"referrals_offered": offered.count(), "referrals_overdue": offered.filter(answer_due__lt=at).count()}
