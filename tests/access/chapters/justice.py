"""Justice: a charge, an outcome that is owed, a claim that was awarded; and an asset of the holder's body."""

from __future__ import annotations

from typing import Any

from fener.casework.models import Case
from fener.casework.models.justice.asset import SeizedAsset
from fener.trust.actor import Actor
from tests.factories import justice as made
from tests.factories.returns import days_ago

OF = {
    "casework:asset": "asset",
    "casework:charge": "charge",
    "casework:owed_outcome": "owed outcome",
    "casework:claim": "claim",
}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """One of each on the case."""
    made.told(holder, case)
    return {
        "asset": SeizedAsset.objects.create(  # whoever carries cases enters none
            organisation_id=holder.keeper_id,
            kind="cash",
            currency="EUR",
            seized_on=days_ago(300),
            recorded_by_id=holder.user_id,
        ),
        "charge": made.charged(holder, case),
        "owed outcome": made.owed(holder, case),
        "claim": made.awarded(holder, made.claimed(holder, case)),
    }
