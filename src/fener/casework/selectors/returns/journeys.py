"""Journeys of a case, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.returns.journey import Journey
from fener.trust.errors import Refused


def journeys(reader: Reader) -> list[Journey]:
    """The journeys of a case, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "journey.list", reader.found)
    return list(Journey.objects.filter(case=reader.case).select_related("provider").order_by("-since", "pk"))


def journey_of(case: Case, pk: UUID, act: str) -> Journey:
    """One journey of a case on which ``act`` was allowed. Raises Refused, hidden: that of another case looks absent."""
    found = Journey.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
