"""A complaint goes on: once to another colleague, or to a body outside that has the duty (rule AC-03)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.safety.complaint import Complaint
from fener.casework.services.children.common import CHOOSE, Errors, check_day, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.casework.services.safety.complaints import CANNOT_READ, can_answer
from fener.network.models import Duty, Organisation
from fener.network.models.common import holding
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.consent import covering, disclosure_gate
from fener.trust.errors import AlreadyDone, GateClosed, Refused
from fener.trust.purposes import Purpose

# Whoever answers for the whole mechanism hears what goes wrong in one of its bodies: a co-ordinator, an ombudsperson.
STAGE = "co_ordination"
ANSWERS_FOR_IT = (Duty.Role.ACCOUNTABLE, Duty.Role.RESPONSIBLE)
PARTS = (Compartment.LEGAL,)  # under which a complaint is sealed


@transaction.atomic
def pass_on(*, actor: Actor, complaint: Complaint, answerer_id: UUID) -> Complaint:
    """Another colleague answers it, whom it is not about and who can read it. Once: nobody hands it round.

    By whoever answers it until now, or wrote it down. The day for the answer stays. Raises Refused, InvalidInput,
    AlreadyDone (given on before, or answered).
    """
    current = _open(actor, complaint, "complaint.pass_on")
    if current.passed_on is not None:
        raise AlreadyDone(str(current.pk), _("It was given on once already."))
    errors: Errors = {}
    if answerer_id == current.about_user_id:
        errors["answerer"] = _("Nobody answers a complaint about themselves.")
    elif answerer_id == current.answerer_id:
        errors["answerer"] = _("They answer it already.")
    elif not can_answer(actor, complaint.case, answerer_id):
        errors["answerer"] = CANNOT_READ
    raise_any(errors)
    current.passed_on, current.passed_from_id = timezone.localdate(), current.answerer_id
    current.answerer_id = answerer_id
    current.save(update_fields=["passed_on", "passed_from", "answerer"])
    keep(actor, "complaint.pass_on", complaint.case, current.pk, "complaint", to=str(answerer_id))
    return current


@transaction.atomic
def send_out(*, actor: Actor, complaint: Complaint, body_id: UUID, on: date) -> Complaint:
    """The complaint went to a body outside that has the duty; only on a consent that names it.

    What it says travels outside the program; whoever answers here follows up and writes the answer down. Raises
    Refused, InvalidInput, GateClosed (gate ``disclosure``), AlreadyDone (sent before, or answered).
    """
    current = _open(actor, complaint, "complaint.send")
    if current.sent_to_id is not None:
        raise AlreadyDone(str(current.pk), _("It was sent already."))
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.made_on)
    if not bodies_outside(actor, complaint.case).filter(pk=body_id).exists():
        errors["body"] = CHOOSE
    raise_any(errors)
    why, case_id = Purpose.SHARE_SERVICE, complaint.case.pk
    consent = covering(subject_id=case_id, recipient_id=body_id, purpose=why, compartments=PARTS, on=on)
    if consent is None:
        raise GateClosed(disclosure_gate(None, recipient_id=body_id, purpose=why, compartments=PARTS, on=on))
    current.sent_to_id, current.sent_on, current.consent = body_id, on, consent
    current.save(update_fields=["sent_to", "sent_on", "consent"])
    keep(actor, "complaint.send", complaint.case, current.pk, "complaint", recipient=str(body_id), on=on)
    return current


def bodies_outside(actor: Actor, case: Case) -> QuerySet[Organisation]:
    """The other bodies that the duty matrix of today makes answer for the mechanism, and that may know of the case."""
    today = timezone.localdate()
    duties = Duty.objects.filter(holding(today), stage=STAGE, role__in=ANSWERS_FOR_IT, awaits_confirmation=False)
    binding = [
        duty.organisation_id
        for duty in duties.select_related("agreement")
        if duty.agreement is None or duty.agreement.holds_on(today)
    ]
    able = [each for each in dict.fromkeys(binding) if access.may_be_chosen(case, organisation_id=each)]
    return Organisation.objects.filter(pk__in=able).exclude(pk=actor.keeper_id).order_by("name")


def _open(actor: Actor, complaint: Complaint, act: str) -> Complaint:
    """The complaint as it is now, of somebody who answers it or wrote it down, and whom it is not about."""
    access.require_on_case(actor, act, complaint.case)
    lock_case(complaint.case)
    current = Complaint.objects.get(pk=complaint.pk)
    known = actor.user_id in (current.answerer_id, current.recorded_by_id)
    if not known or current.about_user_id == actor.user_id:
        raise Refused(act=act)
    if current.answered_on is not None:
        raise AlreadyDone(str(current.pk), _("It was answered already."))
    return current
