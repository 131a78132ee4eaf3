"""Short ways to a point on the path, as the services walk it: a need, an offer to a shelter, an accepted referral."""

from __future__ import annotations

from typing import Any

from fener.casework.models import Case, Need, Referral
from fener.casework.services import needs, referral_answers, referrals
from fener.network.models import Service
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory, consent_to
from tests.factories.network import Body

SHARED = (Compartment.IDENTITY, Compartment.CONTACT)


def need_of(actor: Actor, case: Case, kind: str = "shelter", **more: Any) -> Need:
    """A need in the person's own words."""
    return needs.record_need(actor=actor, case=case, kind=kind, words=more.pop("words", "A place to sleep."), **more)


def case_with_need(actor: Actor, kind: str = "shelter", **more: Any) -> Case:
    """An open case whose person said what they need."""
    case: Case = CaseFactory(actor=actor, **more)
    need_of(actor, case, kind)
    return case


def offered(
    actor: Actor,
    body: Body,
    case: Case | None = None,
    *,
    service: Service | None = None,
    compartments: tuple[Compartment, ...] = SHARED,
    consent: bool = True,
    **more: Any,
) -> Referral:
    """A referral to a shelter that waits for an answer, with the consent that it needs."""
    case = case or case_with_need(actor)
    if consent:
        consent_to(actor, case, body, *compartments)
    return referrals.offer_referral(
        actor=actor, case=case, service=service or body.service("shelter"), compartments=compartments, **more
    )


def accepted(actor: Actor, body: Body, case: Case | None = None, **more: Any) -> tuple[Referral, Actor]:
    """An accepted referral and the shelter worker who accepted it."""
    referral = offered(actor, body, case, **more)
    worker = body.actor(Role.CASE_MANAGER)
    return referral_answers.accept_referral(actor=worker, referral=referral), worker
