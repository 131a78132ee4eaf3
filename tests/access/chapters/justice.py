"""Justice: an interview, a lawyer, a charge, an owed outcome, a claim that was awarded; an asset of the body."""

from __future__ import annotations

from typing import Any

from fener.casework.models import Case
from fener.casework.models.justice.asset import SeizedAsset
from fener.casework.models.justice.operation import Operation
from fener.trust.actor import Actor
from tests.factories import hearings, interests, interviews, statements
from tests.factories import justice as made
from tests.factories.returns import days_ago

OF = {
    "casework:asset": "asset",
    "casework:operation": "operation",
    "casework:belonging": "left behind",
    "casework:charge": "charge",
    "casework:owed_outcome": "owed outcome",
    "casework:claim": "claim",
    "casework:interview": "interview",
    "casework:legal_mandate": "lawyer",
    "casework:hearing": "hearing",
    "casework:development": "development",
    "casework:court_measure": "court measure",
}

PLACES = {"section": "numbers"}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """One of each on the case."""
    made.told(holder, case)
    return {
        "hearing": hearings.stands(holder, case),
        "development": hearings.happened(holder, case, "release"),
        "court measure": hearings.asked_court(holder, case),
        "interview": interviews.planned(holder, case, purpose="screening"),  # of a child no statement without opinions
        "lawyer": statements.lawyer(holder, case),
        "asset": SeizedAsset.objects.create(  # whoever carries cases enters none
            organisation_id=holder.keeper_id,
            kind="cash",
            currency="EUR",
            seized_on=days_ago(300),
            recorded_by_id=holder.user_id,
        ),
        "left behind": interests.left(holder, case, 0),
        "operation": Operation.objects.create(
            organisation_id=holder.keeper_id, kind="raid", on=days_ago(3), recorded_by_id=holder.user_id
        ),
        "charge": made.charged(holder, case),
        "owed outcome": made.owed(holder, case),
        "claim": made.awarded(holder, made.claimed(holder, case)),
    }
