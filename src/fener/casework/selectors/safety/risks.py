"""Assessments of danger and measures of protection of a case, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.safety.risk import ProtectionMeasure, RiskAssessment
from fener.trust.errors import Refused


def risks(reader: Reader) -> list[RiskAssessment]:
    """The assessments of a case, by subject, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "risk.list", reader.found)
    return list(RiskAssessment.objects.filter(case=reader.case).order_by("subject", "which", "-turn"))


def measures(reader: Reader) -> list[ProtectionMeasure]:
    """The measures of a case, those that run first. One query. Raises Refused."""
    access.require(reader.actor, "protection_measure.list", reader.found)
    rows = ProtectionMeasure.objects.filter(case=reader.case)
    return list(rows.order_by("-state", "subject", "which", "-since", "pk"))


def measure_of(case: Case, pk: UUID, act: str) -> ProtectionMeasure:
    """One measure of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = ProtectionMeasure.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
