"""Charges, owed outcomes, claims and payments as the services make them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from fener.casework.models import Case
from fener.casework.models.justice.asset import AssetStep, SeizedAsset
from fener.casework.models.justice.charge import Charge, OwedOutcome
from fener.casework.models.justice.claim import Claim, ClaimPayment, RoutesTold
from fener.casework.services.justice import assets, charges, compensation, outcomes
from fener.norms.compensation import compensation_routes
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


def told(actor: Actor, case: Case, *, ago: int = 300, **changes: Any) -> RoutesTold:
    """Every route was told with an interpreter."""
    terms: dict[str, Any] = {
        "routes": tuple(compensation_routes()),
        "facts": {},
        "told_on": days_ago(ago),
        "language": "ro",
        "interpreter": "Ana",
        **changes,
    }
    return compensation.tell_routes(actor=actor, case=case, terms=compensation.ToldTerms(**terms))


def claimed(actor: Actor, case: Case, **changes: Any) -> Claim:
    terms: dict[str, Any] = {
        "route": "criminal_court",
        "currency": "EUR",
        "claimed_on": days_ago(200),
        "asked": Decimal("5000"),
        "words": "From Dragan, the foreman.",
        **changes,
    }
    return compensation.record_claim(actor=actor, case=case, terms=compensation.ClaimTerms(**terms))


def awarded(actor: Actor, claim: Claim, **changes: Any) -> Claim:
    """1,000 in instalments of 300 a month."""
    terms: dict[str, Any] = {
        "awarded": Decimal("1000"),
        "on": days_ago(100),
        "instalment": Decimal("300"),
        "every": 1,
        "first_on": days_ago(90),
        **changes,
    }
    return compensation.award_claim(actor=actor, claim=claim, award=compensation.Award(**terms))


def paid(actor: Actor, claim: Claim, amount: str, *, ago: int = 50) -> ClaimPayment:
    return compensation.record_payment(actor=actor, claim=claim, amount=Decimal(amount), on=days_ago(ago))


def seized(actor: Actor, **changes: Any) -> SeizedAsset:
    """A vehicle."""
    terms: dict[str, Any] = {"kind": "vehicle", "currency": "EUR", "seized_on": days_ago(300), **changes}
    return assets.seize(actor=actor, **terms)


def became(actor: Actor, asset: SeizedAsset, step: str, amount: str = "", *, ago: int = 100) -> AssetStep:
    given = Decimal(amount) if amount else None
    return assets.record_step(actor=actor, asset=asset, step=step, on=days_ago(ago), amount=given)
