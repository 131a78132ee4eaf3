"""Figures about referrals and services, each with its definition: response times, declines, gaps, feedback."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from fener.casework.models import Referral, ServiceRecord, hiding
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship
from fener.trust.standing import node_level

if TYPE_CHECKING:
    from fener.trust.errors import Text

RESPONSE_DEFINITION: Text = _(
    "Time from the offer of a referral to its acceptance or refusal, by the organisation that was asked, for offers "
    "made in the period. The median is of answered ones. Withdrawn offers are left out; unanswered ones are counted "
    "beside it."
)
DELIVERED_DEFINITION: Text = _(
    "Services that were delivered in the period, each counted for the one body that gave it."
)


@dataclass(frozen=True)
class ResponseRow:
    """One organisation (None: all). Times are of answered offers; None where there is none."""

    organisation_id: UUID | None
    organisation: str
    answered: int
    unanswered: int
    in_time: int
    escalated: int
    median: timedelta | None
    longest: timedelta | None


@dataclass(frozen=True)
class ResponseTimes:
    """The figure with its definition and period (``until`` is not included)."""

    definition: Text
    since: datetime
    until: datetime
    total: ResponseRow
    rows: tuple[ResponseRow, ...]


@node_level(reason="totals; they name no case")
def response_times(actor: Actor, *, since: datetime, until: datetime) -> ResponseTimes:
    """How long organisations take to answer (rule AS-09). One query. Raises Refused."""
    policy.require(actor, "response_times.read", Relationship.NODE)
    offers = list(
        Referral.objects.for_figures(actor, reason="a figure over times; names no case")
        .filter(offered_at__gte=since, offered_at__lt=until)
        .exclude(state=Referral.State.WITHDRAWN)
        .order_by()
        .values_list(
            "to_organisation_id",
            "to_organisation__short_name",
            "offered_at",
            "answered_at",
            "escalation_level",
            named=False,
        )
    )
    by_body: dict[tuple[UUID, str], list[_Offer]] = defaultdict(list)
    for body, name, offered, answered, level in offers:
        by_body[body, name].append(_Offer(offered, answered, level))
    everything = [offer for some in by_body.values() for offer in some]
    return ResponseTimes(
        RESPONSE_DEFINITION,
        since,
        until,
        _row(None, "", everything),
        tuple(_row(body, name, some) for (body, name), some in sorted(by_body.items(), key=lambda item: item[0][1])),
    )


@dataclass(frozen=True)
class _Offer:
    offered: datetime
    answered: datetime | None
    level: int


def _row(body: UUID | None, name: str, offers: Iterable[_Offer]) -> ResponseRow:
    offers = list(offers)
    took = [offer.answered - offer.offered for offer in offers if offer.answered is not None]
    return ResponseRow(
        organisation_id=body,
        organisation=name,
        answered=len(took),
        unanswered=len(offers) - len(took),
        in_time=sum(offer.answered is not None and offer.level == 0 for offer in offers),
        escalated=sum(offer.level > 0 for offer in offers),
        median=timedelta(seconds=median(each.total_seconds() for each in took)) if took else None,
        longest=max(took, default=None),
    )


@node_level(reason="totals; they name no case")
def declines(actor: Actor) -> dict[str, int]:
    """How often each reason was given by desks, for the whole node. Raises Refused."""
    policy.require(actor, "board.read", Relationship.NODE)
    found = Referral.objects.for_figures(actor, reason="counts of reasons; names no case").filter(
        state=Referral.State.DECLINED
    )
    return Counter(found.order_by().values_list("decline_reason", flat=True))


@node_level(reason="totals; they name no case")
def delivered(actor: Actor, *, since: datetime, until: datetime) -> dict[UUID, int]:
    """Delivered services by the body that gave them, and by no other (rule AS-01). Raises Refused."""
    policy.require(actor, "response_times.read", Relationship.NODE)
    found = (
        ServiceRecord.objects.filter(
            case__protected=False, delivered_on__gte=since.date(), delivered_on__lt=until.date()
        )
        .exclude(hiding.shut_out(actor, "case"))
        .order_by()
        .values("provider_id")
        .annotate(count=Count("pk"))
    )
    return {row["provider_id"]: row["count"] for row in found}


@dataclass(frozen=True)
class Feedback:
    """What persons said about a provider's services of one kind, as counts of answers; names no case (rule AS-02)."""

    kind: str
    answers: dict[str, int]
    declined: dict[str, int]
    left: int


@node_level(reason="totals; they name no case")
def feedback(actor: Actor) -> list[Feedback]:
    """What comes back to the actor's own organisation about what it gave or offered. Raises Refused."""
    policy.require(actor, "feedback.list", Relationship.SAME_ORGANISATION)
    answers: dict[str, Counter[str]] = defaultdict(Counter)
    no: dict[str, Counter[str]] = defaultdict(Counter)
    left: Counter[str] = Counter()
    for kind, state, helpful, reason in (
        ServiceRecord.objects.filter(provider_id=actor.keeper_id, case__protected=False)
        .exclude(hiding.shut_out(actor, "case"))
        .order_by()
        .values_list("kind", "state", "helpful", "decline_reason")
    ):
        answers[kind][helpful] += helpful != ServiceRecord.Helpful.NOT_ASKED
        no[kind][reason] += state == ServiceRecord.State.DECLINED
        left[kind] += state == ServiceRecord.State.LEFT
    return [Feedback(kind, dict(+answers[kind]), dict(+no[kind]), left[kind]) for kind in sorted(answers)]
