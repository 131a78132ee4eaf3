"""Reintegration plans as the services make them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.reintegration.plan import ReintegrationEntry, ReintegrationPlan
from fener.casework.models.reintegration.savings import SavingsEntry
from fener.casework.services import needs
from fener.casework.services.reintegration import plan, savings
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def drawn_up(actor: Actor, case: Case, **changes: Any) -> ReintegrationPlan:
    """A version that nobody decided on."""
    starts = dict.fromkeys(vocabulary("plan_basis").codes(), "To sew, near my sister Ana.")
    terms: dict[str, Any] = {"starts": starts, "therapy": "yes", "on": days_ago(0), **changes}
    return plan.draw_up(actor=actor, case=case, **terms)


def agreed(actor: Actor, case: Case, *, ago: int = 0, **changes: Any) -> ReintegrationPlan:
    """A version that the person agreed to, after they said what they need."""
    if not case.needs.exists():
        needs.record_need(actor=actor, case=case, kind="shelter", words="A door of my own.", on=days_ago(ago))
    made = drawn_up(actor, case, **{"on": days_ago(ago), **changes})
    return plan.decide(actor=actor, plan=made, agreed=True, on=days_ago(ago))


def entered(actor: Actor, case: Case, **changes: Any) -> ReintegrationEntry:
    """Something on a line: a course of work that runs."""
    terms: dict[str, Any] = {"line": "work", "kind": "enrolment", "on": days_ago(0), **changes}
    return plan.record_entry(actor=actor, case=case, terms=plan.EntryTerms(**terms))


def put_in(actor: Actor, case: Case, amount: str = "100.00", **changes: Any) -> SavingsEntry:
    """Money in the savings book."""
    terms: dict[str, Any] = {"kind": "wage", "currency": "EUR", "on": days_ago(9), **changes}
    return savings.put_in(actor=actor, case=case, amount=Decimal(amount), **terms)


def taken(actor: Actor, case: Case, amount: str = "40.00", **changes: Any) -> SavingsEntry:
    """Money that the person took, with a receipt."""
    terms: dict[str, Any] = {
        "kind": "withdrawal",
        "currency": "EUR",
        "on": days_ago(5),
        "receipt": "signed",
        "amount": Decimal(amount),
        **changes,
    }
    return savings.take_out(actor=actor, case=case, terms=savings.OutTerms(**terms))
