"""Safety: promises."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.services.safety import promises
from fener.trust.actor import Actor

OF = {"casework:promise": "promise"}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """A promise whose day comes."""
    today = timezone.localdate()
    terms = promises.PromiseTerms(kind="permit", by="police", made_on=today, due_on=today + timedelta(days=5))
    return {"promise": promises.record_promise(actor=holder, case=case, terms=terms)}
