"""Conflicts of interest: the person's prevails unless a named decision maker states a legal basis (rule NC-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.safety.interest_states import AGAINST, DECIDE_AGAINST, INTEREST, PREVAIL
from fener.casework.models import Case
from fener.casework.models.safety.interest import InterestConflict
from fener.casework.services import lines
from fener.casework.services.children.common import Errors, carry_out_on, check_code, check_day, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.casework.services.gated import require_open
from fener.casework.services.safety.common import seal
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput

RECORD = "safety.interests"


@dataclass(frozen=True, kw_only=True)
class ConflictTerms:
    """Which aim (list ``interest_aim``) of whom (``incident_author``), since when; both interests in words, sealed."""

    aim: str
    by: str
    arisen_on: date
    words: str


@dataclass(frozen=True, kw_only=True)
class AgainstTerms:
    """Who decides, by office and (sealed) by name, on which legal basis (``override_basis``), and why."""

    decided_by: str
    basis: str
    name: str
    reasons: str
    on: date


@transaction.atomic
def record_conflict(*, actor: Actor, case: Case, terms: ConflictTerms) -> InterestConflict:
    """An aim stands against the person's interest. Recording it changes nothing for the person: theirs prevails.

    Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "interest.record", case)
    lock_case(case)
    errors: Errors = {}
    check_code(errors, "aim", terms.aim, "interest_aim")
    check_code(errors, "by", terms.by, "incident_author")
    check_day(errors, "arisen_on", terms.arisen_on)
    if not terms.words.strip():
        errors["words"] = _("Write down both interests, the person's own words first.")
    raise_any(errors)
    made = InterestConflict(
        case=case, aim=terms.aim, by=terms.by, arisen_on=terms.arisen_on, recorded_by_id=access.user_id(actor)
    )
    sealed = seal(actor, case, f"interest:{made.pk}", terms.words)
    if sealed is None:
        raise InvalidInput({"words": _("Write down both interests, the person's own words first.")})
    made.words = sealed
    made.save(force_insert=True)
    return _finish(actor, made, "interest.record")


@transaction.atomic
def person_prevails(*, actor: Actor, conflict: InterestConflict, on: date) -> InterestConflict:
    """It ended as the person's interest asks, or a decision against it was taken back. Raises Refused, InvalidInput."""
    current = _begin(actor, conflict, "interest.settle")
    to = INTEREST.step(current.result, PREVAIL).to
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.settled_on or current.arisen_on)
    raise_any(errors)
    current.result, current.settled_on = to, on
    current.save(update_fields=["result", "settled_on"])
    return _finish(actor, current, "interest.settle")


@transaction.atomic
def decide_against(*, actor: Actor, conflict: InterestConflict, terms: AgainstTerms) -> InterestConflict:
    """Somebody decided against the person's interest; gate ``decide_against_interest``.

    Raises Refused, GateClosed, InvalidInput, NotPossibleNow.
    """
    current = _begin(actor, conflict, "interest.settle")
    to = INTEREST.step(current.result, DECIDE_AGAINST).to
    errors: Errors = {}
    check_day(errors, "on", terms.on, not_before=current.arisen_on)
    raise_any(errors)
    named = bool(terms.name.strip()) and bool(terms.reasons.strip())
    facts = {
        "conflict_recorded": current.arisen_on <= terms.on,
        "decision_maker_named": named and terms.decided_by in vocabulary("incident_author"),
        "legal_basis_named": terms.basis in vocabulary("override_basis"),
    }
    require_open("decide_against_interest", facts, actor=actor, case=current.case)
    current.result, current.settled_on = to, terms.on
    current.decided_by, current.basis = terms.decided_by, terms.basis
    said = f"{terms.name.strip()}\n\n{terms.reasons.strip()}"
    current.decision_words = seal(actor, current.case, f"interest_decision:{current.pk}", said)
    current.save()
    return _finish(actor, current, "interest.settle")


@transaction.atomic
def tell_person(*, actor: Actor, conflict: InterestConflict, on: date) -> InterestConflict:
    """The person was told of a decision against them and what they can do about it. Raises Refused, InvalidInput."""
    current = _begin(actor, conflict, "interest.settle")
    if current.result != AGAINST:
        raise InvalidInput({"": _("Nothing was decided against the person.")})
    carry_out_on(current, "told_on", on, not_before=current.settled_on)
    return _finish(actor, current, "interest.settle")


def _begin(actor: Actor, conflict: InterestConflict, act: str) -> InterestConflict:
    access.require_on_case(actor, act, conflict.case)
    lock_case(conflict.case)
    current = InterestConflict.objects.get(pk=conflict.pk)
    current.case = conflict.case
    return current


def _finish(actor: Actor, row: InterestConflict, act: str) -> InterestConflict:
    lines.refresh(row.case, RECORD)
    keep(actor, act, row.case, row.pk, "interest", aim=row.aim, by=row.by, result=row.result, basis=row.basis)
    return row
