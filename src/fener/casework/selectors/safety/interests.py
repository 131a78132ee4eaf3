"""Conflicts of interest, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.safety.interest import InterestConflict
from fener.trust.errors import Refused


def conflicts(reader: Reader) -> list[InterestConflict]:
    """Conflicts of a case, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "interest.list", reader.found)
    return list(InterestConflict.objects.filter(case=reader.case).order_by("-arisen_on", "pk"))


def conflict_of(case: Case, pk: UUID, act: str) -> InterestConflict:
    """One of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = InterestConflict.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
