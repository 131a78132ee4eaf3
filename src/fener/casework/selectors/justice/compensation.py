"""Routes that were told, and claims with their payments, as somebody may read them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.justice.claim import Claim, ClaimPayment, RoutesTold
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship
from fener.trust.standing import node_level

LOOK = "sums of claims by currency; they name no case"


@dataclass(frozen=True)
class Sums:
    """What persons asked, were awarded and were paid in one currency. Currencies are never added."""

    currency: str
    asked: Decimal
    awarded: Decimal
    paid: Decimal


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


@node_level(reason=LOOK)
def sums(actor: Actor) -> list[Sums]:
    """Of all claims of persons (an organisation's own apart), by currency. Two queries. Raises Refused."""
    policy.require(actor, "board.read", Relationship.NODE)
    rows = Claim.objects.filter(own=False, case__in=Case.objects.for_figures(actor, reason=LOOK))
    paid = dict(
        ClaimPayment.objects.filter(claim__in=rows)
        .order_by()
        .values_list("claim__currency")
        .annotate(total=Sum("amount"))
    )
    found = rows.order_by().values_list("currency").annotate(asked=Sum("asked"), awarded=Sum("awarded"))
    none = Decimal("0.00")
    return [
        Sums(currency, asked or none, awarded or none, paid.get(currency, none))
        for currency, asked, awarded in sorted(found)
    ]
