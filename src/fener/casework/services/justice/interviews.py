"""Interviews: planned, held by a written standard, or spared because earlier statements were shared (rule WP-09)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.justice.interview_states import CALL_OFF, DECLINE, HOLD, INTERVIEW, SPARE
from fener.casework.models import Case
from fener.casework.models.justice.interview import Interview
from fener.casework.models.protection import ShutOut
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, keep, raise_any
from fener.casework.services.gated import require_open
from fener.casework.services.justice.common import lock
from fener.casework.services.justice.protected_dates import needs_protection, require_protection
from fener.casework.services.justice.statements import GATE, facts_for, times_left
from fener.casework.services.notes import seal_words
from fener.casework.services.safety.incidents import IncidentTerms, incident_record
from fener.norms import gates
from fener.norms.path.checklists import checklist
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.consent import covering, disclosure_gate
from fener.trust.errors import GateClosed, InvalidInput
from fener.trust.purposes import Purpose

RECORD = "justice.interviews"
STANDARD = "interview_standard"
UNKNOWN = "unknown"
# For what earlier statements are shared in the place of an interview; each needs a consent of its own.
SHARED_FOR = (Purpose.SHARE_POLICE, Purpose.TESTIFY, Purpose.IDENTIFICATION, Purpose.SHARE_SERVICE)
NO_TIMES_LEFT = _("The child was asked as often as the procedure allows. Share the earlier statements instead.")
LONGEST = 24 * 60
# An interview for one of these is the taking of a statement: it has the gate ``statement`` (rules WP-05, JU-07).
FOR_COURT = frozenset({"complaint", "investigation", "prosecution", "court"})
WITHOUT_ADVICE, TOO_OFTEN = "statement_without_advice", "asked_again_and_again"  # list ``right_violated``
TIMES = "times"  # asked more often than the procedure set for the child allows


@dataclass(frozen=True, kw_only=True)
class InterviewTerms:
    """Who asks and why, in codes. ``again``: why the same is asked once more. ``words``: names, the place; sealed."""

    asked_by: str
    purpose: str
    again: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class HeldTerms:
    """How it was held. ``minutes``: how long; ``standard``: each line of the written standard with its answer."""

    on: date
    language: str
    standard: Mapping[str, str]
    interpreter: str = ""
    present: Collection[str] = field(default_factory=tuple)
    minutes: int | None = None
    again: str = ""


@transaction.atomic
def plan_interview(*, actor: Actor, case: Case, terms: InterviewTerms, on: date) -> Interview:
    """Somebody wants to question the person on a day that comes. What was asked before is refused without a reason;
    what police, prosecution or court want to ask, until advice was given, and for a child beyond the times set.

    Raises Refused, InvalidInput, GateClosed (gates ``statement`` and, before a court,
    ``testimony_date``; nobody overrides them).
    """
    access.require_on_case(actor, "interview.plan", case)
    lock(case)
    errors = _problems(terms)
    if on < timezone.localdate():
        errors["on"] = _("Choose today or a later day.")
    if terms.again == UNKNOWN:
        errors["again"] = _("Ask why, before it is planned.")
    _check_again(errors, case, terms.purpose, terms.again)
    raise_any(errors)
    if terms.purpose in FOR_COURT:
        today = timezone.localdate()
        require_open(GATE, facts_for(case, kind=terms.purpose, day=today), actor=actor, case=case)
        left = times_left(case, today, _for_court(case))
        if left is not None and left <= 0:
            raise InvalidInput({"": NO_TIMES_LEFT})
    if needs_protection(terms.purpose, "interview_purpose"):
        require_protection(actor, case, on)
    row = _new(actor, case, terms)
    row.planned_on = on
    row.save(force_insert=True)
    return _finish(actor, row, case, "interview.plan", asked_by=row.asked_by, purpose=row.purpose, on=on)


@transaction.atomic
def record_interview(*, actor: Actor, case: Case, terms: InterviewTerms, held: HeldTerms) -> Interview:
    """An interview that was held without a plan here, by whoever. What had to come first and did not is kept with it,
    and is an incident. Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "interview.record", case)
    lock(case)
    errors = {**_problems(terms), **_problems_held(held)}
    _check_again(errors, case, terms.purpose, terms.again, until=held.on)
    raise_any(errors)
    row = _new(actor, case, terms)
    _hold(row, held)
    row.save(force_insert=True)
    _keep_violations(actor, row)
    return _finish(actor, row, case, "interview.record", asked_by=row.asked_by, purpose=row.purpose, on=held.on)


