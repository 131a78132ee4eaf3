"""Referrals as an actor may see them: the desk with masked previews, what one sent, what fits next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from fener.casework import access
from fener.casework.models import Case, Referral
from fener.casework.services.referral_check import Check, check_services
from fener.network.models import Service
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship

_SHOWN = ("case", "desk", "service", "from_organisation", "to_organisation", "consent")
INBOX = 200  # rows of a desk on one page; more than that waits is a matter for the co-ordinator's board


@dataclass(frozen=True)
class Waiting:
    """An offer at a desk: who asks for what until when, and the masked preview. Names no case."""

    id: UUID
    kind: str
    service: str
    sender: str
    desk: str
    urgency: str
    offered_at: datetime
    due: datetime
    overdue: bool
    level: int
    preview: dict[str, Any]
    why: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Accepted:
    """What a desk's organisation accepted and has not written an end for."""

    id: UUID
    kind: str
    service: str
    sender: str
    case_code: str
    accepted_at: datetime | None
    outcome: str
    consent_until: Any


@dataclass(frozen=True)
class Desk:
    """Both halves of a desk's page."""

    waiting: tuple[Waiting, ...]
    accepted: tuple[Accepted, ...]


def rows(actor: Actor) -> QuerySet[Referral]:
    """Every referral that the actor may see, with what lists show of it."""
    found: QuerySet[Referral] = Referral.objects.for_actor(actor).select_related(*_SHOWN)
    return found


def get(actor: Actor, referral_id: UUID, *, at: datetime | None = None) -> tuple[Referral, Relationship]:
    """One referral and how the actor stands to it. Raises Refused (looks absent).

    OFFERED: show ``preview`` alone, nothing of the case. The sender must be allowed to see the case itself as well.
    """
    at = at or timezone.now()
    found_rows = Referral.objects.reachable_by(actor).select_related(*_SHOWN)
    referral = found_rows.filter(pk=referral_id).first()
    if referral is None:
        raise Refused(act="referral.read")
    found = access.referral_relationships(actor, referral, at=at)
    if Relationship.SAME_ORGANISATION in found:
        access.require_on_case(actor, "case.read", referral.case, at=at)
    if Relationship.OFFERED in found:
        return referral, access.require(actor, "referral.preview", found)
    return referral, access.require(actor, "referral.read", found)


def desk(actor: Actor, at: datetime | None = None) -> Desk:
    """What waits at the desks of the actor's organisation (the next due first) and what it accepted. Raises Refused."""
    at = at or timezone.now()
    policy.require(actor, "desk.read", Relationship.SAME_ORGANISATION)
    own = rows(actor).filter(to_organisation_id=actor.keeper_id)
    offered = own.filter(state=Referral.State.OFFERED).order_by("answer_due")[:INBOX]
    accepted = own.filter(access.live_ground(at), state=Referral.State.ACCEPTED).order_by("answered_at")[:INBOX]
    return Desk(tuple(_waiting(r, at) for r in offered), tuple(_accepted(r) for r in accepted))


def sent(actor: Actor, *, case: Case | None = None) -> QuerySet[Referral]:
    """What the actor's organisation sent, for the cases that the actor may see; newest first. Raises Refused."""
    policy.require(actor, "referral.list", Relationship.SAME_ORGANISATION)
    found = rows(actor).filter(from_organisation_id=actor.keeper_id, case__in=Case.objects.for_actor(actor))
    return found if case is None else found.filter(case=case)


def next_services(
    actor: Actor, *, case: Case, kind: str, at: datetime | None = None, limit: int = 10
) -> list[tuple[Service, Check]]:
    """Services of a kind for this person, those that fit first, each with its check (a missing consent counts last).

    What a desk of the same case declined comes last. Raises Refused.
    """
    at = at or timezone.now()
    declined = set(
        case.referrals.filter(state=Referral.State.DECLINED, service__kind=kind).values_list("service_id", flat=True)
    )
    found = (
        Service.objects.filter(kind=kind, active=True, desk__open=True)
        .select_related("organisation", "desk", "entry")
        .prefetch_related("entry__hours")  # when it is open, for the page that offers it
    )
    checked = check_services(actor=actor, case=case, services=found[: limit * 3], at=at)

    def order(pair: tuple[Service, Check]) -> tuple[bool, int, int, str]:
        service, check = pair
        closed = [c for c in check.closed if c.code != "consent"]
        return (service.pk in declined, len(closed), len(check.unknown), service.name)

    return sorted(checked, key=order)[:limit]


def _waiting(referral: Referral, at: datetime) -> Waiting:
    return Waiting(
        id=referral.pk,
        kind=referral.kind,
        service=referral.service.name if referral.service else "",
        sender=referral.from_organisation.short_name,
        desk=referral.desk.name,
        urgency=referral.urgency,
        offered_at=referral.offered_at,
        due=referral.answer_due,
        overdue=referral.answer_due < at,
        level=referral.escalation_level,
        preview=referral.preview,
        why=referral.answer_why,
    )


def _accepted(referral: Referral) -> Accepted:
    return Accepted(
        id=referral.pk,
        kind=referral.kind,
        service=referral.service.name if referral.service else "",
        sender=referral.from_organisation.short_name,
        case_code=referral.case.code,
        accepted_at=referral.answered_at,
        outcome=referral.outcome,
        consent_until=referral.consent.until if referral.consent else None,
    )
