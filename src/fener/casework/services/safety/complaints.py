"""Complaints: recorded, given to somebody whom they are not about, answered by a day (rule AC-03)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.safety.complaint import Complaint
from fener.casework.selectors.colleagues import roles_at
from fener.casework.services import lines
from fener.casework.services.children.common import Errors, check_code, check_day, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.casework.services.safety.common import last_day, seal
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, InvalidInput, Refused

RECORD, CLOCK = "safety.complaints", "complaint_answer"
OWN = "own_organisation"
CANNOT_READ = _("Choose somebody who can read what is sealed on this case, and answer it.")


@dataclass(frozen=True, kw_only=True)
class ComplaintTerms:
    """About which kind of body (list ``incident_author``), and about which colleague where it is one; who answers."""

    about: str
    channel: str
    made_on: date
    answerer_id: UUID
    about_user_id: UUID | None = None
    words: str = ""


@transaction.atomic
def complaint_record(*, actor: Actor, case: Case, terms: ComplaintTerms) -> Complaint:
    """The person complains. The answer is due by the pack's clock from the day of the complaint.

    Whoever it is about neither writes it down nor answers it, and does not learn of it. Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "complaint.record", case)
    _check(actor, case, terms)
    complaint = Complaint(
        case=case,
        about=terms.about,
        about_user_id=terms.about_user_id,
        channel=terms.channel,
        made_on=terms.made_on,
        answer_due_on=last_day(CLOCK, terms.made_on),
        answerer_id=terms.answerer_id,
        recorded_by_id=access.user_id(actor),
    )
    complaint.words = seal(actor, case, f"complaint:{complaint.pk}", terms.words)
    complaint.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(actor, "complaint.record", case, complaint.pk, "complaint", channel=terms.channel)
    return complaint


@transaction.atomic
def complaint_answer(*, actor: Actor, complaint: Complaint, on: date, words: str) -> Complaint:
    """The answer, by the one who was asked for it and nobody else. Raises Refused, InvalidInput, AlreadyDone."""
    case = complaint.case
    access.require_on_case(actor, "complaint.answer", case)
    lock_case(case)
    current = Complaint.objects.get(pk=complaint.pk)
    if current.answerer_id != actor.user_id or current.about_user_id == actor.user_id:
        raise Refused(act="complaint.answer")
    if current.answered_on is not None:
        raise AlreadyDone(str(current.pk))
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.made_on)
    if not words.strip():
        errors["words"] = _("Write down the answer.")
    raise_any(errors)
    current.answered_on = on
    current.answer = seal(actor, case, f"complaint:{current.pk}:answer", words)
    current.save(update_fields=["answered_on", "answer"])
    lines.refresh(case, RECORD)
    keep(actor, "complaint.answer", case, current.pk, "complaint", late=on > current.answer_due_on)
    return current


def readers(actor: Actor) -> Q:
    """The complaints that the actor may know of: those that they wrote down or answer, never one about themselves."""
    if actor.user_id is None:
        return Q(pk__in=[])
    mine = Q(recorded_by_id=actor.user_id) | Q(answerer_id=actor.user_id)
    return mine & (Q(about_user__isnull=True) | ~Q(about_user_id=actor.user_id))


def may_read(actor: Actor, item_id: UUID) -> bool:
    """Whether the actor may read these sealed words of a complaint."""
    return Complaint.objects.filter(readers(actor), Q(words_id=item_id) | Q(answer_id=item_id)).exists()


def _check(actor: Actor, case: Case, terms: ComplaintTerms) -> None:
    errors: Errors = {}
    check_code(errors, "about", terms.about, "incident_author")
    check_code(errors, "channel", terms.channel, "complaint_channel")
    check_day(errors, "made_on", terms.made_on)
    if terms.about_user_id is not None and terms.about != OWN:
        errors["about"] = _("A colleague belongs to your own organisation: choose it.")
    if terms.about_user_id is not None and terms.about_user_id == actor.user_id:
        raise InvalidInput({"about_user": _("Somebody else writes down a complaint about you.")})
    if terms.answerer_id == terms.about_user_id:
        errors["answerer"] = _("Nobody answers a complaint about themselves.")
    elif not can_answer(actor, case, terms.answerer_id):
        errors["answerer"] = CANNOT_READ
    raise_any(errors)


def can_answer(actor: Actor, case: Case, user_id: UUID) -> bool:
    """Whether this member of the actor's own body may answer complaints on the case, and open what is sealed there."""
    roles = roles_at(actor, timezone.localdate()).get(user_id)
    if roles is None or not access.may_be_chosen(case, user_id=user_id):
        return False
    they = replace(actor, user_id=user_id, roles=roles)
    found = access.relationships(they, case)
    may_open = access.allowed(they, "compartment.open", found, compartment=Compartment.LEGAL)
    return may_open is not None and access.allowed(they, "complaint.answer", found) is not None
