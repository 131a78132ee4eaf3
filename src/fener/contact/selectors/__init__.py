"""What an actor may read in ``contact``: own open screenings, own receipts, the own desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from fener.contact.models import Intake, Screening
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship


@dataclass(frozen=True)
class Receipt:
    """All that a sender sees afterwards: the code, when it was sent, whether it was received."""

    code: str
    sent_at: datetime
    received_at: datetime | None
    desk: str


def open_screenings(actor: Actor) -> QuerySet[Screening]:
    """The actor's own screenings that are not closed yet."""
    policy.require(actor, "screening.read", Relationship.OWN)
    mine: QuerySet[Screening] = Screening.objects.for_actor(actor)
    return mine.order_by("-started_at")


def open_screening(actor: Actor, screening_id: UUID) -> Screening:
    """One of them. Somebody else's, a closed one and one that never was look the same (Refused, hidden)."""
    found = open_screenings(actor).filter(pk=screening_id).select_related("organisation").first()
    if found is None:
        raise Refused(act="screening.read")
    return found


def receipts(actor: Actor) -> list[Receipt]:
    """What the actor sent on, newest first: received or not, and nothing more."""
    policy.require(actor, "receipt.list", Relationship.OWN)
    sent = (
        Intake.objects.unscoped(reason="narrowed to what the actor sent, and to four fields")
        .filter(sent_by_id=actor.user_id)
        .order_by("-sent_at")
        .values_list("code", "sent_at", "received_at", "desk__organisation__name")
    )
    return [Receipt(*row) for row in sent[:200]]


def intakes(actor: Actor) -> QuerySet[Intake]:
    """What waits at the actor's own organisation's desks, the most urgent first."""
    policy.require(actor, "intake.list", Relationship.SAME_ORGANISATION)
    own: QuerySet[Intake] = Intake.objects.for_actor(actor)
    return own.select_related("from_organisation").order_by("-urgent", "answer_due", "pk")


def intake(actor: Actor, code: str) -> Intake:
    """One of them by its code; anything else looks absent."""
    policy.require(actor, "intake.read", Relationship.SAME_ORGANISATION)
    found = intakes(actor).filter(code=code).select_related("sealed", "consent").first()
    if found is None:
        raise Refused(act="intake.read")
    return found


def overdue_for_node(actor: Actor, at: datetime) -> QuerySet[Intake]:
    """Unreceived beyond their time, for the co-ordinator: codes, organisations and times."""
    policy.require(actor, "intake.overdue.read", Relationship.NODE)
    everything: QuerySet[Intake] = Intake.objects.unscoped(reason="the node's overdue answers: no content is selected")
    return (
        everything.filter(state=Intake.State.SENT, answer_due__lt=at)
        .select_related("organisation")
        .only("code", "answer_due", "sent_at", "urgent", "organisation__short_name", "organisation__name")
        .order_by("answer_due")
    )
