"""Permits of a case: applied for, decided, appealed. No decision here ends help or a running period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models.residence.permit import Permit
from fener.casework.models.residence.regime import RegimeStay
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_day, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.casework.services.notes import seal_words
from fener.casework.services.residence.limbo import LEGAL_STATUS, waits_until
from fener.norms import clocks
from fener.norms.regimes import Phase, timeline
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone

RECORD = "residence.permits"
CLOCK = "residence_permit"


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What an authority decided on an application."""

    decision: str
    on: date
    valid_from: date | None = None
    valid_until: date | None = None
    number: str = ""
    reason: str = ""
    appeal_until: date | None = None


def documents(stay: RegimeStay) -> dict[str, Phase]:
    """The phases of a regime whose document is applied for."""
    return {phase.phase: phase for phase in timeline(stay.code, stay.starts_on)}


@transaction.atomic
def apply_for_permit(*, actor: Actor, stay: RegimeStay, phase: str, applicant: str, on: date) -> Permit:
    """The document of a phase was applied for. Where the rule says so, by an accredited centre alone (RP-07).

    Raises Refused, InvalidInput, AlreadyDone (one for the same phase waits).
    """
    access.require_on_case(actor, "permit.apply", stay.case)
    lock_case(stay.case)
    known, errors = documents(stay).get(phase), Errors()
    if known is None:
        errors["phase"] = CHOOSE
    if applicant not in Permit.Applicant.values:
        errors["applicant"] = CHOOSE
    elif known is not None and known.applicant and applicant != Permit.Applicant.ACCREDITED:
        errors["applicant"] = _("Here only an accredited specialised centre may apply.")
    check_day(errors, "on", on, not_before=stay.starts_on)
    raise_any(errors)
    same = Permit.objects.filter(stay=stay, phase=phase, decided_on__isnull=True).first()
    if same is not None:
        raise AlreadyDone(str(same.pk))
    permit = Permit.objects.create(
        case=stay.case, stay=stay, phase=phase, applicant=applicant, applied_on=on,
        waits_until=waits_until(LEGAL_STATUS, on), recorded_by_id=access.user_id(actor),
    )  # fmt: skip
    _kept(actor, "permit.apply", permit, applied=on)
    return permit


@transaction.atomic
def decide_permit(*, actor: Actor, permit: Permit, decided: Decided) -> Permit:
    """What was decided on an application, once. Raises Refused, InvalidInput, AlreadyDone."""
    access.require_on_case(actor, "permit.decide", permit.case)
    current = _locked(permit)
    if current.decided_on is not None:
        raise AlreadyDone(str(current.pk))
    raise_any(_wrong(current, decided))
    current.decision, current.decided_on = decided.decision, decided.on
    if decided.decision == Permit.Decision.GRANTED:
        current.valid_from, current.valid_until = decided.valid_from, decided.valid_until
        current.number = seal_words(
            actor=actor, case=permit.case, slot=f"permit:{current.pk}", words=decided.number,
            also_for=[actor.keeper_id], compartment=Compartment.LEGAL,
        )  # fmt: skip
    elif decided.decision == Permit.Decision.REFUSED:
        current.reason, current.appeal_until = decided.reason, decided.appeal_until
    current.save()
    _kept(actor, "permit.decide", current, decided=decided.on)
    return current


@transaction.atomic
def appeal_refusal(*, actor: Actor, permit: Permit, on: date) -> Permit:
    """A refusal is appealed; the clock of limbo runs again. Late or not, it is kept. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "permit.appeal", permit.case)
    current, errors = _locked(permit), Errors()
    if current.appealed_on is not None:
        raise AlreadyDone(str(current.pk))
    if current.decision != Permit.Decision.REFUSED:
        errors[""] = _("Only a refusal is appealed.")
    check_day(errors, "on", on, not_before=current.decided_on)
    raise_any(errors)
    current.appealed_on, current.waits_until = on, waits_until(LEGAL_STATUS, on)
    current.save(update_fields=["appealed_on", "waits_until"])
    _kept(actor, "permit.appeal", current, appealed=on)
    return current


@transaction.atomic
def decide_appeal(*, actor: Actor, permit: Permit, outcome: str, on: date) -> Permit:
    """What became of an appeal. A permit that follows from it is applied for anew. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "permit.decide", permit.case)
    current, errors = _locked(permit), Errors()
    if current.appeal_decided_on is not None:
        raise AlreadyDone(str(current.pk))
    if current.appealed_on is None:
        errors[""] = _("No appeal is recorded.")
    if outcome not in Permit.Appeal.values:
        errors["outcome"] = CHOOSE
    check_day(errors, "on", on, not_before=current.appealed_on)
    raise_any(errors)
    current.appeal, current.appeal_decided_on = outcome, on
    current.save(update_fields=["appeal", "appeal_decided_on"])
    _kept(actor, "permit.decide", current, appeal_decided=on)
    return current


def renewal_from(permit: Permit) -> date | None:
    """From which day the end of a paper is announced (clock ``residence_permit``); None where it has no end."""
    if permit.valid_from is None or permit.valid_until is None:
        return None
    return clocks.due(
        CLOCK, jurisdiction=settings.FENER_JURISDICTION, start=permit.valid_from, facts={"until": permit.valid_until}
    ).warn_on


def _wrong(permit: Permit, decided: Decided) -> Errors:
    errors = Errors()
    if decided.decision not in Permit.Decision.values:
        errors["decision"] = CHOOSE
    check_day(errors, "on", decided.on, not_before=permit.applied_on)
    if decided.decision == Permit.Decision.GRANTED:
        if decided.valid_from is None:
            errors["valid_from"] = _("From which day is it valid?")
        elif decided.valid_until is not None and decided.valid_until < decided.valid_from:
            errors["valid_until"] = _("This day lies before the beginning.")
    if decided.decision == Permit.Decision.REFUSED:
        if decided.reason not in Permit.Reason.values:
            errors["reason"] = CHOOSE
        if decided.appeal_until is not None and decided.appeal_until < decided.on:
            errors["appeal_until"] = _("This day lies before the beginning.")
    return errors


def _locked(permit: Permit) -> Permit:
    lock_case(permit.case)
    current = Permit.objects.get(pk=permit.pk)
    current.case = permit.case
    return current


def _kept(actor: Actor, act: str, permit: Permit, **days: Any) -> None:
    lines.refresh(permit.case, RECORD)
    keep(actor, act, permit.case, permit.pk, "permit", **days)
