"""Non-punishment: what was done to the person is reviewed, and counts as a violation until resolved (rule JU-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.safety.punishment_states import NOT_LINKED, PUNISHMENT
from fener.casework.models import Case
from fener.casework.models.safety.punishment import Punishment
from fener.casework.services import lines
from fener.casework.services.children.common import Errors, check_code, check_day, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.casework.services.safety.common import last_day, seal
from fener.casework.services.safety.incidents import IncidentTerms, incident_follow_up, incident_record
from fener.norms.path.justice import PROTECTED_STATUSES
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone

RECORD, CLOCK = "safety.punishments", "non_punishment_review"
PUNISHED, PUT_RIGHT, ANSWERED = "punished", "put_right", "answered"


@dataclass(frozen=True, kw_only=True)
class PunishmentTerms:
    """What was done to the person (``penalty_kind``), for what (``linked_act``), by whom (``incident_author``)."""

    act: str
    penalty: str
    by: str
    happened_on: date
    words: str = ""


@transaction.atomic
def open_review(*, actor: Actor, case: Case, terms: PunishmentTerms) -> Punishment:
    """Open a review and record the violation as an incident. Raises Refused, InvalidInput.

    For somebody presumed or identified; one whose status is not decided yet is not a case for this review.
    """
    access.require_on_case(actor, "punishment.record", case)
    errors: Errors = {}
    for name, listed in (("act", "linked_act"), ("penalty", "penalty_kind"), ("by", "incident_author")):
        check_code(errors, name, getattr(terms, name), listed)
    check_day(errors, "happened_on", terms.happened_on)
    current = lock_case(case)
    if current.status not in PROTECTED_STATUSES:
        errors[""] = _("The person is not presumed or identified. Ask for an assessment first.")
    raise_any(errors)
    violated = IncidentTerms(right=PUNISHED, by=terms.by, happened_on=terms.happened_on)
    today = timezone.localdate()
    made = Punishment(
        case=case,
        act=terms.act,
        penalty=terms.penalty,
        by=terms.by,
        happened_on=terms.happened_on,
        known_on=today,
        due_on=last_day(CLOCK, today),
        incident=incident_record(actor=actor, case=case, terms=violated),
        recorded_by_id=access.user_id(actor),
    )
    made.words = seal(actor, case, f"punishment:{made.pk}", terms.words)
    made.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(
        actor, "punishment.record", case, made.pk, "punishment", penalty=made.penalty, linked=made.act, due=made.due_on
    )
    return made


@transaction.atomic
def resolve_review(*, actor: Actor, punishment: Punishment, step: str, on: date, words: str = "") -> Punishment:
    """It was withdrawn, annulled, or is not linked (with reasons). Nothing else ends the violation.

    Raises Refused, InvalidInput, AlreadyDone.
    """
    case = punishment.case
    access.require_on_case(actor, "punishment.resolve", case)
    lock_case(case)
    current = Punishment.objects.select_related("incident").get(pk=punishment.pk)
    if current.state != PUNISHMENT.start:
        raise AlreadyDone(str(current.pk))
    errors: Errors = {}
    if step not in PUNISHMENT.acts:
        errors["step"] = _("Choose how it ended.")
    check_day(errors, "on", on, not_before=current.happened_on)
    if step == NOT_LINKED and not words.strip():
        errors["words"] = _("Write why it is not linked to the trafficking, and who decided so.")
    raise_any(errors)
    current.state, current.resolved_on = PUNISHMENT.step(current.state, step).to, on
    current.reasons = seal(actor, case, f"punishment_end:{current.pk}", words)
    current.save(update_fields=["state", "resolved_on", "reasons"])
    if current.incident.state != "settled":
        current.incident.case = case
        result = ANSWERED if step == NOT_LINKED else PUT_RIGHT
        incident_follow_up(actor=actor, incident=current.incident, result=result, on=on)
    lines.refresh(case, RECORD)
    keep(actor, "punishment.resolve", case, current.pk, "punishment", step=step, on=on)
    return current
