"""Detention of a person: an alarm that counts the days until the transfer (rule WP-12)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.safety.detention import Detention
from fener.casework.services import lines
from fener.casework.services.children.common import Errors, check_code, check_day, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.casework.services.notes import seal_words
from fener.norms.path.justice import days_in_detention
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, InvalidInput

RECORD = "safety.detentions"
TRANSFER, RELEASE = "transfer", "release"
_ENDS = {TRANSFER: Detention.State.TRANSFERRED, RELEASE: Detention.State.RELEASED}


@transaction.atomic
def record_detention(*, actor: Actor, case: Case, by: str, since: date, words: str = "") -> Detention:
    """The person is in detention: an alarm for the worker and the co-ordinator, at once, whatever the status is.

    ``by``: a code of ``incident_author``. Whoever is recorded as held already is not held a second time: InvalidInput.
    Raises Refused.
    """
    access.require_on_case(actor, "detention.record", case)
    errors: Errors = {}
    check_code(errors, "by", by, "incident_author")
    check_day(errors, "since", since)
    raise_any(errors)
    lock_case(case)
    spells = Detention.objects.filter(case=case)
    if spells.filter(state=Detention.State.HELD).exists():
        raise InvalidInput({"": _("The person is recorded as in detention already.")})
    if spells.filter(ended_on__gt=since).exists():
        raise InvalidInput({"since": _("On that day the person was in another detention, which has ended since.")})
    made = Detention(case=case, by=by, since=since, recorded_by_id=access.user_id(actor))
    made.words = seal_words(
        actor=actor,
        case=case,
        slot=f"detention:{made.pk}",
        words=words,
        also_for=[actor.keeper_id],
        compartment=Compartment.LEGAL,
    )
    made.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(actor, "detention.record", case, made.pk, "detention", by=by, since=since)
    return made


@transaction.atomic
def end_detention(*, actor: Actor, detention: Detention, step: str, on: date) -> Detention:
    """A transfer to a place of help, or a release: nothing else. Raises Refused, InvalidInput, AlreadyDone."""
    case = detention.case
    access.require_on_case(actor, "detention.end", case)
    if step not in _ENDS:
        raise InvalidInput({"step": _("Choose how it ended.")})
    lock_case(case)
    current = Detention.objects.get(pk=detention.pk)
    if current.state != Detention.State.HELD:
        raise AlreadyDone(str(current.pk))
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.since)
    raise_any(errors)
    current.state, current.ended_on = _ENDS[step], on
    current.save(update_fields=["state", "ended_on"])
    lines.refresh(case, RECORD)
    days = days_in_detention(since=current.since, until=on, today=on)
    keep(actor, "detention.end", case, current.pk, "detention", step=step, on=on, days=days)
    return current
