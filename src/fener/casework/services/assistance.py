"""One service for one person: offered, answered by the person, delivered by whom, helpful or not (AS-01, CO-06)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain import service_states as act
from fener.casework.domain.catalogue import check_kind
from fener.casework.domain.reasons import PERSON_DECLINES
from fener.casework.models import Case, Need, ServiceRecord
from fener.casework.services import own_decision
from fener.casework.services.notes import seal_words
from fener.network.models import Organisation, Service
from fener.trust import audit, policy, vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import Consent
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose

REASK = _("Ask the person first: nothing is offered before their own needs are recorded.")


@transaction.atomic
def offer_service(
    *,
    actor: Actor,
    case: Case,
    need: Need,
    kind: str,
    provider: Organisation,
    service: Service | None = None,
    on: date | None = None,
) -> ServiceRecord:
    """Offer a service for a recorded need. It waits for the person's answer and starts nothing.

    ``provider``: the body that will give it, and for which alone it counts. Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "service.offer", case)
    day = _day(on, not_before=need.recorded_on)
    check_kind(kind)
    if need.case_id != case.pk or not case.needs.filter(stated_by_person=True).exists():
        raise InvalidInput({"need": REASK})
    access.require_free(case, field="provider", organisation_id=provider.pk)
    if service is not None and (service.organisation_id != provider.pk or service.kind != kind):
        raise InvalidInput({"service": _("This service is of another kind or of another organisation.")})
    record = ServiceRecord.objects.create(
        case=case,
        need=need,
        kind=kind,
        service=service,
        provider=provider,
        offered_on=day,
        recorded_by_id=access.user_id(actor),
    )
    _keep(actor, "service.offer", record, {"kind": kind, "provider": provider.pk})
    return record


@transaction.atomic
def record_answer(
    *,
    actor: Actor,
    record: ServiceRecord,
    accepted: bool,
    reason: str = "",
    words: str = "",
    given_by: str = Consent.Giver.PERSON,
    child_heard: bool = False,
    on: date | None = None,
) -> ServiceRecord:
    """The person's own answer to an offer. A no needs a reason code ("not_said" is one); ``words`` are theirs, sealed.

    For a child the guardian says yes and the child is heard; a child's own no is enough. Raises Refused, InvalidInput,
    GateClosed (rule CO-06), NotPossibleNow.
    """
    access.require_on_case(actor, "service.answer", record.case)
    day = _day(on, not_before=record.offered_on)
    if not accepted and reason not in PERSON_DECLINES:
        raise InvalidInput({"reason": _("Choose the person's reason; “did not say why” is one.")})
    fields: dict[str, Any] = {"answered_on": day}
    if accepted:
        own_decision.require(
            "start_service",
            record.case,
            actor=actor,
            about=record.pk,
            day=day,
            given_by=given_by,
            child_heard=child_heard,
        )
    else:
        slot = f"service:{record.pk}:decline:{uuid4().hex[:8]}"  # a second no keeps the first one's words
        sealed = seal_words(actor=actor, case=record.case, slot=slot, words=words, also_for=[actor.keeper_id])
        fields |= {"decline_reason": reason, "decline_words": sealed}
    _move(record, act.ACCEPT if accepted else act.DECLINE, **fields)
    _keep(actor, "service.answer", record, {"accepted": accepted, "reason": "" if accepted else reason, "by": given_by})
    return record


@transaction.atomic
def record_delivery(*, actor: Actor, record: ServiceRecord, on: date | None = None) -> ServiceRecord:
    """The service was given. Only what the person accepted can be; it counts for ``record.provider`` and for no other.

    A provider records its own; the organisation that holds the case may record it for a provider that has no account.
    Raises Refused, InvalidInput, NotPossibleNow.
    """
    how = access.require_on_case(actor, "service.deliver", record.case)
    if how is Relationship.REFERRED_TO and record.provider_id != actor.keeper_id:
        raise Refused(_("A service counts for the body that gave it: it can record this."), hidden=False)
    day = _day(on, not_before=record.answered_on or record.offered_on)
    _move(record, act.DELIVER, delivered_on=day)
    _keep(actor, "service.deliver", record, {"provider": record.provider_id, "on": day})
    return record


