"""Consents on a case: recorded as sentences, withdrawn in one act that takes effect at once (rules CO-02 to CO-05)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain import told
from fener.casework.models import Case, Clock, Referral
from fener.casework.services import clocks, erasure
from fener.casework.services.access import drop_access
from fener.casework.services.reintegration.identity import refuse_status
from fener.network.agreements import require_within, sharing_limit
from fener.network.models import Organisation
from fener.trust import audit
from fener.trust import consent as sentences
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import Consent
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose
from fener.trust.standing import node_level

if TYPE_CHECKING:
    from fener.trust.errors import Text

CANNOT_UNREAD: Text = _(
    "From now on they can open nothing more. What they have read before cannot be unread: if that is a danger, talk "
    "with the person about it now."
)
KEEP_WITHDRAWN: Text = _(
    "The person no longer wants your organisation to keep this file. Record nothing more in it. Its erasure is "
    "proposed: a second person looks at it, and after the days of grace its keys are destroyed. Help goes on "
    "without it."
)


@dataclass(frozen=True)
class ConsentTerms:
    """What was agreed, by whom and how it was explained. For a child the guardian gives and the child assents."""

    until: date
    language: str
    interpreter: str = ""
    giver: str = Consent.Giver.PERSON
    child_assent: bool | None = None
    compartments: Sequence[Compartment | str] = tuple(Compartment)
    given_on: date | None = None
    text_id: str = ""
    text_version: str = ""


@dataclass(frozen=True)
class Withdrawal:
    """What a withdrawal did, to be told to the person."""

    consent: Consent
    lost_access: tuple[Organisation, ...] = ()
    still_sees: tuple[Organisation, ...] = ()  # on another sentence that still stands
    referrals: tuple[Referral, ...] = ()
    messages: tuple[Text, ...] = field(default=(CANNOT_UNREAD,))


def record_consent(
    *,
    actor: Actor,
    case: Case,
    recipient: Organisation | None,
    purpose: Purpose | str,
    compartments: Sequence[Compartment | str],
    until: date,
    language: str,
    interpreter: str = "",
    giver: str = Consent.Giver.PERSON,
    child_assent: bool | None = None,
    given_on: date | None = None,
    text_id: str = "",
    text_version: str = "",
    at: datetime | None = None,
) -> Consent:
    """Record one sentence of a person (or of a child's guardian). ``recipient`` None: the own organisation.

    Raises InvalidInput by field (a child who is said to consent alone, a purpose that nobody may agree to for a
    child, a date that has passed), Refused.
    """
    relationship = access.require_on_case(actor, "consent.give", case, at=at)
    if recipient is not None:
        access.require_free(case, field="recipient", organisation_id=recipient.pk)
        if recipient.pk != case.organisation_id:
            refuse_status(actor, case, recipient)
            access.require_no_labour(recipient.pk, compartments, field="compartments")
    if recipient is not None and recipient.pk != case.organisation_id:
        _require_agreed(actor, case, relationship, recipient, purpose, compartments, until, at)
    terms = ConsentTerms(
        until=until,
        language=language,
        interpreter=interpreter,
        giver=giver,
        child_assent=child_assent,
        compartments=tuple(compartments),
        given_on=given_on,
        text_id=text_id,
        text_version=text_version,
    )
    return give(
        actor=actor, case=case, relationship=relationship, purpose=purpose, terms=terms,
        recipient_id=recipient.pk if recipient else None,
    )  # fmt: skip


def _require_agreed(
    actor: Actor,
    case: Case,
    relationship: Relationship,
    recipient: Organisation,
    purpose: Purpose | str,
    compartments: Sequence[Compartment | str],
    until: date,
    at: datetime | None,
) -> None:
    """An agreement may narrow what is asked for; it never replaces the person's yes (rule BO-02). Raises InvalidInput.

    A body that only received the file passes on: its own agreement with the keeper has to allow that.
    """
    received = relationship is Relationship.REFERRED_TO and actor.keeper_id is not None
    giver = actor.keeper_id if received and actor.keeper_id else case.organisation_id
    if giver == recipient.pk:
        return
    if not recipient.active_on(timezone.localdate(at)):
        raise InvalidInput({"recipient": _("This body has ended. Ask the person about another one.")})
    limit = sharing_limit(
        giver=giver, receiver=recipient.pk, compartments=compartments, purpose=purpose,
        on=timezone.localdate(at), until=until, held_for=case.organisation_id,
    )  # fmt: skip
    require_within(limit)


def give(
    *,
    actor: Actor,
    case: Case,
    relationship: Relationship,
    purpose: Purpose | str,
    terms: ConsentTerms,
    recipient_id: UUID | None = None,
) -> Consent:
    """Store a sentence with the case's own age rules. ``relationship``: in which the actor may, by the table."""
    text_id, text_version = told.consent_text(str(purpose))
    return sentences.give(
        actor=actor,
        relationship=relationship,
        subject_id=case.pk,
        purpose=purpose,
        compartments=terms.compartments,
        until=terms.until,
        language=terms.language,
        interpreter=terms.interpreter,
        text_id=terms.text_id or text_id,
        text_version=terms.text_version or text_version,
        recipient_id=recipient_id,
        giver=terms.giver,
        child=case.treated_as_child,
        child_assent=terms.child_assent,
        given_on=terms.given_on,
    )


@node_level(reason="a withdrawal takes away what others hold")
@transaction.atomic
def withdraw(*, actor: Actor, consent: Consent, at: datetime | None = None) -> Withdrawal:
    """Withdraw a sentence: the keys, the access and the open referrals that rest on it go in the same transaction.

    No reason is asked and no second person needed. Returns what it did, with the words to say about what was read
    before. Raises Refused (hidden from strangers), AlreadyDone.
    """
    at = at or timezone.now()
    case = (
        Case.objects.unscoped(reason="the case of a consent; access is checked next")
        .filter(pk=consent.subject_id)
        .first()
    )
    if case is None:
        raise Refused(act="consent.withdraw")
    relationship = access.require_on_case(actor, "consent.withdraw", case, at=at)
    if relationship is Relationship.REFERRED_TO and consent.recipient_id != actor.keeper_id:
        raise Refused(act="consent.withdraw")  # a recipient hears about its own sentence, not about others'
    withdrawn = sentences.withdraw(actor=actor, relationship=relationship, consent=consent)
    referrals = _withdraw_referrals(actor=actor, case=case, consent=withdrawn, at=at)
    lost: list[Organisation] = []
    stays: list[Organisation] = []
    if withdrawn.recipient_id != case.organisation_id:
        recipient = Organisation.objects.filter(pk=withdrawn.recipient_id).first()
        row = drop_access(actor=actor, case=case, organisation_id=withdrawn.recipient_id, at=at)
        if recipient is not None:
            (lost if row is None else stays).append(recipient)
    clocks.refresh_next_due(case)
    keep = withdrawn.purpose == Purpose.KEEP
    if keep and not _kept_by_another_sentence(case, at):
        erasure.propose_by_withdrawal(actor=actor, case=case, at=at)
    return Withdrawal(withdrawn, tuple(lost), tuple(stays), referrals, (KEEP_WITHDRAWN,) if keep else (CANNOT_UNREAD,))


def _kept_by_another_sentence(case: Case, at: datetime) -> bool:
    """Whether the person said twice that it may be kept, and one of the sentences still stands."""
    today = timezone.localdate(at)
    keeps = Consent.objects.filter(subject_id=case.pk, purpose=Purpose.KEEP, withdrawn_at__isnull=True)
    return keeps.filter(given_on__lte=today, until__gte=today).exists()


def _withdraw_referrals(*, actor: Actor, case: Case, consent: Consent, at: datetime) -> tuple[Referral, ...]:
    open_states = (Referral.State.OFFERED, Referral.State.ACCEPTED)
    found = tuple(
        Referral.objects.unscoped(reason="referrals of one case that rest on a withdrawn consent")
        .select_for_update()
        .filter(case=case, consent=consent, state__in=open_states)
    )
    for referral in found:
        was, referral.state = referral.state, Referral.State.WITHDRAWN
        referral.preview = {}  # the desk keeps no picture of somebody who withdrew
        referral.save(update_fields=["state", "preview"])
        audit.record(
            actor=actor,
            act="referral.withdraw",
            chain=("case", case.pk),
            subject_type="referral",
            subject_id=referral.pk,
            detail={"was": was, "because": "consent_withdrawn"},
        )
        waiting = Clock.objects.filter(
            case=case, subject_type="referral", subject_id=referral.pk, ended_at__isnull=True
        )
        clocks.finish(actor=actor, clocks=waiting, reason="not_needed", at=at)
    return found
