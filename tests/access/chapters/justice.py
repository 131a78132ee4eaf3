"""Justice: a charge, an outcome that is owed and a claim that was awarded."""

from __future__ import annotations

from typing import Any

from fener.casework.models import Case
from fener.trust.actor import Actor
from tests.factories import justice as made

OF = {
    "casework:charge": "charge",
    "casework:owed_outcome": "owed outcome",
    "casework:claim": "claim",
}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """One of each on the case."""
    made.told(holder, case)
    return {
        "charge": made.charged(holder, case),
        "owed outcome": made.owed(holder, case),
        "claim": made.awarded(holder, made.claimed(holder, case)),
    }
