"""Searches for the family, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.returns.tracing import FamilySearch
from fener.trust.errors import Refused


def searches(reader: Reader) -> list[FamilySearch]:
    """Searches of a case, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "tracing.list", reader.found)
    return list(FamilySearch.objects.filter(case=reader.case).order_by("-asked_on", "pk"))


def search_of(case: Case, pk: UUID, act: str) -> FamilySearch:
    """One of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = FamilySearch.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
