"""Measures that a court is asked for to protect whoever testifies: asked, granted or refused, carried out (WP-06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from fener.casework import access
from fener.casework.domain.justice.hearing_states import CARRY_OUT, COURT_MEASURE, REFUSE
from fener.casework.models import Case
from fener.casework.models.justice.charge import Charge
from fener.casework.models.justice.hearing import CourtMeasure
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, keep, raise_any
from fener.casework.services.justice import hearings
from fener.casework.services.justice.common import lock
from fener.casework.services.safety.common import seal
from fener.trust.actor import Actor

RECORD = "justice.measures"


@dataclass(frozen=True, kw_only=True)
class MeasureTerms:
    """``kind``: court_measure. ``asked_by``: measure_asker. ``charge``: in which proceeding; None: in all of them."""

    kind: str
    asked_by: str
    asked_on: date
    charge: Charge | None = None
    words: str = ""


@transaction.atomic
def ask_measure(*, actor: Actor, case: Case, terms: MeasureTerms) -> CourtMeasure:
    """A court is asked for a measure. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "court_measure.ask", case)
    lock(case)
    errors: Errors = {}
    check_code(errors, "kind", terms.kind, "court_measure")
    check_code(errors, "asked_by", terms.asked_by, "measure_asker")
    check_day(errors, "asked_on", terms.asked_on)
    if terms.charge is not None and terms.charge.case_id != case.pk:
        errors["charge"] = CHOOSE
    raise_any(errors)
    row = CourtMeasure(
        case=case,
        charge=terms.charge,
        kind=terms.kind,
        asked_by=terms.asked_by,
        asked_on=terms.asked_on,
        recorded_by_id=access.user_id(actor),
    )
    row.words = seal(actor, case, f"court_measure:{row.pk}", terms.words)
    row.save(force_insert=True)
    return _finish(actor, row, "court_measure.ask", asked_by=row.asked_by)


@transaction.atomic
def settle_measure(*, actor: Actor, measure: CourtMeasure, step: str, on: date, reason: str = "") -> CourtMeasure:
    """What the court decided (a refusal with its reason, list ``measure_refusal``), or that it was carried out.

    Raises Refused, InvalidInput, NotPossibleNow.
    """
    case = measure.case
    access.require_on_case(actor, "court_measure.settle", case)
    lock(case)
    row = CourtMeasure.objects.get(pk=measure.pk)
    row.case = case
    errors: Errors = {}
    if step not in COURT_MEASURE.acts:
        errors["step"] = CHOOSE
    if step == REFUSE:
        check_code(errors, "reason", reason, "measure_refusal")
    check_day(errors, "on", on, not_before=row.decided_on or row.asked_on)
    raise_any(errors)
    row.state = COURT_MEASURE.step(row.state, step).to
    row.reason = reason if step == REFUSE else ""
    if step == CARRY_OUT:
        row.carried_out_on = on
    else:
        row.decided_on = on
    row.save(update_fields=["state", "reason", "decided_on", "carried_out_on"])
    return _finish(actor, row, "court_measure.settle", step=step, on=on, reason=row.reason)


def _finish(actor: Actor, row: CourtMeasure, act: str, **detail: object) -> CourtMeasure:
    lines.refresh(row.case, RECORD, hearings.RECORD)  # a measure that is granted takes a flag of a hearing away
    keep(actor, act, row.case, row.pk, "court_measure", kind=row.kind, **detail)
    return row
