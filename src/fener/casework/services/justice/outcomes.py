"""Outcomes that police and prosecution owe the mechanism by a date (rule JU-03)."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.justice.charge import OwedOutcome
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_day, keep, raise_any
from fener.norms import clocks
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone

RECORD = "justice.outcomes"
CLOCK = "prosecution_outcome"
NO_ANSWERS = frozenset({"pending", "no_answer", "unknown"})


def answers() -> tuple[str, ...]:
    """What an office can answer; that it goes on is no outcome."""
    return tuple(code for code in vocabulary("charge_outcome").codes(deprecated=False) if code not in NO_ANSWERS)


@transaction.atomic
def give_case(*, actor: Actor, case: Case, office: str, on: date) -> OwedOutcome:
    """An office was given the case on a day and owes an outcome by the day of the clock. Raises InvalidInput."""
    access.require_on_case(actor, "owed_outcome.record", case)
    errors: Errors = {}
    if office not in OwedOutcome.Office.values:
        errors["office"] = CHOOSE
    check_day(errors, "on", on)
    raise_any(errors)
    if OwedOutcome.objects.filter(case=case, office=office, answered_on__isnull=True).exists():
        raise_any({"office": _("This office already owes an outcome in this case.")})
    owed = OwedOutcome.objects.create(
        case=case, office=office, given_on=on, due_on=due_on(on), recorded_by_id=access.user_id(actor)
    )
    lines.refresh(case, RECORD)
    keep(actor, "owed_outcome.record", case, owed.pk, "owed_outcome", office=office, due=owed.due_on)
    return owed


@transaction.atomic
def answer_outcome(*, actor: Actor, owed: OwedOutcome, answer: str, on: date) -> OwedOutcome:
    """The office said what became of it. Raises Refused, InvalidInput, AlreadyDone."""
    access.require_on_case(actor, "owed_outcome.answer", owed.case)
    current = OwedOutcome.objects.get(pk=owed.pk)
    if current.answered_on is not None:
        raise AlreadyDone(str(current.pk))
    errors: Errors = {}
    if answer not in answers():
        errors["answer"] = CHOOSE
    check_day(errors, "on", on, not_before=current.given_on)
    raise_any(errors)
    current.answer, current.answered_on = answer, on
    current.save(update_fields=["answer", "answered_on"])
    lines.refresh(owed.case, RECORD)
    keep(actor, "owed_outcome.answer", owed.case, current.pk, "owed_outcome", answer=answer, late=on > current.due_on)
    return current


def due_on(given_on: date) -> date:
    """The last day, by the clock of the pack."""
    end = clocks.due(CLOCK, jurisdiction=settings.FENER_JURISDICTION, start=given_on).end
    if end is None:
        raise LookupError("a clock of the pack that has no end")
    return timezone.localdate(end) if isinstance(end, datetime) else end
