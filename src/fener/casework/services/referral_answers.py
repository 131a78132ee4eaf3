"""What a desk answers: accepted, declined with a reason that counts, outcome written back (rule AS-08)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain import referral_states as act
from fener.casework.domain import service_states
from fener.casework.domain.reasons import DECLINE_REASONS, OUTCOMES, Outcome
from fener.casework.models import Case, Referral, ServiceRecord
from fener.casework.services import clocks, own_decision, referral_disclosure
from fener.casework.services.notes import seal_words
from fener.casework.services.referrals import keep, move
from fener.network.agreements import sharing_limit
from fener.trust import consent as consents
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput, NeedsConsent
from fener.trust.models import Consent, DisclosureOverride
from fener.trust.standing import node_level

NO_GROUND = _("The person's consent is not alive any more, so nothing is shared. The sender was told to ask again.")
NOT_AGREED = _("An agreement between the two bodies does not allow it any more, so nothing is shared.")
LONGEST_NOTE = 300


@node_level(reason="an answer is given before the case is seen, and changes it for both sides")
@transaction.atomic
def accept_referral(*, actor: Actor, referral: Referral, at: datetime | None = None) -> Referral:
    """Accept for the desk's organisation: exactly one acceptance counts, and the ground is looked at again now.

    Discloses the consented compartments that the referral names and no others, and opens the record of the service.
    Raises Refused (looks absent), AlreadyDone, NeedsConsent.
    """
    at = at or timezone.now()
    _require_answerable(actor, "referral.accept", referral, at)
    _require_live_ground(referral, at)
    answered = {"answered_at": at, "answered_by_id": access.user_id(actor)}
    if not move(referral, act.ACCEPT, **answered):
        raise AlreadyDone(str(referral.pk), _("This was already answered. Look at what is recorded now."))
    opened = referral_disclosure.disclose(actor=actor, referral=referral, at=at)
    if referral.kind == Referral.Kind.SERVICE:
        _start_service(actor, referral, at)
    clocks.refresh_next_due(_case(referral))
    keep(actor, "referral.accept", referral, {"compartments": referral.compartments, "items": opened})
    return referral


@node_level(reason="an answer is given before the case is seen, and changes it for both sides")
@transaction.atomic
def decline_referral(
    *, actor: Actor, referral: Referral, reason: str, note: str = "", at: datetime | None = None
) -> Referral:
    """Say no, with a reason of the list whose consequence follows (domain.reasons). Nothing stays with the desk.

    ``note`` is plain and names nobody. Raises Refused, InvalidInput, AlreadyDone.
    """
    at = at or timezone.now()
    _require_answerable(actor, "referral.decline", referral, at)
    if reason not in DECLINE_REASONS:
        raise InvalidInput({"reason": _("Choose a reason: it counts, and something follows from it.")})
    if len(note.strip()) > LONGEST_NOTE:
        raise InvalidInput({"note": _("The note is too long: 300 characters at most.")})
    done = move(
        referral,
        act.DECLINE,
        answered_at=at,
        answered_by_id=access.user_id(actor),
        decline_reason=reason,
        decline_note=note.strip(),
        preview={},
    )
    if not done:
        raise AlreadyDone(str(referral.pk), _("This was already answered. Look at what is recorded now."))
    referral_disclosure.take_back(actor=actor, referral=referral, at=at)
    clocks.refresh_next_due(_case(referral))
    keep(actor, "referral.decline", referral, {"reason": reason})
    return referral


@node_level(reason="an answer is given before the case is seen, and changes it for both sides")
@transaction.atomic
def write_outcome(
    *, actor: Actor, referral: Referral, outcome: str, note: str = "", at: datetime | None = None
) -> Referral:
    """Write back to the sender what became of it. An outcome that ends it takes the receiver's keys back.

    ``note`` is sealed for the sender and the receiver. Raises Refused, InvalidInput, NotPossibleNow.
    """
    at = at or timezone.now()
    access.require(actor, "referral.outcome", access.referral_relationships(actor, referral, at=at))
    access.take_turn(referral.case_id)
    chosen = OUTCOMES.get(outcome)
    if chosen is None or referral.kind not in chosen.kinds:
        raise InvalidInput({"outcome": _("Choose an outcome that fits what was asked for.")})
    sealed = seal_words(
        actor=actor,
        case=_case(referral),
        slot=f"outcome:{referral.pk}:{int(at.timestamp())}",
        words=note,
        also_for=[referral.from_organisation_id, referral.to_organisation_id],
    )
    noted = {"outcome_note": sealed} if sealed else {}
    if not move(referral, act.END if chosen.ends else act.REPORT, outcome=outcome, outcome_at=at, **noted):
        referral.refresh_from_db()
        act.REFERRAL.step(referral.state, act.END)  # says so: it was withdrawn or ended in the meantime
        raise AlreadyDone(str(referral.pk))
    _carry_over(referral, chosen, at)
    if chosen.ends:
        referral_disclosure.take_back(actor=actor, referral=referral, at=at)
        clocks.refresh_next_due(_case(referral))
    keep(actor, "referral.outcome", referral, {"outcome": outcome, "ends": chosen.ends})
    return referral


def _require_answerable(actor: Actor, what: str, referral: Referral, at: datetime) -> None:
    """Only the desk's organisation answers. To its own late second answer it is said that one is there already."""
    own = actor.keeper_id == referral.to_organisation_id and not access.is_hidden(actor, referral.case_id, at=at)
    if own and referral.state != Referral.State.OFFERED:
        raise AlreadyDone(str(referral.pk), _("This was already answered. Look at what is recorded now."))
    access.require(actor, what, access.referral_relationships(actor, referral, at=at))
    access.take_turn(referral.case_id)


