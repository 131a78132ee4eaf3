"""Telling an authority of the country of return: the least, on consent, for a purpose, no statement asked (RT-06)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.returns.journey import Journey
from fener.casework.models.returns.passing_on import PassedOn
from fener.casework.models.safety.risk import ProtectionMeasure
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.casework.services.gated import Facts, require_open
from fener.casework.services.safety.incidents import IncidentTerms, incident_follows
from fener.casework.services.safety.standing import plan_in_force
from fener.network.models import Organisation
from fener.norms.gates import GateResult
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.consent import covering, disclosure_gate
from fener.trust.errors import AlreadyDone
from fener.trust.models import Consent
from fener.trust.purposes import Purpose

RECORD, FIELDS = "returns.passed_on", "return_field"
ABROAD = (ProtectionMeasure.Side.ABROAD, ProtectionMeasure.Side.BOTH)


@dataclass(frozen=True, kw_only=True)
class PassedOnTerms:
    """Who is told which kinds of data (list ``return_field``) for what (``return_purpose``), and what was assured."""

    recipient: Organisation
    purpose: str
    fields: Sequence[str]
    assurance: str
    on: date
    assured_on: date | None = None


@transaction.atomic
def pass_on(*, actor: Actor, journey: Journey, terms: PassedOnTerms) -> PassedOn:
    """Keep that an authority there is told; gate ``return_disclosure``. Raises Refused, GateClosed, InvalidInput."""
    case = journey.case
    access.require_on_case(actor, "return.pass_on", case)
    lock_case(case)
    access.require_free(case, field="recipient", organisation_id=terms.recipient.pk)
    _check(terms)
    parts = compartments_of(terms.fields)
    consent = covering(
        subject_id=case.pk, recipient_id=terms.recipient.pk, purpose=Purpose.RETURN, compartments=parts, on=terms.on
    )
    if consent is not None and consent.withdrawn_at is not None:
        consent = None  # an act may be dated back, but a withdrawn sentence carries nothing more
    require_open("return_disclosure", _facts(case, terms, consent, parts), actor=actor, case=case)
    if consent is None:
        raise LookupError("the gate return_disclosure opened without a consent")
    made = PassedOn.objects.create(
        case=case,
        journey=journey,
        recipient=terms.recipient,
        consent=consent,
        purpose=terms.purpose,
        fields=list(terms.fields),
        assurance=terms.assurance,
        assured_on=terms.assured_on if terms.assurance == PassedOn.Assurance.NO_STATEMENT else None,
        on=terms.on,
        recorded_by_id=access.user_id(actor),
    )
    lines.refresh(case, RECORD)
    keep(
        actor, "return.pass_on", case, made.pk, "passed_on",
        recipient=str(terms.recipient.pk), compartments=parts, fields=made.fields, purpose=made.purpose,
        grounds=[f"consent:{consent.pk}"], on=made.on,
    )  # fmt: skip
    return made


@transaction.atomic
def statement_demanded(*, actor: Actor, passed_on: PassedOn, by: str, on: date) -> PassedOn:
    """A statement was demanded there all the same: an incident. Raises Refused, InvalidInput, AlreadyDone."""
    case = passed_on.case
    access.require_on_case(actor, "return.demanded", case)
    lock_case(case)
    current = PassedOn.objects.get(pk=passed_on.pk)
    if current.demanded_on is not None:
        raise AlreadyDone(str(current.pk))
    errors: Errors = {}
    check_code(errors, "by", by, "incident_author")
    check_day(errors, "on", on, not_before=current.on)
    raise_any(errors)
    current.demanded_on = on
    current.save(update_fields=["demanded_on"])
    incident_follows(actor=actor, case=case, terms=IncidentTerms(right="pressed_to_testify", by=by, happened_on=on))
    lines.refresh(case, RECORD)
    keep(actor, "return.demanded", case, current.pk, "passed_on", by=by, on=on)
    return current


def compartments_of(fields: Sequence[str]) -> list[str]:
    """The compartments that a consent has to name for these kinds of data; unknown kinds belong to none."""
    listed = vocabulary(FIELDS)
    return sorted({group for code in fields if code in listed and (group := listed.group(code))})


def _facts(case: Case, terms: PassedOnTerms, consent: Consent | None, parts: Sequence[str]) -> Facts:
    """Where no sentence covers everything, the gate says what the nearest one about this authority lacks."""
    told = Consent.objects.filter(subject_id=case.pk, recipient_id=terms.recipient.pk).order_by("-recorded_at")
    sentences: list[Consent | None] = [consent] if consent else [*told] or [None]
    answers = (
        disclosure_gate(
            one, recipient_id=terms.recipient.pk, purpose=Purpose.RETURN, compartments=parts, on=_day(one, terms)
        )
        for one in sentences
    )
    asked = min(answers, key=lambda answer: (len(answer.missing), "names_purpose" in _codes(answer)))
    lacking = _codes(asked)
    confirmed = terms.assurance == PassedOn.Assurance.NO_STATEMENT and terms.assured_on is not None
    return {
        **{one.code: one.code not in lacking for one in asked.conditions},
        "only_the_least": bool(terms.fields) and all(code in vocabulary(FIELDS) for code in terms.fields),
        "no_statement_confirmed": confirmed,
        "protected_there": terms.assurance == PassedOn.Assurance.PROTECTED and protected_there(case, terms.on),
    }


def _day(consent: Consent | None, terms: PassedOnTerms) -> date:
    """The day on which a sentence is asked: that of the act, but today for one that was withdrawn since."""
    return timezone.localdate() if consent is not None and consent.withdrawn_at is not None else terms.on


def _codes(answer: GateResult) -> set[str]:
    return {one.code for one in answer.missing}


def protected_there(case: Case, on: date) -> bool:
    """Whether the person's plan of protection is in force on that day with a measure across the border."""
    running = ProtectionMeasure.objects.filter(case=case, subject="person", side__in=ABROAD, since__lte=on)
    there = any(one.ended_on is None or one.ended_on > on for one in running)
    return there and plan_in_force(case, on)[0]


def _check(terms: PassedOnTerms) -> None:
    errors: Errors = {}
    check_code(errors, "purpose", terms.purpose, "return_purpose")
    check_day(errors, "on", terms.on)
    if not terms.recipient.active_on(terms.on):
        errors["recipient"] = _("This body has ended. Ask the person about another one.")
    if terms.assurance not in PassedOn.Assurance.values:
        errors["assurance"] = CHOOSE
    elif terms.assurance == PassedOn.Assurance.NO_STATEMENT:
        if terms.assured_on is None:
            errors["assured_on"] = _("Say when the authority confirmed it.")
        else:
            check_day(errors, "assured_on", terms.assured_on)
            if terms.assured_on > terms.on:
                errors["assured_on"] = _("It has to be confirmed before anything is passed on.")
    raise_any(errors)
