"""Who depends on the person: children of victims and others, each with needs, papers and a plan (rule CH-16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.children.care import Dependant
from fener.casework.services import lines
from fener.casework.services.children.common import Errors, check_code, check_day, keep, raise_any
from fener.casework.services.notes import seal_words
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone
from fener.trust.models import SealedItem

RECORD = "children.dependants"


@dataclass(frozen=True, kw_only=True)
class DependantTerms:
    """Who (in words, sealed), since when, what they need, whether they have papers (list ``check_state``)."""

    kind: str
    under_18: bool
    papers: str
    since: date
    who: str
    needs: str


@transaction.atomic
def add_dependant(*, actor: Actor, case: Case, terms: DependantTerms) -> Dependant:
    """Somebody depends on the person, and is a person of the record. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "dependant.record", case)
    errors: Errors = {}
    check_code(errors, "kind", terms.kind, "dependant_kind")
    check_code(errors, "papers", terms.papers, "check_state")
    check_day(errors, "since", terms.since)
    if not terms.who.strip():
        errors["who"] = _("Name the person.")
    if not terms.needs.strip():
        errors["needs"] = _("Write what this person needs for themselves.")
    raise_any(errors)
    made = Dependant(
        case=case,
        kind=terms.kind,
        under_18=terms.under_18,
        papers=terms.papers,
        since=terms.since,
        recorded_by_id=access.user_id(actor),
    )
    made.who = _seal(actor, case, f"dependant:{made.pk}:who", terms.who, Compartment.IDENTITY)
    made.needs = _seal(actor, case, f"dependant:{made.pk}:needs", terms.needs, Compartment.NARRATIVE)
    made.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(actor, "dependant.record", case, made.pk, "dependant", kind=made.kind, under_18=made.under_18)
    return made


@transaction.atomic
def plan_for(*, actor: Actor, dependant: Dependant, papers: str, review_on: date, words: str, on: date) -> Dependant:
    """The plan of their own, and how it is with their papers now. Raises Refused, InvalidInput, AlreadyDone."""
    case = dependant.case
    access.require_on_case(actor, "dependant.plan", case)
    current = _open(dependant)
    errors: Errors = {}
    check_code(errors, "papers", papers, "check_state")
    if not words.strip():
        errors["words"] = _("Write the plan.")
    if review_on <= on:
        errors["review_on"] = _("Choose a later day.")
    raise_any(errors)
    current.plan = _seal(actor, case, f"dependant:{current.pk}:plan", words, Compartment.NARRATIVE)
    current.papers, current.review_on = papers, review_on
    current.save(update_fields=["plan", "papers", "review_on"])
    lines.refresh(case, RECORD)
    keep(actor, "dependant.plan", case, current.pk, "dependant", papers=papers, review=review_on)
    return current


@transaction.atomic
def end_dependence(*, actor: Actor, dependant: Dependant, on: date) -> Dependant:
    """They depend on the person no longer. Raises Refused, InvalidInput, AlreadyDone."""
    access.require_on_case(actor, "dependant.end", dependant.case)
    current = _open(dependant)
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.since)
    raise_any(errors)
    current.ended_on = on
    current.save(update_fields=["ended_on"])
    lines.refresh(dependant.case, RECORD)
    keep(actor, "dependant.end", dependant.case, current.pk, "dependant", on=on)
    return current


def _open(dependant: Dependant) -> Dependant:
    current = Dependant.objects.get(pk=dependant.pk)
    if current.ended_on is not None:
        raise AlreadyDone(str(current.pk), _("This has ended already."))
    return current


def _seal(actor: Actor, case: Case, slot: str, words: str, part: Compartment) -> SealedItem | None:
    return seal_words(actor=actor, case=case, slot=slot, words=words, also_for=[actor.keeper_id], compartment=part)
