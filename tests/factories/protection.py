"""Cases under the hardest protections, made by their services."""

from __future__ import annotations

from typing import Any

from fener.casework.models import Case, ProtectionStep
from fener.casework.services.protection import witness
from fener.trust.actor import Actor
from fener.trust.models import User


def user_of(actor: Actor) -> User:
    """The account behind an actor."""
    return User.objects.get(pk=actor.user_id)


def reload(case: Case) -> Case:
    """The case as it stands now: under witness protection it has another code."""
    found: Case = Case.objects.unscoped(reason="test").select_related("organisation").get(pk=case.pk)
    return found


def protected(case: Case, first: Actor, second: Actor, *others: Actor, **more: Any) -> Case:
    """``first`` proposes, ``second`` confirms; ``others`` are named beside them. The case under its new code."""
    step = proposed(case, first, second, *others, **more)
    witness.answer(actor=second, step=step, yes=True)
    return reload(case)


def proposed(case: Case, first: Actor, second: Actor, *others: Actor, **more: Any) -> ProtectionStep:
    """The proposal alone."""
    terms: dict[str, Any] = {
        "kind": ProtectionStep.Kind.PROTECT,
        "second": user_of(second),
        "legal_basis": "Act on protection of participants, article 14",
        "reason": "A court has ordered it.",
        "keepers": [user_of(other) for other in others],
        **more,
    }
    return witness.propose(actor=first, case=case, **terms)
