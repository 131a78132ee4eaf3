"""What stays behind before a move: asked for, claimed, recovered; it survives every return (rule CP-05).

No immigration service reads it, also where it keeps the file: who may be removed for saying so claims no wages (LB-01).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.justice.belonging_states import BELONGING, CLAIM
from fener.casework.models import Case
from fener.casework.models.justice.belonging import LeftBehind
from fener.casework.models.justice.claim import Claim
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.casework.services.justice.compensation import check_sum
from fener.casework.services.notes import seal_words
from fener.norms.facts_input import WageFacts
from fener.norms.labour import WageGap, wage_gap
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput, Refused

RECORD = "justice.belongings"
SUMS = ("agreed", "minimum", "paid")
MONEY = frozenset({"wages", "savings"})


@dataclass(frozen=True, kw_only=True)
class LeftTerms:
    """What (list ``belonging_kind``), who has it (``incident_author``), since when; of wages what is known of them."""

    kind: str
    held_by: str
    left_on: date
    time_given: str = LeftBehind.Time.UNKNOWN
    currency: str = ""
    agreed: Decimal | None = None
    minimum: Decimal | None = None
    periods: Decimal | None = None
    paid: Decimal | None = None
    words: str = ""


@transaction.atomic
def record_left(*, actor: Actor, case: Case, terms: LeftTerms) -> LeftBehind:
    """Something stayed behind, or is about to. Raises Refused, InvalidInput."""
    require_reader(actor, "belonging.record")
    access.require_on_case(actor, "belonging.record", case)
    lock_case(case)
    _check(terms)
    made = LeftBehind(
        case=case,
        kind=terms.kind,
        held_by=terms.held_by,
        left_on=terms.left_on,
        state_on=terms.left_on,
        time_given=terms.time_given,
        currency=terms.currency,
        agreed=terms.agreed,
        minimum=terms.minimum,
        periods=terms.periods,
        paid=terms.paid,
        recorded_by_id=access.user_id(actor),
    )
    made.words = seal_words(
        actor=actor, case=case, slot=f"left:{made.pk}", words=terms.words, also_for=[actor.keeper_id],
        compartment=Compartment.LEGAL,
    )  # fmt: skip
    made.save(force_insert=True)
    return _finish(actor, made, "belonging.record")


@transaction.atomic
def advance(*, actor: Actor, left: LeftBehind, step: str, on: date, claim: Claim | None = None) -> LeftBehind:
    """What became of it (an act of ``domain.justice.belonging_states``), before and after every journey.

    Raises Refused, InvalidInput, NotPossibleNow.
    """
    require_reader(actor, "belonging.advance")
    access.require_on_case(actor, "belonging.advance", left.case)
    lock_case(left.case)
    current = LeftBehind.objects.get(pk=left.pk)
    current.case = left.case
    if step not in BELONGING.acts:
        raise InvalidInput({"step": CHOOSE})
    to = BELONGING.step(current.state, step).to
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.state_on)
    if step == CLAIM and (claim is None or claim.case_id != left.case_id):
        errors["claim"] = _("Choose the claim. Record it under Compensation first.")
    elif claim is not None and current.currency and claim.currency != current.currency:
        errors["claim"] = _("This claim is in another currency.")
    raise_any(errors)
    current.state, current.state_on = to, on
    current.claim = claim if step == CLAIM else current.claim
    current.save(update_fields=["state", "state_on", "claim"])
    return _finish(actor, current, "belonging.advance")


def gap_of(left: LeftBehind) -> WageGap:
    """What is owed less what was paid; None as long as a figure is not known."""
    facts = WageFacts(
        recorded=True,
        agreed=left.agreed,
        minimum=left.minimum,
        periods=left.periods,
        paid=left.paid,
        currency=left.currency,
    )
    return wage_gap(facts)


def require_reader(actor: Actor, act: str) -> None:
    """Refuse an immigration service, whatever it may do otherwise: Refused, hidden."""
    if access.works_on_immigration(actor.keeper_id):
        raise Refused(act=act)


def _check(terms: LeftTerms) -> None:
    errors: Errors = {}
    check_code(errors, "kind", terms.kind, "belonging_kind")
    check_code(errors, "held_by", terms.held_by, "incident_author")
    check_day(errors, "left_on", terms.left_on)
    if terms.time_given not in LeftBehind.Time.values:
        errors["time_given"] = CHOOSE
    known = {name: value for name in SUMS if (value := getattr(terms, name)) is not None}
    if known or terms.periods is not None:
        check_code(errors, "currency", terms.currency, "currency")
        if terms.kind not in MONEY:
            errors["kind"] = _("Sums belong to wages or savings.")
    for name, value in known.items():
        if not (name == "paid" and value == 0):
            check_sum(errors, name, value)
    if terms.periods is not None and not 0 < terms.periods < 1000:
        errors["periods"] = _("Write a number above nought.")
    if terms.currency and "currency" not in errors:
        check_code(errors, "currency", terms.currency, "currency")
    raise_any(errors)


def _finish(actor: Actor, left: LeftBehind, act: str) -> LeftBehind:
    lines.refresh(left.case, RECORD)
    keep(actor, act, left.case, left.pk, "left_behind", what=left.kind, state=left.state, on=left.state_on)
    return left
