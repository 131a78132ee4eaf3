"""Routes that were told, and claims with their payments, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.justice.claim import Claim, RoutesTold
from fener.trust.errors import Refused


def tellings(reader: Reader) -> list[RoutesTold]:
    """What was told, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "compensation.list", reader.found)
    return list(RoutesTold.objects.filter(case=reader.case).order_by("-told_on", "-pk"))


def claims(reader: Reader) -> list[Claim]:
    """The claims with what was paid, the latest first. Two queries. Raises Refused."""
    access.require(reader.actor, "claim.list", reader.found)
    return list(Claim.objects.filter(case=reader.case).prefetch_related("payments").order_by("-claimed_on", "pk"))


def claims_for_routes(reader: Reader) -> list[Claim]:
    """What claims prove about the conditions of the routes. One query. Raises Refused."""
    access.require(reader.actor, "compensation.list", reader.found)
    return list(Claim.objects.filter(case=reader.case))


def claim_of(case: Case, pk: UUID, act: str) -> Claim:
    """One claim of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = Claim.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
