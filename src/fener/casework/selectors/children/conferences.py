"""Case conferences of a child, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.children.conference import Conference, ConferenceMeasure
from fener.trust.errors import Refused


def conferences(reader: Reader) -> list[Conference]:
    """The conferences with their measures, the latest first. Two queries. Raises Refused."""
    access.require(reader.actor, "conference.list", reader.found)
    measures = Prefetch("measures", queryset=ConferenceMeasure.objects.order_by("due_on", "pk"))
    rows = Conference.objects.filter(case=reader.case).prefetch_related(measures)
    return list(rows.order_by("-called_on", "-held_on", "pk"))


def conference_of(case: Case, pk: UUID, act: str) -> Conference:
    """One conference of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = Conference.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def measure_of(case: Case, pk: UUID, act: str) -> ConferenceMeasure:
    """One measure of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = ConferenceMeasure.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