@transaction.atomic
def record_helpfulness(
    *,
    actor: Actor,
    record: ServiceRecord,
    helpful: str,
    words: str = "",
    pass_words_on: bool = False,
) -> ServiceRecord:
    """Was it helpful, in the person's view? The answer goes back to the provider (rule AS-02).

    ``words`` are sealed to the case's organisation, and to the provider only if the person wants them passed on.
    Raises Refused, InvalidInput, NotPossibleNow (nothing was delivered or left yet).
    """
    access.require_on_case(actor, "service.helpful", record.case)
    if helpful not in ServiceRecord.Helpful.values or helpful == ServiceRecord.Helpful.NOT_ASKED:
        raise InvalidInput({"helpful": _("Choose the person's answer; “no answer” is one.")})
    sealed = seal_words(
        actor=actor,
        case=record.case,
        slot=f"service:{record.pk}:helpful:{uuid4().hex[:8]}",
        words=words,
        also_for=[actor.keeper_id, record.provider_id if pass_words_on else None],
    )
    _move(record, act.ASK, helpful=helpful, **({"helpful_words": sealed} if sealed else {}))
    _keep(actor, "service.helpful", record, {"helpful": helpful, "words_passed_on": bool(sealed) and pass_words_on})
    return record


@transaction.atomic
def leave_service(*, actor: Actor, record: ServiceRecord, on: date | None = None) -> ServiceRecord:
    """The person leaves this service. Every other service, the plan and the case stay as they are (rule CO-06).

    Raises Refused, NotPossibleNow.
    """
    access.require_on_case(actor, "service.leave", record.case)
    _day(on, not_before=record.answered_on or record.offered_on)
    _move(record, act.LEAVE)
    _keep(actor, "service.leave", record, {})
    return record


@transaction.atomic
def offer_again(*, actor: Actor, record: ServiceRecord, on: date | None = None) -> ServiceRecord:
    """Offer once more what was declined or left: a no closes nothing. The earlier answer stays in the audit.

    Raises Refused, NotPossibleNow.
    """
    access.require_on_case(actor, "service.offer", record.case)
    earlier = {"reason": record.decline_reason, "answered_on": record.answered_on, "state": record.state}
    day = _day(on, not_before=record.offered_on)
    _move(record, act.OFFER, offered_on=day, answered_on=None, decline_reason="", decline_words=None, delivered_on=None)
    _keep(actor, "service.offer", record, {"again": True, "earlier": earlier})
    return record


def open_feedback(*, actor: Actor, record: ServiceRecord) -> str:
    """The person's words about a service, for the provider to whom they wanted them passed on. Names no case.

    Raises Refused (looks absent), Locked, NotGranted.
    """
    own = record.provider_id == actor.keeper_id and not access.is_hidden(actor, record.case_id)
    policy.require(
        actor,
        "feedback.open",
        Relationship.SAME_ORGANISATION if own else Relationship.NONE,
        compartment=Compartment.NARRATIVE,
    )
    if record.helpful_words is None:
        return ""
    opened = vault.open_item(actor=actor, item=record.helpful_words, purpose=Purpose.KEEP)
    return str(opened.get("words", ""))


def _move(record: ServiceRecord, step: str, **fields: Any) -> None:
    """Take one step of the table, unless somebody else took one since ``record`` was read."""
    to = act.SERVICE.step(record.state, step).to
    changed = ServiceRecord.objects.filter(pk=record.pk, state=record.state).update(state=to, **fields)
    if not changed:
        record.refresh_from_db()
        act.SERVICE.step(record.state, step)  # says so if the step is gone
        return _move(record, step, **fields)
    record.state = to
    for name, value in fields.items():
        setattr(record, name, value)
    return None


def _day(on: date | None, *, not_before: date) -> date:
    today = timezone.localdate()
    day = on or today
    if day > today:
        raise InvalidInput({"on": _("Choose today or an earlier day.")})
    if day < not_before:
        raise InvalidInput({"on": _("This day is before the step that it follows.")})
    return day


def _keep(actor: Actor, what: str, record: ServiceRecord, detail: dict[str, Any]) -> None:
    audit.record(
        actor=actor,
        act=what,
        chain=("case", record.case_id),
        subject_type="service_record",
        subject_id=record.pk,
        detail=detail,
    )
