"""Dangers and protection as the services record them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.safety.risk import ProtectionMeasure, RiskAssessment
from fener.casework.services.safety.plan import MeasureTerms, begin_measure
from fener.casework.services.safety.risks import RiskTerms, record_risk
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor


def ago(days: int) -> date:
    """That many days before today."""
    return timezone.localdate() - timedelta(days=days)


def no_danger() -> dict[str, str]:
    """Every danger was asked about, and none was found."""
    return dict.fromkeys(sorted(vocabulary("risk_kind").in_group("danger")), "none")


def assessed(actor: Actor, case: Case, days: int = 5, **terms: Any) -> RiskAssessment:
    """An assessment some days ago: recruiters at home, high."""
    terms = {"answers": {"local_recruiters": "high"}, "words": "Two men asked for him at home.", **terms}
    return record_risk(actor=actor, case=case, terms=RiskTerms(assessed_on=ago(days), **terms))


def cleared(actor: Actor, case: Case, days: int = 0, **terms: Any) -> RiskAssessment:
    """A review that finds that the danger has passed."""
    return assessed(actor, case, days, answers=no_danger(), is_review=True, **terms)


def protected(actor: Actor, case: Case, days: int = 5, kind: str = "safe_place", **terms: Any) -> ProtectionMeasure:
    """A measure that runs since some days ago."""
    return begin_measure(actor=actor, case=case, terms=MeasureTerms(kind=kind, since=ago(days), **terms))
