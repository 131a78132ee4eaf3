"""Needs, wishes and expectations in the person's own view, before anything is offered (rule AS-02)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.catalogue import check_kind
from fener.casework.models import Case, Need
from fener.casework.services.notes import seal_words
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput


@transaction.atomic
def record_need(
    *,
    actor: Actor,
    case: Case,
    kind: str,
    words: str = "",
    urgent: bool = False,
    stated_by_person: bool = True,
    on: date | None = None,
) -> Need:
    """Record one need: ``kind`` is a code of the service catalogue, ``words`` are the person's own and are sealed.

    ``stated_by_person`` False: seen by the worker, not (yet) said by the person. Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "need.record", case)
    today = timezone.localdate()
    recorded_on = on or today
    check_kind(kind)
    if recorded_on > today:
        raise InvalidInput({"recorded_on": _("A need cannot be recorded for a day in the future.")})
    need = Need(
        case=case,
        kind=kind,
        urgent=urgent,
        stated_by_person=stated_by_person,
        recorded_on=recorded_on,
        recorded_by_id=access.user_id(actor),
    )
    need.own_words = seal_words(actor=actor, case=case, slot=f"need:{need.pk}", words=words, also_for=[actor.keeper_id])
    need.save(force_insert=True)
    audit.record(
        actor=actor,
        act="need.record",
        chain=("case", case.pk),
        subject_type="need",
        subject_id=need.pk,
        detail={"kind": kind, "urgent": urgent, "stated_by_person": stated_by_person},
    )
    return need


@transaction.atomic
def meet_need(*, actor: Actor, need: Need, on: date | None = None) -> Need:
    """The person says that this need is met. Raises Refused, AlreadyDone."""
    access.require_on_case(actor, "need.meet", need.case)
    met_on = on or timezone.localdate()
    if not Need.objects.filter(pk=need.pk, met_on__isnull=True).update(met_on=met_on):
        raise AlreadyDone(str(need.pk))
    need.met_on = met_on
    audit.record(actor=actor, act="need.meet", chain=("case", need.case_id), subject_type="need", subject_id=need.pk)
    return need
