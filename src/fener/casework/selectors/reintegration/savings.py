"""The savings book of a person, as somebody may read it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.reintegration.savings import CORRECTIONS, SavingsEntry
from fener.trust.errors import Refused


def book(reader: Reader) -> list[SavingsEntry]:
    """Every entry, the oldest first. One query. Raises Refused."""
    access.require(reader.actor, "savings.list", reader.found)
    return list(SavingsEntry.objects.filter(case=reader.case).select_related("witness"))


def entries_to_correct(case: Case) -> QuerySet[SavingsEntry]:
    """The entries of a case whose book the actor may correct: corrections are counted with what they correct."""
    rows = SavingsEntry.objects.filter(case=case).exclude(kind__in=CORRECTIONS)
    return rows.prefetch_related("corrections").order_by("-on", "-number")


def entry_of(case: Case, pk: UUID, act: str) -> SavingsEntry:
    """One entry of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = SavingsEntry.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
