"""What was left behind, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.justice.belonging import LeftBehind
from fener.casework.services.justice.belongings import require_reader
from fener.trust.errors import Refused


def left_behind(reader: Reader) -> list[LeftBehind]:
    """Things of a case, the latest first. Two queries. Raises Refused."""
    require_reader(reader.actor, "belonging.list")
    access.require(reader.actor, "belonging.list", reader.found)
    return list(LeftBehind.objects.filter(case=reader.case).select_related("claim").order_by("-left_on", "pk"))


def left_of(case: Case, pk: UUID, act: str) -> LeftBehind:
    """One of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = LeftBehind.objects.filter(case=case, pk=pk).select_related("claim").first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
