"""Types of a case, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.residence.case_type import CaseType
from fener.trust.errors import Refused


def case_types(reader: Reader) -> list[CaseType]:
    """Types of a case, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "case_type.list", reader.found)
    return list(CaseType.objects.filter(case=reader.case).order_by("-turn"))


def case_type_of(case: Case, pk: UUID, act: str) -> CaseType:
    """One of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = CaseType.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
