"""Detentions of a case, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.safety.detention import Detention
from fener.trust.errors import Refused


def detentions(reader: Reader) -> list[Detention]:
    """The detentions of a case, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "detention.list", reader.found)
    return list(Detention.objects.filter(case=reader.case).order_by("-since", "pk"))


def detention_of(case: Case, pk: UUID, act: str) -> Detention:
    """One detention of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = Detention.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
