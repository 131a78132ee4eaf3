"""Looking for the family: only as the person decided, and found is not told (gates family_tracing, family_contact)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.returns.tracing_states import TRACING
from fener.casework.models import Case
from fener.casework.models.children.decision import About, ChildDecision, ChildView
from fener.casework.models.returns.tracing import FamilySearch
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, keep, raise_any
from fener.casework.services.children.eighteen import is_adult
from fener.casework.services.children.standing import guardian_answers
from fener.casework.services.facts import lock_case
from fener.casework.services.gated import require_open
from fener.casework.services.notes import seal_words
from fener.casework.services.reintegration.family import no_since
from fener.casework.services.safety.standing import PERSON, WITNESS
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, InvalidInput

RECORD = "returns.tracing"


@dataclass(frozen=True, kw_only=True)
class SearchTerms:
    """Whom (list ``risk_subject``, the words sealed), by whom, and that the person asked for it on that day."""

    relative: str
    by: str
    asked_on: date
    agreed: bool
    words: str


@transaction.atomic
def start_search(*, actor: Actor, case: Case, terms: SearchTerms) -> FamilySearch:
    """Begin to look; nobody is told where the person is. Raises Refused, GateClosed, InvalidInput."""
    access.require_on_case(actor, "tracing.record", case)
    lock_case(case)
    errors: Errors = {}
    check_code(errors, "relative", terms.relative, "risk_subject")
    if terms.relative in (PERSON, WITNESS):
        errors["relative"] = CHOOSE
    if terms.by not in FamilySearch.By.values:
        errors["by"] = CHOOSE
    check_day(errors, "asked_on", terms.asked_on)
    if not terms.words.strip():
        errors["words"] = _("Write down who is looked for.")
    raise_any(errors)
    facts = {**_decision(case, terms.asked_on, agreed=terms.agreed), "is_adult": is_adult(case, terms.asked_on)}
    facts["in_best_interests"] = ChildDecision.objects.filter(
        case=case, about=About.FAMILY, decided_on__lte=terms.asked_on
    ).exists()
    require_open("family_tracing", facts, actor=actor, case=case)
    made = FamilySearch(
        case=case,
        relative=terms.relative,
        by=terms.by,
        asked_on=terms.asked_on,
        by_guardian=case.treated_as_child,
        recorded_by_id=access.user_id(actor),
    )
    sealed = seal_words(
        actor=actor, case=case, slot=f"tracing:{made.pk}", words=terms.words, also_for=[actor.keeper_id],
        compartment=Compartment.CONTACT,
    )  # fmt: skip
    if sealed is None:
        raise InvalidInput({"words": _("Write down who is looked for.")})
    made.words = sealed
    made.save(force_insert=True)
    return _finish(actor, made, "start")


@transaction.atomic
def end_search(*, actor: Actor, search: FamilySearch, step: str, on: date) -> FamilySearch:
    """How it stands (an act of ``domain.returns.tracing_states``). Raises Refused, InvalidInput, NotPossibleNow."""
    current = _begin(actor, search)
    if step not in TRACING.acts:
        raise InvalidInput({"step": CHOOSE})
    to = TRACING.step(current.state, step).to
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.ended_on or current.asked_on)
    raise_any(errors)
    current.state, current.ended_on = to, on
    current.save(update_fields=["state", "ended_on"])
    return _finish(actor, current, step)


@transaction.atomic
def contact_family(*, actor: Actor, search: FamilySearch, agreed: bool, agreed_on: date, on: date) -> FamilySearch:
    """Somebody who was found is told something, as the person agreed since. Raises Refused, GateClosed, AlreadyDone."""
    current = _begin(actor, search)
    if current.contacted_on is not None:
        raise AlreadyDone(str(current.pk))
    errors: Errors = {}
    if current.state != "found":
        errors[""] = _("Nobody was found yet.")
    check_day(errors, "agreed_on", agreed_on, not_before=current.asked_on)
    check_day(errors, "on", on, not_before=max(agreed_on, current.ended_on or agreed_on))
    raise_any(errors)
    agreed = agreed and not no_since(current.case, agreed_on, on)
    facts = {**_decision(current.case, agreed_on, agreed=agreed), "names_relative": True}  # the search names one alone
    require_open("family_contact", facts, actor=actor, case=current.case)
    current.agreed_on, current.contacted_on = agreed_on, on
    current.save(update_fields=["agreed_on", "contacted_on"])
    return _finish(actor, current, "contact")


def _decision(case: Case, on: date, *, agreed: bool) -> dict[str, bool]:
    """The person's own yes; for a child that of a guardian who answers that day, with the child heard on the family."""
    child = not is_adult(case, on)
    heard = child and ChildView.objects.filter(case=case, about=About.FAMILY, heard=True, on__lte=on).exists()
    return {
        "person_agreed": agreed and not child,
        "guardian_agreed": agreed and child and guardian_answers(case, on),
        "child_heard": heard,
    }


def _begin(actor: Actor, search: FamilySearch) -> FamilySearch:
    access.require_on_case(actor, "tracing.record", search.case)
    lock_case(search.case)
    current = FamilySearch.objects.get(pk=search.pk)
    current.case = search.case
    return current


def _finish(actor: Actor, search: FamilySearch, step: str) -> FamilySearch:
    lines.refresh(search.case, RECORD)
    keep(actor, "tracing.record", search.case, search.pk, "tracing", step=step, state=search.state, by=search.by)
    return search
