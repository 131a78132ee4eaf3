"""Safety: promises, detentions, incidents."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fener.casework.access import user_id as require_user
from fener.casework.models import Case
from fener.casework.services.safety import complaints, detentions, incidents, promises
from fener.trust.actor import Actor

OF = {
    "casework:promise": "promise",
    "casework:detention": "detention",
    "casework:incident": "incident",
    "casework:complaint": "complaint",
}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """A promise whose day comes, a detention, a right that was violated, and a complaint."""
    today = timezone.localdate()
    terms = promises.PromiseTerms(kind="permit", by="police", made_on=today, due_on=today + timedelta(days=5))
    violated = incidents.IncidentTerms(right="detained", by="police", happened_on=today)
    return {
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
