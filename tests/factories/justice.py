"""Charges and owed outcomes as the services make them."""

from __future__ import annotations

from typing import Any

from fener.casework.models import Case
from fener.casework.models.justice.charge import Charge, OwedOutcome
from fener.casework.services.justice import charges, outcomes
from fener.trust.actor import Actor
from tests.factories.returns import days_ago


def charged(actor: Actor, case: Case, **changes: Any) -> Charge:
    """Extortion, under a law that asks for two years or more."""
    terms: dict[str, Any] = {
        "kind": "extortion",
        "branch": "criminal",
        "scale": "single",
        "act_on": days_ago(400),
        "article": "214(1)",
        "law_from": days_ago(2000),
        "least": 24,
        "most": 96,
        "words": "Dragan, the foreman.",
        **changes,
    }
    return charges.record_charge(actor=actor, case=case, terms=charges.ChargeTerms(**terms))


def decided(actor: Actor, charge: Charge, **changes: Any) -> Charge:
    terms: dict[str, Any] = {"outcome": "convicted", "on": days_ago(10), "sentence_kind": "prison", "months": 12}
    return charges.decide_charge(actor=actor, charge=charge, decided=charges.Decided(**{**terms, **changes}))


def owed(actor: Actor, case: Case, *, ago: int = 200, office: str = "prosecution") -> OwedOutcome:
    return outcomes.give_case(actor=actor, case=case, office=office, on=days_ago(ago))
