"""What was agreed about the family, as somebody may read it."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.reintegration.family import FamilyAgreement
from fener.trust.errors import Refused


def agreements(reader: Reader) -> list[FamilyAgreement]:
    """Agreements with what was done under them, the latest first. Two queries. Raises Refused."""
    access.require(reader.actor, "family_contact.list", reader.found)
    return list(FamilyAgreement.objects.filter(case=reader.case).prefetch_related("supports"))


def agreement_of(case: Case, pk: UUID, act: str) -> FamilyAgreement:
    """One agreement of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = FamilyAgreement.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
