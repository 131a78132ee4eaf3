"""Health records of a case, as a health worker may read them: those whose words were given to their own body."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.health.care import CareOffer, HealthTest
from fener.casework.models.hiding import NOBODY
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.models import ItemGrant


def _opened_to(actor: Actor) -> QuerySet[ItemGrant, Any]:
    """Ids of what was sealed to the reader's own body."""
    mine = ItemGrant.objects.filter(keeper_id=actor.keeper_id or NOBODY, in_force=True)
    return mine.values("item_id")


def tests(reader: Reader) -> list[HealthTest]:
    """Tests of a case, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "health_test.list", reader.found)
    found = HealthTest.objects.filter(case=reader.case, what__in=_opened_to(reader.actor))
    return list(found.order_by("-offered_on", "pk"))


def care_offers(reader: Reader) -> list[CareOffer]:
    """Care that was offered, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "health_test.list", reader.found)
    found = CareOffer.objects.filter(case=reader.case, words__in=_opened_to(reader.actor))
    return list(found.order_by("-on", "pk"))


def test_of(actor: Actor, case: Case, pk: UUID, act: str) -> HealthTest:
    """One test of a case on which ``act`` was allowed. Raises Refused, hidden: that of others looks absent."""
    found = HealthTest.objects.filter(case=case, pk=pk, what__in=_opened_to(actor)).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
