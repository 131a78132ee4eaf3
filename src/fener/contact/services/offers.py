"""The end of a screening: help is offered, and the person answers. What they agree to is sent, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.contact.models import Intake, Screening
from fener.contact.services.intakes import send
from fener.contact.services.screenings import is_current, own
from fener.network.models import Desk, Organisation
from fener.norms import gates
from fener.norms.texts import consent_text
from fener.trust import audit, consent
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import GateClosed, InvalidInput
from fener.trust.models import Consent
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose
from fener.trust.standing import node_level

# For how long the agreement to be called stands; it can be given anew by talking to the organisation itself.
CALL_AGREED_FOR = timedelta(days=30)
DECLINE_REASONS = {
    "": _("did not say"),
    "not_now": _("not now"),
    "afraid": _("afraid of what happens next"),
    "has_help": _("has help already"),
    "distrust": _("does not trust this"),
    "other": _("another reason"),
}
# Sectors whose presumed result cannot be closed before help was offered (rule ID-27).
MUST_OFFER = frozenset({Organisation.Sector.POLICE, Organisation.Sector.BORDER, Organisation.Sector.LABOUR_INSPECTION})


def _open(screening: Screening) -> None:
    """Ours alone until the transaction ends, and as it is now: a second tab may have ended it."""
    Screening.objects.select_for_update().unscoped(reason="the officer's own, checked before").get(pk=screening.pk)
    with node_level(reason="closed by the other tab, it is gone for the officer, who is told so in words"):
        screening.refresh_from_db()
    if screening.state == Screening.State.CLOSED:
        raise InvalidInput({"": _("This screening was already closed.")})


@transaction.atomic
def send_with_agreement(
    *,
    actor: Actor,
    screening: Screening,
    desk: Desk,
    contact: Mapping[str, Any],
    language: str,
    at: datetime,
    interpreter: str = "",
    guardian: bool = False,
    child_assent: bool | None = None,
) -> Intake:
    """The person agrees to be called or visited by one organisation, and to nothing else.

    ``contact`` (how and when to reach them safely) is sealed to that organisation alone: the officer and the officer's
    organisation cannot read it again. Of the answers only what the call needs goes along. A child without a guardian is
    passed on with the child's agreement, as a flag to protect a child, not on a consent (rules CO-04, ID-16).
    """
    own(actor, screening, "screening.offer")
    _open(screening)
    if not any(str(value).strip() for value in contact.values()):
        raise InvalidInput({"": _("Write down how the person wants to be reached: a number, a place or a time.")})
    given: Consent | None = None
    if not screening.about_child or guardian:
        text = consent_text(Purpose.SHARE_SERVICE)
        given = consent.give(
            actor=actor,
            relationship=Relationship.OWN,
            subject_id=screening.pk,
            recipient_id=desk.organisation_id,
            purpose=Purpose.SHARE_SERVICE,
            compartments=[Compartment.CONTACT],
            until=until(at),
            language=language,
            interpreter=interpreter,
            text_id=text.text_id,
            text_version=text.version,
            giver=Consent.Giver.GUARDIAN if guardian else Consent.Giver.PERSON,
            child=screening.about_child,
            child_assent=child_assent,
        )
    elif not child_assent:
        raise InvalidInput({"child_assent": _("Ask the child. Without the child's yes, raise a suspicion instead.")})
    intake = send(
        actor=actor,
        source=Intake.Source.SCREENING,
        desk=desk,
        sealed_content=contact,
        summary=_summary(screening, language),
        urgent=screening.danger_now or screening.about_child,
        at=at,
        screening=screening,
        given=given,
    )
    screening.offer_answer = Screening.Answer.AGREED
    _close(actor, screening, at, {"answer": "agreed", "to": desk.organisation_id})
    return intake


def until(at: datetime) -> date:
    """The last day on which a call that is agreed to at that moment may be made."""
    return timezone.localdate(at) + CALL_AGREED_FOR


def _summary(screening: Screening, language: str) -> dict[str, Any]:
    """What the desk sees before it calls: no answer, no place, no name."""
    return {
        "child": screening.about_child,
        "danger_now": screening.danger_now,
        "language": language,
        "interpreter_used": bool(screening.interpreter),
        "setting": screening.setting,
        "immediate_needs": screening.immediate_needs,
    }


@transaction.atomic
def record_decline(*, actor: Actor, screening: Screening, reason: str, at: datetime) -> Screening:
    """The person says no. It proves nothing, and the offer stays (rule ID-23); the rights card stays with them."""
    own(actor, screening, "screening.offer")
    _open(screening)
    if reason not in DECLINE_REASONS:
        raise InvalidInput({"reason": _("Choose a reason.")})
    screening.offer_answer = Screening.Answer.DECLINED
    screening.decline_reason = reason
    _close(actor, screening, at, {"answer": "declined", "reason": reason})
    return screening


@transaction.atomic
def close_without_offer(*, actor: Actor, screening: Screening, at: datetime) -> Screening:
    """Close where nothing was suggested, or by somebody who is no authority.

    Refused by the gate ``close_screening`` while a presumed result has not been answered by an offer (rule ID-27).
    """
    own(actor, screening, "screening.close")
    _open(screening)
    if not screening.finished_at and is_current(screening):
        raise InvalidInput({"": _("Finish the questions first, or save and come back.")})
    result = gates.check("close_screening", gate_facts(screening))
    if not result.open:
        raise GateClosed(result)
    screening.offer_answer = Screening.Answer.NOT_NEEDED
    _close(actor, screening, at, {"answer": "not_needed"})
    return screening


def may_close(screening: Screening) -> bool:
    """Whether it could be closed now without an offer: what the page offers a button for."""
    finished = bool(screening.finished_at) or not is_current(screening)
    return finished and gates.check("close_screening", gate_facts(screening)).open


def gate_facts(screening: Screening) -> dict[str, bool | None]:
    """The facts that the gate ``close_screening`` reads."""
    return {
        "referral_offered": screening.offer_answer in {Screening.Answer.AGREED, Screening.Answer.DECLINED},
        "result_points_elsewhere": bool(screening.finished_at) and not screening.suggestion.get("status_suggested"),
        "screened_by_other_than_authority": screening.organisation.sector not in MUST_OFFER,
    }


def _close(actor: Actor, screening: Screening, at: datetime, detail: Mapping[str, Any]) -> None:
    screening.state = Screening.State.CLOSED
    screening.closed_at = at
    with node_level(reason="closed, it is out of its officer's sight"):
        screening.save(update_fields=["state", "closed_at", "offer_answer", "decline_reason"])
    audit.record(
        actor=actor,
        act="screening.close",
        chain=("keeper", screening.organisation_id),
        subject_type="screening",
        subject_id=screening.pk,
        detail=dict(detail),
    )
