"""What returns of a case passed on, as somebody may read it."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.returns.passing_on import PassedOn
from fener.casework.selectors.returns.journeys import journeys
from fener.trust.errors import Refused


def passed_on(reader: Reader) -> list[PassedOn]:
    """What was passed on, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "passed_on.list", reader.found)
    return list(PassedOn.objects.filter(case=reader.case).select_related("recipient").order_by("-on", "pk"))


def passed_on_of(case: Case, pk: UUID, act: str) -> PassedOn:
    """One row of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = PassedOn.objects.filter(case=case, pk=pk).select_related("recipient").first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


__all__ = ["journeys", "passed_on", "passed_on_of"]
