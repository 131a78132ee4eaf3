"""Promises made to a person: recorded with what, by whom and for when, and answered for (rule WP-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.safety.promise_states import PROMISE
from fener.casework.models import Case
from fener.casework.models.safety.promise import Promise
from fener.casework.services import lines
from fener.casework.services.notes import seal_words
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput

if TYPE_CHECKING:
    from fener.trust.errors import Text

RECORD = "safety.promises"


@dataclass(frozen=True, kw_only=True)
class PromiseTerms:
    """What was promised. ``due_on``: the day that was named, or (``day_was_named`` false) the day to ask about it."""

    kind: str
    by: str
    made_on: date
    due_on: date
    day_was_named: bool = True
    words: str = ""


@transaction.atomic
def record_promise(*, actor: Actor, case: Case, terms: PromiseTerms) -> Promise:
    """Record what somebody with power told the person they would get. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "promise.record", case)
    _check(terms)
    promise = Promise(
        case=case,
        kind=terms.kind,
        by=terms.by,
        made_on=terms.made_on,
        due_on=terms.due_on,
        day_was_named=terms.day_was_named,
        recorded_by_id=access.user_id(actor),
    )
    promise.words = seal_words(
        actor=actor,
        case=case,
        slot=f"promise:{promise.pk}",
        words=terms.words,
        also_for=[actor.keeper_id],
        compartment=Compartment.LEGAL,
    )
    promise.save(force_insert=True)
    lines.refresh(case, RECORD)
    _keep(actor, "promise.record", promise, {"kind": promise.kind, "by": promise.by, "due": promise.due_on})
    return promise


@transaction.atomic
def settle_promise(*, actor: Actor, promise: Promise, step: str, on: date | None = None) -> Promise:
    """What became of it: ``step`` is an act of ``domain.safety.promise_states``.

    Raises Refused, InvalidInput, NotPossibleNow (it was settled by somebody else, say).
    """
    access.require_on_case(actor, "promise.settle", promise.case)
    if step not in PROMISE.acts:
        raise InvalidInput({"step": _("Choose what became of it.")})
    day = _day(on, not_before=promise.made_on)
    current = Promise.objects.get(pk=promise.pk)
    to = PROMISE.step(current.state, step).to
    current.state, current.settled_on = to, day
    current.save(update_fields=["state", "settled_on"])
    lines.refresh(promise.case, RECORD)
    _keep(actor, "promise.settle", current, {"step": step, "late": day > current.due_on})
    return current


@transaction.atomic
def tell_person(*, actor: Actor, promise: Promise, on: date | None = None) -> Promise:
    """The person was told that a promise is overdue, or broken. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "promise.tell", promise.case)
    day = _day(on, not_before=promise.made_on)
    current = Promise.objects.get(pk=promise.pk)
    if not is_late(current, day):
        raise InvalidInput({"on": _("On that day it was not overdue yet.")})
    current.told_late_on = day
    current.save(update_fields=["told_late_on"])
    lines.refresh(promise.case, RECORD)
    _keep(actor, "promise.tell", current, {"on": day})
    return current


def is_late(promise: Promise, on: date) -> bool:
    """Whether it was not kept in its time, as of that day: its day has passed, or it was broken."""
    if promise.state == Promise.State.OPEN:
        return promise.due_on < on
    return promise.state == Promise.State.BROKEN


def _check(terms: PromiseTerms) -> None:
    errors: dict[str, Text] = {}
    if terms.kind not in Promise.Kind.values:
        errors["kind"] = _("Choose what was promised.")
    if terms.by not in Promise.By.values:
        errors["by"] = _("Choose who promised it.")
    if terms.made_on > timezone.localdate():
        errors["made_on"] = _("Choose today or an earlier day.")
    if terms.due_on < terms.made_on:
        errors["due_on"] = _("Choose the day of the promise or a later one.")
    if errors:
        raise InvalidInput(errors)


def _day(on: date | None, *, not_before: date) -> date:
    today = timezone.localdate()
    day = on or today
    if not not_before <= day <= today:
        raise InvalidInput({"on": _("Choose a day from the promise until today.")})
    return day


def _keep(actor: Actor, act: str, promise: Promise, detail: dict[str, Any]) -> None:
    audit.record(
        actor=actor,
        act=act,
        chain=("case", promise.case_id),
        subject_type="promise",
        subject_id=promise.pk,
        detail=detail,
    )
