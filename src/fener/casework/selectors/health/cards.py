"""Health cards of a case, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.health.card import HealthCard
from fener.trust.errors import Refused


def cards(reader: Reader) -> list[HealthCard]:
    """The cards of a case, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "health_card.list", reader.found)
    return list(HealthCard.objects.filter(case=reader.case).order_by("-given_on", "ended_on", "pk"))


def card_of(case: Case, pk: UUID, act: str) -> HealthCard:
    """One card of a case on which ``act`` was allowed. Raises Refused, hidden: that of another case looks absent."""
    found = HealthCard.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
