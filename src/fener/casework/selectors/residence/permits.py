"""Permits of a case, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.residence.permit import Permit
from fener.trust.errors import Refused


def permits(reader: Reader) -> list[Permit]:
    """The applications of a case with what was decided, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "permit.list", reader.found)
    return list(Permit.objects.filter(case=reader.case).select_related("stay").order_by("-applied_on", "pk"))


def permit_of(case: Case, pk: UUID, act: str) -> Permit:
    """One permit of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = Permit.objects.filter(case=case, pk=pk).select_related("stay").first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
