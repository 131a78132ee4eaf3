"""Incidents: a right that was violated, and attempts that a gate refused (rules AC-02, NC-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.safety.incident_states import FOLLOW_UP, INCIDENT, NO_RESULT, SETTLE, right_of, step_for
from fener.casework.domain.safety.punishment_states import PUNISHMENT
from fener.casework.models import Case
from fener.casework.models.safety.incident import Incident
from fener.casework.models.safety.punishment import Punishment
from fener.casework.services import lines
from fener.casework.services.children.common import Errors, check_code, check_day, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.casework.services.safety.common import last_day, seal
from fener.norms import gates
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed

RECORD, CLOCK = "safety.incidents", "incident_follow_up"
LONGEST = timedelta(days=366)
PUNISHED_STILL = _(
    "Nobody is punished for what they were made to do. It is reviewed, and is a violation until resolved."
)
OWN, ANOTHER = "own_organisation", "other"


@dataclass(frozen=True, kw_only=True)
class IncidentTerms:
    """What was violated (list ``right_violated``), by whom (``incident_author``), when, and what happened, sealed.

    ``gate``: the gate that stands before such an act, where one does.
    """

    right: str
    by: str
    happened_on: date
    words: str = ""
    gate: str = ""


@transaction.atomic
def incident_record(*, actor: Actor, case: Case, terms: IncidentTerms) -> Incident:
    """A right of the person was violated. Follow-up is due by the pack's clock. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "incident.record", case)
    errors: Errors = {}
    check_code(errors, "right", terms.right, "right_violated")
    check_code(errors, "by", terms.by, "incident_author")
    check_day(errors, "happened_on", terms.happened_on)
    raise_any(errors)
    return _write(actor, case, terms)


@transaction.atomic
def incident_follow_up(
    *, actor: Actor, incident: Incident, result: str, on: date, words: str = "", again_on: date | None = None
) -> Incident:
    """What came of it (list ``incident_result``). Where it goes on, ``again_on``: by when (default: the pack's clock).

    Raises Refused, InvalidInput, NotPossibleNow (somebody else ended it, say).
    """
    case = incident.case
    access.require_on_case(actor, "incident.follow_up", case)
    lock_case(case)
    current = Incident.objects.get(pk=incident.pk)
    step = step_for(result)
    errors: Errors = {}
    check_code(errors, "result", result, "incident_result")
    if result == NO_RESULT:
        errors["result"] = _("Choose what came of it.")
    check_day(errors, "on", on, not_before=current.happened_on)
    if step == FOLLOW_UP and again_on is not None and again_on < timezone.localdate():
        errors["again_on"] = _("Choose a day to come.")
    elif step == FOLLOW_UP and again_on is not None and again_on > timezone.localdate() + LONGEST:
        errors["again_on"] = _("Choose a day from today on, within a year.")
    elif step == SETTLE and Punishment.objects.filter(incident=current, state=PUNISHMENT.start).exists():
        errors["result"] = PUNISHED_STILL
    raise_any(errors)
    current.state = INCIDENT.step(current.state, step).to
    current.result, current.result_on = result, on
    if step == FOLLOW_UP:
        current.follow_up_on = again_on or last_day(CLOCK, timezone.localdate())
    current.result_words = seal(actor, case, f"incident_result:{current.pk}", words) or current.result_words
    current.save()
    lines.refresh(case, RECORD)
    keep(actor, "incident.follow_up", case, current.pk, "incident", result=result, state=current.state)
    return current


def incident_follows(*, actor: Actor, case: Case, terms: IncidentTerms) -> Incident:
    """What another record says was done is an incident at once, in that act's transaction.

    The act itself was allowed by the table; nobody has to write it down a second time, or may leave it out.
    """
    return _write(actor, case, terms)


def keep_attempt(actor: Actor, error: GateClosed) -> Incident | None:
    """Keep an attempt that a gate refused, if the gate says so and a case is concerned; in a transaction of its own.

    Called after the refused act was rolled back: nothing was done, and nobody asks the table who may write this down.
    One a person, gate and day. None where nothing is to be kept, or it is kept already.
    """
    result = error.result
    if error.about is None or actor.user_id is None or not result.incident:
        return None
    case = Case.objects.unscoped(reason="the case of an act that was refused").filter(pk=error.about).first()
    if case is None:
        return None
    terms = IncidentTerms(
        right=right_of(result.gate),
        by=OWN if actor.keeper_id == case.organisation_id else ANOTHER,
        happened_on=timezone.localdate(),
        gate=result.gate,
    )
    try:
        with transaction.atomic():
            return _write(actor, case, terms, attempt=True)
    except IntegrityError:
        return None  # kept already, by this person on this day


def waits(incident: Incident) -> bool:
    """Whether somebody still has to look at it.

    An attempt at a gate with an override ends by itself: its conditions are met later, or the override is asked for.
    """
    if incident.state != INCIDENT.start or not incident.attempt:
        return incident.state != "settled"
    return incident.gate in gates.gate_codes() and gates.check(incident.gate, {}).override is None


def _write(actor: Actor, case: Case, terms: IncidentTerms, *, attempt: bool = False) -> Incident:
    today = timezone.localdate()
    incident = Incident(
        case=case,
        right=terms.right,
        by=terms.by,
        gate=terms.gate,
        attempt=attempt,
        happened_on=terms.happened_on,
        follow_up_on=last_day(CLOCK, today),
        recorded_on=today,
        recorded_by_id=access.user_id(actor),
    )
    incident.words = seal(actor, case, f"incident:{incident.pk}", terms.words)
    incident.save(force_insert=True)
    lines.refresh(case, RECORD)
    act = "incident.attempt" if attempt else "incident.record"
    keep(actor, act, case, incident.pk, "incident", right=terms.right, by=terms.by, gate=terms.gate)
    return incident
