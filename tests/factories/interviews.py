"""Interviews as the services make them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.justice.advice import LegalMandate
from fener.casework.models.justice.interview import Interview
from fener.casework.services.justice import interviews
from fener.norms.path.checklists import checklist
from fener.trust.actor import Actor
from tests.factories.returns import days_ago
from tests.factories.statements import lawyer, told


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def answers(**changes: str) -> dict[str, str]:
    """Every line of the written standard kept, but for the changes."""
    return {item.code: "yes" for item in checklist(interviews.STANDARD).items} | changes


def held_terms(**changes: Any) -> interviews.HeldTerms:
    terms = {"on": days_ago(10), "language": "ro", "standard": answers(), "present": ["lawyer"], "minutes": 40}
    return interviews.HeldTerms(**{**terms, **changes})


def terms(**changes: Any) -> interviews.InterviewTerms:
    more = {"asked_by": "police", "purpose": "investigation", "words": "Inspector Marić, room 4."}
    return interviews.InterviewTerms(**{**more, **changes})


def planned(actor: Actor, case: Case, *, on: date | None = None, **changes: Any) -> Interview:
    if not LegalMandate.objects.filter(case=case).exists():
        told(actor, case, by=lawyer(actor, case))  # nobody plans what police or court ask without advice
    return interviews.plan_interview(actor=actor, case=case, terms=terms(**changes), on=on or in_days(5))


def held(actor: Actor, case: Case, *, how: dict[str, Any] | None = None, **changes: Any) -> Interview:
    return interviews.record_interview(
        actor=actor, case=case, terms=terms(**changes), held=held_terms(**(how or {}))
    )  # fmt: skip
