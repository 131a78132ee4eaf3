"""The reintegration plan of a case, as somebody may read it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.reintegration.plan import ReintegrationEntry, ReintegrationPlan, ReintegrationStart
from fener.trust.errors import Refused


def plans(reader: Reader) -> list[ReintegrationPlan]:
    """The versions with what they start from, the newest first. Two queries. Raises Refused."""
    access.require(reader.actor, "reintegration_plan.list", reader.found)
    starts = Prefetch("starts", queryset=ReintegrationStart.objects.order_by("basis"))
    return list(ReintegrationPlan.objects.filter(case=reader.case).prefetch_related(starts).order_by("-number"))


def entries(reader: Reader) -> list[ReintegrationEntry]:
    """What is on the lines, the newest first. One query. Raises Refused."""
    access.require(reader.actor, "reintegration_plan.list", reader.found)
    return list(ReintegrationEntry.objects.filter(case=reader.case).order_by("-on", "pk"))


def plan_of(case: Case, pk: UUID, act: str) -> ReintegrationPlan:
    """One version of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = ReintegrationPlan.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def entry_of(case: Case, pk: UUID, act: str) -> ReintegrationEntry:
    """One entry of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = ReintegrationEntry.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
