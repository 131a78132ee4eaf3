"""Dates for testimony, measures of a court and the protection before them, as the services make them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.justice.development import Development, TellingWish
from fener.casework.models.justice.hearing import CourtMeasure, Hearing
from fener.casework.services.justice import court_measures, developments, hearings
from fener.trust.actor import Actor
from tests.factories.interviews import in_days
from tests.factories.returns import days_ago
from tests.factories.safety import assessed, protected


def safe(actor: Actor, case: Case, days: int = 5) -> None:
    """The witness is protected, and no relative is threatened."""
    answers = {"local_recruiters": "high", "family_threatened": "none"}
    assessed(actor, case, days, answers=answers)
    for kind in ("emergency_contact", "local_recruiters_watched"):
        protected(actor, case, days, kind=kind)


def hearing_terms(**changes: Any) -> hearings.HearingTerms:
    terms = {"kind": "court", "set_by": "court", "on": in_days(20), "would_hurt": False, "words": "Room 12."}
    return hearings.HearingTerms(**{**terms, **changes})


def hearing(actor: Actor, case: Case, **changes: Any) -> Hearing:
    return hearings.set_hearing(actor=actor, case=case, terms=hearing_terms(**changes))


def stands(actor: Actor, case: Case) -> Hearing:
    """A date that stands, where the dangers of the case are another chapter's to assess."""
    terms = {name: value for name, value in vars(hearing_terms(would_hurt=None)).items() if name != "words"}
    return Hearing.objects.create(
        case=case, recorded_on=days_ago(0), recorded_by_id=access.user_id(actor), **terms
    )  # fmt: skip


def asked_court(actor: Actor, case: Case, **changes: Any) -> CourtMeasure:
    """Testimony by video, asked for by the lawyer ten days ago."""
    terms = {"kind": "video", "asked_by": "lawyer", "asked_on": days_ago(10), **changes}
    return court_measures.ask_measure(actor=actor, case=case, terms=court_measures.MeasureTerms(**terms))


def answered(actor: Actor, measure: CourtMeasure, step: str, ago: int = 2, reason: str = "") -> CourtMeasure:
    return court_measures.settle_measure(
        actor=actor, measure=measure, step=step, on=days_ago(ago), reason=reason
    )  # fmt: skip


def happened(actor: Actor, case: Case, kind: str = "indictment", hours: float = 1, **changes: Any) -> Development:
    """Something happened that many hours ago."""
    at = timezone.now() - timedelta(hours=hours)
    terms = developments.DevelopmentTerms(kind=kind, happened_at=at, **changes)
    return developments.record_development(actor=actor, case=case, terms=terms)


def wishes(actor: Actor, case: Case, wants: bool = True, channel: str = "telephone", ago: int = 0) -> TellingWish:
    """The person wants to be told, by telephone."""
    return developments.record_wish(actor=actor, case=case, wants=wants, channel=channel, since=days_ago(ago))


def told_of(actor: Actor, row: Development, channel: str = "telephone", minutes: int = 0) -> Development:
    at = timezone.now() - timedelta(minutes=minutes)
    return developments.tell_person(actor=actor, development=row, channel=channel, at=at)