def _require_live_ground(referral: Referral, at: datetime) -> None:
    """The consent is read again, and locked, at the moment of the disclosure: a withdrawal before it wins (CO-05)."""
    if referral.consent is not None:
        consent = Consent.objects.select_for_update().get(pk=referral.consent.pk)
        ground: Consent | DisclosureOverride | None = consent
    else:
        grounds = DisclosureOverride.objects.select_for_update()
        ground = grounds.filter(pk=referral.override.pk).first() if referral.override is not None else None
    to, parts = referral.to_organisation_id, referral.compartments
    if ground is None or not consents.carries(ground, recipient_id=to, compartments=parts, on=at):
        raise NeedsConsent(NO_GROUND)
    if isinstance(ground, Consent):
        limit = sharing_limit(
            giver=referral.from_organisation_id, receiver=to, compartments=parts, purpose=ground.purpose,
            on=timezone.localdate(at), held_for=referral.case.organisation_id,
        )  # fmt: skip
        if not limit.allowed:
            raise NeedsConsent(f"{NOT_AGREED} {limit.text}")


def _start_service(actor: Actor, referral: Referral, at: datetime) -> None:
    """The record of the service at the receiver. It is accepted only by the person's own decision (rule CO-06).

    That decision is an acceptance recorded before, or the consent to share for this service; an override is none.
    """
    service = referral.service
    if service is None:
        return
    mine = ServiceRecord.objects.filter(
        case_id=referral.case_id, service=service, referral=None, state__in=["offered", "accepted"]
    )
    record = mine.order_by("-offered_on").first() or ServiceRecord(
        case_id=referral.case_id,
        need=_case(referral).needs.filter(kind=service.kind).order_by("recorded_on").first(),
        kind=service.kind,
        service=service,
        provider_id=referral.to_organisation_id,
        offered_on=timezone.localdate(referral.offered_at),
        recorded_by_id=access.user_id(actor),
    )
    record.referral = referral
    said = referral.consent
    heard = said is not None and bool(said.child_assent)
    if said is not None and record.state == ServiceRecord.State.OFFERED:
        own_decision.require(
            "start_service",
            _case(referral),
            actor=actor,
            about=record.pk,
            day=timezone.localdate(),
            given_by=said.giver,
            child_heard=heard,
        )
        record.state = ServiceRecord.State(service_states.SERVICE.step(record.state, service_states.ACCEPT).to)
        record.answered_on = max(said.given_on, record.offered_on)
    record.save()


def _carry_over(referral: Referral, outcome: Outcome, at: datetime) -> None:
    """What the outcome says about the service, on the record that this referral opened."""
    step = service_states.DELIVER if outcome.delivered else service_states.LEAVE if outcome.left else ""
    if not step:
        return
    for record in ServiceRecord.objects.filter(referral=referral):
        if (record.state, step) in service_states.SERVICE.steps:
            record.state = ServiceRecord.State(service_states.SERVICE.step(record.state, step).to)
            record.delivered_on = timezone.localdate(at) if outcome.delivered else record.delivered_on
            record.save(update_fields=["state", "delivered_on"])


def _case(referral: Referral) -> Case:
    return referral.case
