"""A desk's referrals: the masked offer, the answer, the outcome; and offering one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema, Status

from fener.casework.api.schemas import Made
from fener.casework.models import Referral
from fener.casework.selectors import cases
from fener.casework.selectors import referrals as selectors
from fener.casework.services import referral_answers as answers
from fener.casework.services import referrals as services
from fener.network import selectors as network
from fener.trust.api import Number, Word, Words, answered, of_actor, only_once
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput
from fener.trust.policy import Relationship

router = Router(tags=["referrals"])


class WaitingOut(Schema):
    """An offer: who asks for what until when, and the masked preview. Names no case."""

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


class AcceptedOut(Schema):
    """What was accepted and has not ended."""

    id: UUID
    kind: str
    service: str
    sender: str
    case_code: str
    accepted_at: datetime | None
    outcome: str
    consent_until: date | None


class InboxOut(Schema):
    """What waits at the desks of the actor's body, and what it accepted."""

    waiting: list[WaitingOut]
    accepted: list[AcceptedOut]


class ReferralOut(Schema):
    """One referral as this actor may see it. ``case_code`` is empty for an offer that is not answered."""

    id: UUID
    kind: str
    state: str
    urgency: str
    offered_at: datetime
    answer_due: datetime
    outcome: str
    relationship: str
    case_code: str
    preview: dict[str, Any]
    compartments: list[str]

    @classmethod
    def of(cls, referral: Referral, how: Relationship) -> ReferralOut:
        """From the stored referral, masked for whoever has only the offer."""
        offered = how is Relationship.OFFERED
        return cls(
            id=referral.pk,
            kind=referral.kind,
            state=referral.state,
            urgency=referral.urgency,
            offered_at=referral.offered_at,
            answer_due=referral.answer_due,
            outcome=referral.outcome,
            relationship=how.value,
            case_code="" if offered else referral.case.code,
            preview=dict(referral.preview or {}),
            compartments=[] if offered else [str(part) for part in referral.compartments],
        )


class OfferIn(Schema):
    """An offer to a desk: for a service, or (kind assessment, decision) to a desk that answers such questions."""

    kind: Word = "service"
    service: Number | None = None
    desk: Number | None = None
    urgency: Word = "normal"
    compartments: list[Compartment] = []


class DeclineIn(Schema):
    """A reason of the list; something follows from it."""

    reason: Word
    note: Words = ""


class OutcomeIn(Schema):
    """What became of it."""

    outcome: Word
    note: Words = ""


def _one(request: HttpRequest, pk: UUID) -> Referral:
    referral, _how = selectors.get(of_actor(request), pk)
    return referral


def _shown(request: HttpRequest, pk: UUID) -> ReferralOut:
    return ReferralOut.of(*selectors.get(of_actor(request), pk))


@router.get("/referrals", url_name="referrals", response=answered(ok=InboxOut), summary="What waits at one's desks")
def desk(request: HttpRequest) -> Any:
    """The next due first; 200 of each at most."""
    found = selectors.desk(of_actor(request))
    return InboxOut(
        waiting=[WaitingOut(**{name: getattr(row, name) for name in WaitingOut.model_fields}) for row in found.waiting],
        accepted=[
            AcceptedOut(**{name: getattr(row, name) for name in AcceptedOut.model_fields}) for row in found.accepted
        ],
    )


@router.post(
    "/cases/{slug:code}/referrals", url_name="case_referrals", response=answered(made=Made), summary="Offer a referral"
)
def offer(request: HttpRequest, code: str, given: OfferIn) -> Any:
    """Consent, capacity, eligibility and gates are asked first, as on the page."""
    actor = of_actor(request)
    case, _how = cases.get(actor, code)
    service = network.services(actor).filter(pk=given.service).first() if given.service is not None else None
    to = network.desks(actor).filter(pk=given.desk).first() if given.desk is not None else None
    if service is None and to is None:
        raise InvalidInput({"service": _("Name a service, or a desk, that is there.")})

    def run() -> str:
        sent = services.offer_referral(
            actor=actor,
            case=case,
            kind=given.kind,
            service=service,
            desk=to,
            urgency=given.urgency,
            compartments=given.compartments,
        )
        return str(sent.pk)

    return Status(201, Made(id=only_once(request, f"referral.offer:{case.pk}", run)))


@router.get("/referrals/{uuid:pk}", url_name="referral", response=answered(ok=ReferralOut), summary="One referral")
def one(request: HttpRequest, pk: UUID) -> Any:
    """Masked before it is accepted."""
    return _shown(request, pk)


@router.post(
    "/referrals/{uuid:pk}/accept", url_name="referral_accept", response=answered(ok=ReferralOut), summary="Accept"
)
def accept(request: HttpRequest, pk: UUID) -> Any:
    """Exactly one acceptance counts; exactly what was consented can be opened from then on."""
    answers.accept_referral(actor=of_actor(request), referral=_one(request, pk))
    return _shown(request, pk)


@router.post(
    "/referrals/{uuid:pk}/decline",
    url_name="referral_decline",
    response=answered(ok=Made),
    summary="Decline, with a reason",
)
def decline(request: HttpRequest, pk: UUID, given: DeclineIn) -> Any:
    """Nothing stays with the desk."""
    answers.decline_referral(actor=of_actor(request), referral=_one(request, pk), reason=given.reason, note=given.note)
    return Made(id=str(pk))


@router.post(
    "/referrals/{uuid:pk}/outcome",
    url_name="referral_outcome",
    response=answered(ok=Made),
    summary="Write back what became of it",
)
def outcome(request: HttpRequest, pk: UUID, given: OutcomeIn) -> Any:
    """An outcome that ends it takes the keys back."""
    answers.write_outcome(actor=of_actor(request), referral=_one(request, pk), outcome=given.outcome, note=given.note)
    return Made(id=str(pk))
