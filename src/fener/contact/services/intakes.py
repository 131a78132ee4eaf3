"""What arrives at a desk, from whoever: sealed to the receiving organisation, answered in time, a case or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework.access import is_hidden
from fener.casework.domain.codes import new_code
from fener.casework.models import Case
from fener.casework.services import cases
from fener.contact.models import Intake, Screening
from fener.network.models import Desk
from fener.norms import clocks
from fener.norms.vocab import vocabulary
from fener.trust import audit, policy, vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, InvalidInput
from fener.trust.models import Consent
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose

CLOSE_REASONS = {
    "not_reached": _("could not be reached safely"),
    "does_not_wish": _("does not wish it now; the offer stays"),
    "helped_once": _("advice given, nothing more wished"),
    "other_body": _("another body helps already"),
    "no_sign": _("no sign of exploitation; information given"),
}


def send(
    *,
    actor: Actor,
    source: str,
    desk: Desk,
    sealed_content: Mapping[str, Any],
    summary: Mapping[str, Any],
    urgent: bool,
    at: datetime,
    screening: Screening | None = None,
    given: Consent | None = None,
    person_knows: bool = True,
) -> Intake:
    """Put something on a desk, in the caller's transaction. Its words open with the receiving organisation's key alone.

    ``given``: the person's consent; then the key to the words ends with it. A suspicion, and a child without a
    guardian, are passed on without one: they ask for an offer, and hold what is needed to make it.
    """
    if not desk.open or "intake" not in desk.receives:
        raise InvalidInput({"desk": _("This desk does not receive first contacts. Choose another one.")})
    intake_id = uuid4()
    subject = screening.pk if screening else intake_id
    item = vault.seal(
        actor=actor,
        subject_id=subject,
        compartment=Compartment.CONTACT,
        slot=f"intake:{intake_id}",
        content=dict(sealed_content),
        for_keepers=[desk.organisation_id],
        consent=given,
    )
    due = clocks.due(
        "contact_answer",
        jurisdiction=settings.FENER_JURISDICTION,
        start=at,
        facts={"urgency": "now" if urgent else "urgent"},
    )
    if not isinstance(due.end, datetime):
        raise TypeError(f"{due.code} ends at a moment, not on a day")
    intake: Intake = Intake.objects.create(
        id=intake_id,
        code=_free_code(),
        source=source,
        screening=screening,
        from_organisation_id=actor.keeper_id,
        sent_by_id=actor.user_id,
        organisation_id=desk.organisation_id,
        desk=desk,
        urgent=urgent,
        summary=dict(summary),
        sealed=item,
        consent=given,
        person_knows=person_knows,
        sent_at=at,
        answer_due=due.end,
    )
    audit.record(
        actor=actor,
        act="intake.send",
        chain=("case", subject),
        subject_type="intake",
        subject_id=intake.pk,
        purpose=Purpose.SHARE_SERVICE,
        detail={"to": desk.organisation_id, "source": source, "compartments": [Compartment.CONTACT.value]},
    )
    return intake


def _free_code() -> str:
    """A code that no intake of this node has; what two people read to each other on the telephone."""
    everything = Intake.objects.unscoped(reason="a code is unique in the node")
    code = new_code()
    while everything.filter(code=code).exists():
        code = new_code()
    return code


@transaction.atomic
def raise_suspicion(
    *,
    actor: Actor,
    desk: Desk,
    words: Mapping[str, Any],
    about_child: bool,
    signs: list[str],
    urgent: bool,
    person_knows: bool,
    at: datetime,
) -> Intake:
    """A third party flags somebody (rules HE-06, ID-16). It opens an offer to that person, never a compulsion.

    The page shows nothing of anybody's records, and the words can be read by the receiving organisation alone.
    """
    policy.require(actor, "suspicion.raise", Relationship.OWN)
    known = vocabulary("indicator")
    if unknown := [sign for sign in signs if sign not in known]:
        raise InvalidInput({"signs": _("%(sign)s is no sign of the list.") % {"sign": unknown[0]}})
    if not signs and not any(str(value).strip() for value in words.values()):
        raise InvalidInput({"": _("Tick a sign or write what you noticed.")})
    return send(
        actor=actor,
        source=Intake.Source.SUSPICION,
        desk=desk,
        sealed_content=words,
        summary={"child": about_child, "signs": signs, "person_knows": person_knows},
        urgent=urgent or about_child,
        at=at,
        person_knows=person_knows,
    )


def _at_own_desk(actor: Actor, intake: Intake, act: str, compartment: Compartment | None = None) -> None:
    hidden = intake.case_id is not None and is_hidden(actor, intake.case_id)
    mine = intake.organisation_id == actor.keeper_id and not hidden
    policy.require(actor, act, Relationship.SAME_ORGANISATION if mine else Relationship.NONE, compartment=compartment)


def _log(actor: Actor, intake: Intake, act: str, detail: Mapping[str, Any] | None = None) -> None:
    audit.record(
        actor=actor,
        act=act,
        chain=("keeper", intake.organisation_id),
        subject_type="intake",
        subject_id=intake.pk,
        detail=dict(detail or {}),
    )


@transaction.atomic
def receive_intake(*, actor: Actor, intake: Intake, at: datetime) -> Intake:
    """Say that it was received; that, and nothing more, is what the sender sees. A second click changes nothing."""
    _at_own_desk(actor, intake, "intake.receive")
    changed = (
        Intake.objects.unscoped(reason="own desk, checked above")
        .filter(pk=intake.pk, state=Intake.State.SENT)
        .update(state=Intake.State.RECEIVED, received_at=at, received_by_id=actor.user_id)
    )
    if changed:
        _log(actor, intake, "intake.receive")
    intake.refresh_from_db()
    return intake


@transaction.atomic
def open_contact(*, actor: Actor, intake: Intake) -> dict[str, Any]:
    """How to reach the person, opened on purpose and kept in the audit. Raises Locked, NotGranted, Refused."""
    _at_own_desk(actor, intake, "intake.contact.open", Compartment.CONTACT)
    if intake.sealed is None:
        return {}
    return vault.open_item(actor=actor, item=intake.sealed, purpose=Purpose.SHARE_SERVICE)


@transaction.atomic
def open_case_from_intake(*, actor: Actor, intake: Intake, **terms: Any) -> Case:
    """Open a case for somebody who was reached and agrees (``terms`` as in ``casework.services.cases.open_case``).

    Raises AlreadyDone where a colleague opened it in the meantime, and what ``open_case`` raises.
    """
    _at_own_desk(actor, intake, "intake.open_case")
    locked = Intake.objects.select_for_update().unscoped(reason="own desk, checked above").get(pk=intake.pk)
    if locked.state == Intake.State.OPENED:
        raise AlreadyDone(str(locked.case_id))
    if locked.state == Intake.State.CLOSED:
        raise InvalidInput({"": _("This was closed without a case. If the person comes back, open a case with them.")})
    case = cases.open_case(actor=actor, origin="intake", origin_id=locked.pk, **terms)
    locked.state, locked.case_id = Intake.State.OPENED, case.pk
    if locked.received_at is None:
        locked.received_at, locked.received_by_id = case.created_at, actor.user_id
    locked.save(update_fields=["state", "case_id", "received_at", "received_by"])
    _log(actor, locked, "intake.open_case", {"case": case.pk})
    return case


@transaction.atomic
def close_intake(*, actor: Actor, intake: Intake, reason: str) -> Intake:
    """Close without a case, with a reason that counts. The offer to the person stays.

    Nobody agreed that a file is kept, so the key to how they are reached is destroyed in the same act.
    """
    _at_own_desk(actor, intake, "intake.close")
    if reason not in CLOSE_REASONS:
        raise InvalidInput({"reason": _("Choose a reason.")})
    changed = (
        Intake.objects.unscoped(reason="own desk, checked above")
        .filter(pk=intake.pk, state__in=[Intake.State.SENT, Intake.State.RECEIVED])
        .update(state=Intake.State.CLOSED, close_reason=reason)
    )
    if not changed:
        raise AlreadyDone
    if intake.sealed is not None:
        vault.revoke(actor=actor, item=intake.sealed, keeper_id=intake.organisation_id)
    _log(actor, intake, "intake.close", {"reason": reason})
    intake.refresh_from_db()
    return intake
