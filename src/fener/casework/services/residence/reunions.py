"""Family reunion: no income is asked, and a relative in danger has a plan of protection of their own (rule RP-12)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.residence.reunion import FamilyReunion
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.casework.services.notes import seal_words
from fener.casework.services.safety.incidents import IncidentTerms, incident_follows
from fener.casework.services.safety.risks import check_subject
from fener.casework.services.safety.standing import PERSON, WITNESS, gaps, measures_on, risk_standings
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone

RECORD, REFUSALS = "residence.reunions", "reunion_refusal"
S = FamilyReunion.State


@transaction.atomic
def ask_reunion(*, actor: Actor, case: Case, relative: str, on: date, which: int = 1, words: str = "") -> FamilyReunion:
    """A relative wants to join the person, or the person wants them to. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "reunion.record", case)
    lock_case(case)
    errors: Errors = {}
    check_subject(errors, relative, which)
    if relative in (PERSON, WITNESS):
        errors["subject"] = CHOOSE
    if "subject" in errors:
        errors["relative"] = errors.pop("subject")
    check_day(errors, "on", on)
    raise_any(errors)
    made = FamilyReunion(case=case, relative=relative, which=which, asked_on=on, recorded_by_id=access.user_id(actor))
    made.words = seal_words(
        actor=actor, case=case, slot=f"reunion:{made.pk}", words=words, also_for=[actor.keeper_id],
        compartment=Compartment.CONTACT,
    )  # fmt: skip
    made.save(force_insert=True)
    return _finish(actor, made, "ask")


@transaction.atomic
def decide_reunion(*, actor: Actor, reunion: FamilyReunion, granted: bool, on: date, reason: str = "") -> FamilyReunion:
    """What the authority decided. Where income was the reason, a right was violated: an incident.

    Raises Refused, InvalidInput, AlreadyDone.
    """
    case = reunion.case
    access.require_on_case(actor, "reunion.record", case)
    lock_case(case)
    current = FamilyReunion.objects.get(pk=reunion.pk)
    current.case = case
    if current.state != S.ASKED:
        raise AlreadyDone(str(current.pk))
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.asked_on)
    if granted == bool(reason):
        errors["reason"] = _("A refusal has a reason; what is granted has none.")
    elif reason:
        check_code(errors, "reason", reason, REFUSALS)
    raise_any(errors)
    current.state, current.decided_on, current.reason = (S.GRANTED if granted else S.REFUSED), on, reason
    current.save(update_fields=["state", "decided_on", "reason"])
    if reason and vocabulary(REFUSALS).group(reason) == "never":
        terms = IncidentTerms(right="other", by="migration_authority", happened_on=on)
        incident_follows(actor=actor, case=case, terms=terms)
    return _finish(actor, current, "decide")


def protection_of(case: Case, on: date) -> dict[tuple[str, int], bool]:
    """Of every relative in whom a danger was found: whether their own plan is in force without a gap. Two queries."""
    standings, measures = risk_standings(case, on), measures_on(case, on)
    return {
        subject: not one.lapsed and bool(measures.get(subject)) and not gaps(one, measures[subject])
        for subject, one in standings.items()
        if subject[0] not in (PERSON, WITNESS) and one.found
    }


def _finish(actor: Actor, row: FamilyReunion, step: str) -> FamilyReunion:
    lines.refresh(row.case, RECORD)
    keep(actor, "reunion.record", row.case, row.pk, "reunion", step=step, state=row.state, reason=row.reason)
    return row