@transaction.atomic
def hold_interview(*, actor: Actor, interview: Interview, held: HeldTerms) -> Interview:
    """A planned interview was held; what was missing that day as ``record_interview``.

    Raises Refused, InvalidInput, NotPossibleNow.
    """
    case = interview.case
    access.require_on_case(actor, "interview.settle", case)
    row = _current(interview)
    INTERVIEW.step(row.state, HOLD)
    errors = _problems_held(held)
    row.again = row.again or held.again
    _check_again(errors, case, row.purpose, row.again, until=held.on)
    raise_any(errors)
    _hold(row, held)
    row.save()
    _keep_violations(actor, row)
    return _finish(actor, row, case, "interview.settle", step=HOLD, on=held.on)


@transaction.atomic
def spare_interview(*, actor: Actor, interview: Interview, recipient_id: UUID, purpose: str, on: date) -> Interview:
    """Earlier statements go to the body instead: only on a consent that names it and exactly this purpose.

    Raises Refused, InvalidInput, NotPossibleNow, GateClosed (gate ``disclosure``).
    """
    case = interview.case
    access.require_on_case(actor, "interview.spare", case)
    row = _current(interview)
    to = INTERVIEW.step(row.state, SPARE).to
    errors: Errors = {}
    check_day(errors, "on", on)
    if purpose not in SHARED_FOR:
        errors["purpose"] = CHOOSE
    if ShutOut.objects.filter(case=case, organisation_id=recipient_id, ended_at__isnull=True).exists():
        errors["recipient"] = _("Choose another body. Nothing of this case can be shared with this one.")
    raise_any(errors)
    if not earlier(case, until=on).exists():
        raise InvalidInput({"": _("No earlier interview is recorded that could be shared.")})
    parts = [Compartment.LEGAL]
    consent = covering(subject_id=case.pk, recipient_id=recipient_id, purpose=purpose, compartments=parts, on=on)
    if consent is None:
        gate = disclosure_gate(None, recipient_id=recipient_id, purpose=purpose, compartments=parts, on=on)
        raise GateClosed(gate)
    row.state, row.settled_on, row.consent, row.shared_with_id = to, on, consent, recipient_id
    row.save(update_fields=["state", "settled_on", "consent", "shared_with"])
    return _finish(actor, row, case, "interview.spare", recipient=str(recipient_id), purpose=purpose, on=on)


@transaction.atomic
def end_plan(*, actor: Actor, interview: Interview, step: str, on: date) -> Interview:
    """It does not take place: the person declined (``decline``) or it was called off (``call_off``).

    Raises Refused, InvalidInput, NotPossibleNow.
    """
    case = interview.case
    access.require_on_case(actor, "interview.settle", case)
    errors: Errors = {}
    check_day(errors, "on", on)
    if step not in (DECLINE, CALL_OFF):
        errors["step"] = CHOOSE
    raise_any(errors)
    row = _current(interview)
    row.state, row.settled_on = INTERVIEW.step(row.state, step).to, on
    row.save(update_fields=["state", "settled_on"])
    return _finish(actor, row, case, "interview.settle", step=step, on=on)


def _current(interview: Interview) -> Interview:
    lock(interview.case)
    return Interview.objects.get(pk=interview.pk)


