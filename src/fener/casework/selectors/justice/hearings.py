"""Dates for testimony and measures of a court, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.justice.charge import Charge
from fener.casework.models.justice.hearing import CourtMeasure, Hearing
from fener.trust.errors import Refused


def hearings(reader: Reader) -> list[Hearing]:
    """The dates of a case, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "hearing.list", reader.found)
    return list(Hearing.objects.filter(case=reader.case).select_related("charge"))


def court_measures(reader: Reader, act: str = "court_measure.list") -> list[CourtMeasure]:
    """The measures of a case, the latest first. One query. Raises Refused."""
    access.require(reader.actor, act, reader.found)
    return list(CourtMeasure.objects.filter(case=reader.case).select_related("charge"))


def hearing_of(case: Case, pk: UUID, act: str) -> Hearing:
    """One date of this case. Raises Refused, hidden: another case's looks absent."""
    found = Hearing.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def court_measure_of(case: Case, pk: UUID, act: str) -> CourtMeasure:
    """One measure of this case. Raises Refused, hidden: another case's looks absent."""
    found = CourtMeasure.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def proceedings(case: Case) -> QuerySet[Charge]:
    """The charges of a case that a date or a measure may belong to."""
    return Charge.objects.filter(case=case).order_by("-act_on", "pk")
