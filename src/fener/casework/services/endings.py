"""What never ends help: that money, a programme or childhood has run out (rule AS-04)."""

from __future__ import annotations

from fener.casework.domain import closing
from fener.casework.models import Case
from fener.casework.services.gated import require_open
from fener.trust.actor import Actor


def refuse_terms(actor: Actor, case: Case, reason: str) -> None:
    """Raise GateClosed where the reason of an ending is a term (gate end_by_term); the attempt is kept."""
    if reason in closing.TERMS:
        require_open("end_by_term", {}, actor=actor, case=case)
