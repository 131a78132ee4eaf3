"""Safety: promises, detentions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.services.safety import detentions, promises
from fener.trust.actor import Actor

OF = {"casework:promise": "promise", "casework:detention": "detention"}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """A promise whose day comes, and a detention."""
    today = timezone.localdate()
    terms = promises.PromiseTerms(kind="permit", by="police", made_on=today, due_on=today + timedelta(days=5))
    return {
        "promise": promises.record_promise(actor=holder, case=case, terms=terms),
        "detention": detentions.record_detention(actor=holder, case=case, by="police", since=today),
    }
