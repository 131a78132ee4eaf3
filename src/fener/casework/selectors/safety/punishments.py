"""Reviews of non-punishment of a case, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.safety.punishment import Punishment
from fener.trust.errors import Refused


def punishments(reader: Reader) -> list[Punishment]:
    """The reviews of a case, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "punishment.list", reader.found)
    return list(Punishment.objects.filter(case=reader.case).order_by("-happened_on", "pk"))


def punishment_of(case: Case, pk: UUID, act: str) -> Punishment:
    """One review of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = Punishment.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
