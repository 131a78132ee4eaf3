"""Safety: promises, detentions, incidents, complaints, measures, penalties, overrides of gates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fener.casework.access import user_id as require_user
from fener.casework.models import Case
from fener.casework.services.safety import complaints, detentions, incidents, plan, promises, punishments
from fener.trust.actor import Actor
from tests.factories import interests, overrides

OF = {
    "casework:promise": "promise",
    "casework:interest": "conflict of interests",
    "casework:detention": "detention",
    "casework:incident": "incident",
    "casework:complaint": "complaint",
    "casework:protection_measure": "measure",
    "casework:punishment": "punishment",
    "casework:gate_override_answer": "gate override",
    "casework:gate_override_ask": "closed gate",
}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """A promise, a detention, a violated right, a complaint, a measure of protection, a penalty, an override."""
    today = timezone.localdate()
    terms = promises.PromiseTerms(kind="permit", by="police", made_on=today, due_on=today + timedelta(days=5))
    violated = incidents.IncidentTerms(right="detained", by="police", happened_on=today)
    fined = punishments.PunishmentTerms(
        act="illegal_stay", penalty="fine", by="court", happened_on=today, words="No 4."
    )
    safe = plan.MeasureTerms(kind="safe_place", since=today)
    return {
        "measure": plan.begin_measure(actor=holder, case=case, terms=safe),
        "punishment": punishments.open_review(actor=holder, case=case, terms=fined),
        "closed gate": overrides.closed(holder, case),
        "conflict of interests": interests.conflict(holder, case, aim="information"),
        "gate override": overrides.asked(holder, case),
        "promise": promises.record_promise(actor=holder, case=case, terms=terms),
        "detention": detentions.record_detention(actor=holder, case=case, by="police", since=today),
        "incident": incidents.incident_record(actor=holder, case=case, terms=violated),
        "complaint": complaints.complaint_record(
            actor=holder,
            case=case,
            terms=complaints.ComplaintTerms(
                about="police", channel="spoken", made_on=today, answerer_id=require_user(holder)
            ),
        ),
    }
