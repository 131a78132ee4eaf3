"""Family reunions, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.residence.reunion import FamilyReunion
from fener.trust.errors import Refused


def reunions(reader: Reader) -> list[FamilyReunion]:
    """Reunions of a case, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "reunion.list", reader.found)
    return list(FamilyReunion.objects.filter(case=reader.case).order_by("-asked_on", "pk"))


def reunion_of(case: Case, pk: UUID, act: str) -> FamilyReunion:
    """One of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = FamilyReunion.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
