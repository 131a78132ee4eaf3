"""Dates for testimony: set only under protection; what was held without it all the same is an incident (WP-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.justice.hearing_states import HEARING, HOLD
from fener.casework.domain.safety.incident_states import right_of
from fener.casework.models import Case
from fener.casework.models.justice.charge import Charge
from fener.casework.models.justice.hearing import CourtMeasure, Hearing
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, keep, raise_any
from fener.casework.services.justice.common import lock
from fener.casework.services.justice.protected_dates import GATE, missing_on, needs_protection, require_protection
from fener.casework.services.safety.common import seal
from fener.casework.services.safety.incidents import IncidentTerms, incident_record
from fener.norms.path.flags import Flag
from fener.norms.path.justice import confrontation_flag
from fener.trust.actor import Actor

RECORD = "justice.hearings"


@dataclass(frozen=True, kw_only=True)
class HearingTerms:
    """``kind``: of statement_kind. ``set_by``: incident_author. ``would_hurt``: meeting the accused; None: not known.
    ``words``: the court, the room, names; sealed.
    """

    kind: str
    set_by: str
    on: date
    would_hurt: bool | None = None
    charge: Charge | None = None
    words: str = ""


@transaction.atomic
def set_hearing(*, actor: Actor, case: Case, terms: HearingTerms) -> Hearing:
    """A date for testimony that comes. Raises Refused, InvalidInput, GateClosed (nobody overrides it)."""
    access.require_on_case(actor, "hearing.set", case)
    lock(case)
    errors = _problems(case, terms)
    if terms.on < timezone.localdate():
        errors["on"] = _("Choose today or a later day.")
    elif Hearing.objects.filter(case=case, state=HEARING.start, on=terms.on, charge=terms.charge).exists():
        errors["on"] = _("This day is recorded already.")
    raise_any(errors)
    require_protection(actor, case, terms.on)
    return _finish(actor, _new(actor, case, terms), "hearing.set", on=terms.on, set_by=terms.set_by)


@transaction.atomic
def record_held(*, actor: Actor, case: Case, terms: HearingTerms) -> Hearing:
    """The person testified on a day that nobody set here. Without protection that day it is an incident.

    Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "hearing.record", case)
    lock(case)
    errors = _problems(case, terms)
    check_day(errors, "on", terms.on)
    raise_any(errors)
    row = _new(actor, case, terms)
    _hold(actor, row, terms.on)
    return _finish(actor, row, "hearing.record", on=terms.on, set_by=terms.set_by)


@transaction.atomic
def settle_hearing(*, actor: Actor, hearing: Hearing, step: str, on: date) -> Hearing:
    """It was held, declined by the person, or called off. Raises Refused, InvalidInput, NotPossibleNow."""
    case = hearing.case
    access.require_on_case(actor, "hearing.settle", case)
    lock(case)
    row = Hearing.objects.get(pk=hearing.pk)
    row.case = case
    errors: Errors = {}
    check_day(errors, "on", on, not_before=row.on if step == HOLD else min(row.recorded_on, row.on))
    if step not in HEARING.acts:
        errors["step"] = CHOOSE
    raise_any(errors)
    to = HEARING.step(row.state, step).to
    if step == HOLD:
        _hold(actor, row, on)
    else:
        row.state, row.settled_on = to, on
        row.save(update_fields=["state", "settled_on"])
    return _finish(actor, row, "hearing.settle", step=step, on=on)


@transaction.atomic
def weigh_confrontation(*, actor: Actor, hearing: Hearing, would_hurt: bool | None) -> Hearing:
    """Whether meeting the accused would hurt the person again, as it is known now. Raises Refused, NotPossibleNow."""
    case = hearing.case
    access.require_on_case(actor, "hearing.weigh", case)
    lock(case)
    row = Hearing.objects.get(pk=hearing.pk)
    HEARING.step(row.state, HOLD)
    row.case, row.would_hurt = case, would_hurt
    row.save(update_fields=["would_hurt"])
    return _finish(actor, row, "hearing.weigh", would_hurt=would_hurt)


def granted_for(row: Hearing, measures: list[CourtMeasure]) -> set[str]:
    """The kinds of measures that a court granted in this proceeding, or in whatever is pending."""
    good = (CourtMeasure.State.GRANTED, CourtMeasure.State.CARRIED_OUT)
    return {one.kind for one in measures if one.state in good and one.charge_id in (None, row.charge_id)}


def flag_of(row: Hearing, measures: list[CourtMeasure]) -> Flag | None:
    """The confrontation that would hurt again, while the date stands (rule WP-06). Unknown is flagged."""
    if row.state != HEARING.start:
        return None
    return confrontation_flag(would_hurt=row.would_hurt, measures_granted=granted_for(row, measures))


def _problems(case: Case, terms: HearingTerms) -> Errors:
    errors: Errors = {}
    check_code(errors, "set_by", terms.set_by, "incident_author")
    if not needs_protection(terms.kind, "statement_kind"):
        errors["kind"] = CHOOSE
    if terms.charge is not None and terms.charge.case_id != case.pk:
        errors["charge"] = CHOOSE
    return errors


def _new(actor: Actor, case: Case, terms: HearingTerms) -> Hearing:
    row = Hearing(
        case=case,
        charge=terms.charge,
        kind=terms.kind,
        set_by=terms.set_by,
        on=terms.on,
        would_hurt=terms.would_hurt,
        recorded_on=timezone.localdate(),
        recorded_by_id=access.user_id(actor),
    )
    row.words = seal(actor, case, f"hearing:{row.pk}", terms.words)
    row.save(force_insert=True)
    return row


def _hold(actor: Actor, row: Hearing, on: date) -> None:
    row.state, row.settled_on = HEARING.step(row.state, HOLD).to, on
    # Protection of a later day mends nothing on the day for which it was set.
    row.missing = list(dict.fromkeys([*missing_on(row.case, row.on), *missing_on(row.case, on)]))
    row.save(update_fields=["state", "settled_on", "missing"])
    if row.missing:
        terms = IncidentTerms(right=right_of(GATE), by=row.set_by, happened_on=on, gate=GATE)
        incident_record(actor=actor, case=row.case, terms=terms)


def _finish(actor: Actor, row: Hearing, act: str, **detail: object) -> Hearing:
    lines.refresh(row.case, RECORD)
    keep(actor, act, row.case, row.pk, "hearing", kind=row.kind, **detail)
    return row
