"""Turning 18: a plan for leaving care a year ahead, and days of follow-up instead of one payment (rule CH-15)."""

from __future__ import annotations

from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.children.placement import LeavingCare, LeavingFollowUp
from fener.casework.services import lines
from fener.casework.services.children import eighteen
from fener.casework.services.children.common import (
    CHOOSE,
    Errors,
    carry_out_on,
    keep,
    raise_any,
    require_child,
)
from fener.casework.services.compartments import open_compartment
from fener.casework.services.notes import seal_words
from fener.norms import clocks as norms_clocks
from fener.norms.fields import age_on
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import DomainError, InvalidInput
from fener.trust.purposes import Purpose

RECORD = "children.leaving"
FOLLOW_UP = "leaving_care_follow_up"


@transaction.atomic
def set_eighteenth(*, actor: Actor, case: Case, on: date) -> LeavingCare:
    """The day on which the child turns 18; a year before it the plan is due. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "leaving_care.record", case)
    require_child(case)
    today, birth = timezone.localdate(), on - relativedelta(years=eighteen.adult_age())
    if birth > today or on < today:
        raise InvalidInput({"on": _("Choose a day in the next 18 years.")})
    contacted, sealed = eighteen.contact_day(case), _birth_date(actor, case)
    if sealed is not None and eighteen.eighteenth(sealed) != on:
        raise InvalidInput({"on": _("This day and the date of birth do not fit. Correct one of them.")})
    # As facts.set_ages holds an age and a date of birth against each other.
    if case.age_at_contact is not None and abs(case.age_at_contact - age_on(birth, contacted)) > 1:
        raise InvalidInput({"on": _("The age and the date of birth do not fit. Correct one of them.")})
    row = LeavingCare.objects.filter(case=case).first()
    if row is None:
        row = LeavingCare(case=case, recorded_by_id=access.user_id(actor))
    if row.turns_18_on != on:
        row.known_on, row.known_by = today, LeavingCare.KnownBy.STATED
    if sealed is not None:
        row.known_by = LeavingCare.KnownBy.BIRTH_DATE
    row.turns_18_on, row.plan_due_on = on, eighteen.plan_due(birth) or on
    row.save()
    lines.refresh(case, *eighteen.LINES)
    keep(actor, "leaving_care.record", case, row.pk, "leaving_care", due=row.plan_due_on)
    return row


@transaction.atomic
def plan_leaving(*, actor: Actor, leaving: LeavingCare, leaves: str, leaves_on: date, words: str) -> LeavingCare:
    """The plan with which the young person leaves, and the days on which somebody asks how they are.

    The days stand in the pack's clock; days that are done stay. Raises Refused, InvalidInput.
    """
    case = leaving.case
    access.require_on_case(actor, "leaving_care.plan", case)
    errors: Errors = {}
    if leaves not in LeavingCare.From.values:
        errors["leaves"] = CHOOSE
    if not words.strip():
        errors["words"] = _("Write the plan: a home, an income, school or work, and who stays in touch.")
    raise_any(errors)
    row = LeavingCare.objects.get(pk=leaving.pk)
    row.leaves, row.leaves_on = leaves, leaves_on
    row.plan = seal_words(
        actor=actor,
        case=case,
        slot=f"leaving_care:{row.pk}",
        words=words,
        also_for=[actor.keeper_id],
        compartment=Compartment.LEGAL,
    )
    row.save()
    LeavingFollowUp.objects.filter(leaving=row, done_on__isnull=True).delete()
    days = norms_clocks.series(FOLLOW_UP, jurisdiction=settings.FENER_JURISDICTION, start=leaves_on)
    LeavingFollowUp.objects.bulk_create(
        LeavingFollowUp(case=case, leaving=row, due_on=end) for end in (_day(one.end) for one in days) if end
    )
    lines.refresh(case, RECORD)
    keep(actor, "leaving_care.plan", case, row.pk, "leaving_care", leaves=leaves, on=leaves_on, days=len(days))
    return row


@transaction.atomic
def follow_up(*, actor: Actor, follow: LeavingFollowUp, on: date) -> LeavingFollowUp:
    """Somebody asked how the young person is. Raises Refused, InvalidInput, AlreadyDone."""
    access.require_on_case(actor, "leaving_care.follow_up", follow.case)
    current = LeavingFollowUp.objects.select_related("leaving").get(pk=follow.pk)
    carry_out_on(current, "done_on", on, not_before=current.leaving.leaves_on)
    lines.refresh(follow.case, RECORD)
    keep(actor, "leaving_care.follow_up", follow.case, current.pk, "leaving_care", on=on)
    return current


def _birth_date(actor: Actor, case: Case) -> date | None:
    """The sealed date of birth, where there is one and who writes may open it now; the reading is kept as any other."""
    try:
        sealed = open_compartment(actor=actor, case=case, compartment=Compartment.IDENTITY, purpose=Purpose.KEEP)
    except DomainError:  # not theirs to open, or locked: the day stands as somebody wrote it down
        return None
    found = sealed.get("birth_date")
    return date.fromisoformat(found) if found else None


def _day(end: date | datetime | None) -> date | None:
    return end.date() if isinstance(end, datetime) else end
