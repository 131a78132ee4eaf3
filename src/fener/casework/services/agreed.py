"""That an agreed duty was kept, where the file does not show it: the other body was called (rule BO-02)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.network.models import Duty, DutyKept
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput


@transaction.atomic
def record_kept(*, actor: Actor, case: Case, duty: Duty, kept_on: date) -> DutyKept:
    """Note the day on which a timed duty was kept. Raises Refused, InvalidInput, AlreadyDone."""
    access.require_on_case(actor, "agreed_duty.record", case)
    if duty.within_hours is None:
        raise InvalidInput({"kept_on": _("This duty has no time limit; there is nothing to note.")})
    if kept_on > timezone.localdate():
        raise InvalidInput({"kept_on": _("That day is in the future. Note it when it was done.")})
    kept, made = DutyKept.objects.get_or_create(
        duty=duty, subject_id=case.pk, defaults={"kept_on": kept_on, "recorded_by_id": access.user_id(actor)}
    )
    if not made:
        raise AlreadyDone
    audit.record(
        actor=actor,
        act="agreed_duty.record",
        chain=("case", case.pk),
        subject_type="duty",
        subject_id=None,
        detail={"duty": duty.pk, "kept_on": kept_on.isoformat()},
    )
    return kept