def _problems(terms: InterviewTerms) -> Errors:
    errors: Errors = {}
    check_code(errors, "asked_by", terms.asked_by, "incident_author")
    check_code(errors, "purpose", terms.purpose, "interview_purpose")
    if terms.again:
        check_code(errors, "again", terms.again, "asked_again")
    return errors


def _problems_held(held: HeldTerms) -> Errors:
    errors: Errors = {}
    check_day(errors, "on", held.on)
    check_code(errors, "language", held.language, "languages")
    if held.again:
        check_code(errors, "again", held.again, "asked_again")
    for code in held.present:
        check_code(errors, "present", code, "interview_present")
    if held.minutes is not None and not 0 < held.minutes <= LONGEST:
        errors["minutes"] = _("Write the minutes, from 1 to 1440.")
    states = vocabulary(checklist(STANDARD).states)
    for item in checklist(STANDARD).items:
        if held.standard.get(item.code) not in states:
            errors[f"item_{item.code}"] = CHOOSE
    return errors


def earlier(case: Case, purpose: str = "", until: date | None = None) -> QuerySet[Interview]:
    """What was held before (until a day), for one purpose or for any. The policy is asked by whoever calls this."""
    found = Interview.objects.filter(case=case, state=Interview.State.HELD)
    found = found.filter(purpose=purpose) if purpose else found
    return found.filter(settled_on__lte=until) if until else found


def _check_again(errors: Errors, case: Case, purpose: str, again: str, until: date | None = None) -> None:
    if not again and earlier(case, purpose, until).exists():
        errors["again"] = _("This was asked before. Share the earlier statement, or say why it is asked again.")


def _new(actor: Actor, case: Case, terms: InterviewTerms) -> Interview:
    row = Interview(
        case=case,
        asked_by=terms.asked_by,
        purpose=terms.purpose,
        again=terms.again,
        recorded_by_id=access.user_id(actor),
    )
    row.words = seal_words(
        actor=actor,
        case=case,
        slot=f"interview:{row.pk}",
        words=terms.words,
        also_for=[actor.keeper_id],
        compartment=Compartment.LEGAL,
    )
    return row


def _hold(row: Interview, held: HeldTerms) -> None:
    row.state, row.settled_on = INTERVIEW.step(row.state, HOLD).to, held.on
    row.language, row.interpreter, row.minutes = held.language, held.interpreter.strip(), held.minutes
    row.present = sorted(set(held.present))
    row.standard = {item.code: held.standard[item.code] for item in checklist(STANDARD).items}


def _for_court(case: Case) -> QuerySet[Interview]:
    return Interview.objects.filter(case=case, purpose__in=FOR_COURT)


def _missing(row: Interview, on: date) -> list[str]:
    """What had to come before this interview and did not, by the day on which it was held."""
    if row.purpose not in FOR_COURT:
        return []
    found = [one.code for one in gates.check(GATE, facts_for(row.case, kind=row.purpose, day=on)).missing]
    others = _for_court(row.case).filter(state=Interview.State.HELD, settled_on__lte=on).exclude(pk=row.pk)
    left = times_left(row.case, on, others)
    return [*found, TIMES] if left is not None and left <= 0 else found


def _keep_violations(actor: Actor, row: Interview) -> None:
    """What an authority did all the same stays on the row, and is an incident each: without advice, and too often."""
    if row.settled_on is None:
        return
    row.missing = _missing(row, row.settled_on)
    row.save(update_fields=["missing"])
    rights = [(WITHOUT_ADVICE, GATE)] if set(row.missing) - {TIMES} else []
    rights += [(TOO_OFTEN, "")] if TIMES in row.missing else []
    for right, gate in rights:
        terms = IncidentTerms(right=right, by=row.asked_by, happened_on=row.settled_on, gate=gate)
        incident_record(actor=actor, case=row.case, terms=terms)


def _finish(actor: Actor, row: Interview, case: Case, act: str, **detail: object) -> Interview:
    row.case = case
    lines.refresh(case, RECORD)
    keep(actor, act, case, row.pk, "interview", **detail)
    return row
