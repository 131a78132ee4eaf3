"""The ledger of confiscated assets: the own body's, or all for the co-ordinator."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet, Sum

from fener.casework.models.justice.asset import AssetStep, SeizedAsset
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship


@dataclass(frozen=True)
class Total:
    """One currency: what was realised, and what of it reached a fund for victims. Currencies are never added."""

    currency: str
    realised: Decimal
    fund: Decimal


def assets(actor: Actor, *, kind: str = "") -> QuerySet[SeizedAsset]:
    """What was seized, the latest first, with its steps. Two queries a page. Raises Refused."""
    found = _mine(actor).prefetch_related("steps").select_related("organisation").order_by("-seized_on", "pk")
    return found.filter(kind=kind) if kind else found


def totals(actor: Actor) -> list[Total]:
    """Sums by currency over the assets that one may read of. One query. Raises Refused."""
    rows = AssetStep.objects.filter(asset__in=_mine(actor), amount__isnull=False)
    sums: dict[str, dict[str, Decimal]] = {}
    for currency, step, amount in rows.order_by().values_list("asset__currency", "step").annotate(Sum("amount")):
        sums.setdefault(currency, {})[step] = amount
    return [
        Total(currency, found.get("realised", Decimal(0)), found.get("fund", Decimal(0)))
        for currency, found in sorted(sums.items())
    ]


def asset_of(actor: Actor, pk: UUID, act: str) -> SeizedAsset:
    """One asset of the own body. Raises Refused, hidden: another body's looks absent."""
    own = policy.decide(actor, act, Relationship.SAME_ORGANISATION).allowed
    found = SeizedAsset.objects.filter(pk=pk, organisation_id=actor.keeper_id).first()
    if found is None or not own:
        raise Refused(act=act)
    return found


def _mine(actor: Actor) -> QuerySet[SeizedAsset]:
    if policy.decide(actor, "asset.list", Relationship.NODE).allowed:
        return SeizedAsset.objects.all()
    if not policy.decide(actor, "asset.list", Relationship.SAME_ORGANISATION).allowed:
        raise Refused(act="asset.list")
    return SeizedAsset.objects.filter(organisation_id=actor.keeper_id)
