"""Journeys as the services make them, step by step."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.children.decision import ChildDecision
from fener.casework.models.children.guardianship import Guardianship
from fener.casework.models.returns.journey import Journey
from fener.casework.models.returns.passing_on import PassedOn
from fener.casework.models.safety.risk import RiskAssessment
from fener.casework.services.children.decisions import DecisionTerms, record_decision
from fener.casework.services.returns import journeys, removals
from fener.casework.services.returns.passing_on import PassedOnTerms, pass_on
from fener.network.models import Organisation
from fener.norms.alternatives import alternatives_for
from fener.trust.actor import Actor
from tests.factories import children, safety


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def asked(actor: Actor, case: Case, **changes: Any) -> Journey:
    terms = {"kind": "assisted_voluntary", "country": "MD", "on": days_ago(20), "words": "To my sister.", **changes}
    return journeys.request(actor=actor, case=case, **terms)


def told(actor: Actor, journey: Journey, **changes: Any) -> Journey:
    on = days_ago(18)
    answers = {one.kind: "not_wanted" for one in alternatives_for(settings.FENER_JURISDICTION, on)}
    terms: dict[str, Any] = {
        "items": ["rights", "options", "consequences"],
        "language": "ro",
        "on": on,
        "alternatives": answers,
    }
    return journeys.tell(actor=actor, journey=journey, told=journeys.Told(**{**terms, **changes}))


def assessed(actor: Actor, journey: Journey, *, allows: bool = True) -> Journey:
    if not RiskAssessment.objects.filter(case=journey.case, subject="person").exists():
        safety.assessed(actor, journey.case, 16, answers=safety.no_danger())
    return journeys.assess(actor=actor, journey=journey, allows=allows, on=days_ago(15), words="Looked.")


def decided(actor: Actor, journey: Journey, **changes: Any) -> Journey:
    return journeys.decide(**{"actor": actor, "journey": journey, "on": days_ago(12), "words": "I want to.", **changes})


def prepared(actor: Actor, journey: Journey, **changes: Any) -> Journey:
    terms: dict[str, Any] = {
        "papers": ["passport"],
        "escort": "ngo",
        "provider_elsewhere": True,
        "plan": "The house of the sisters receives her.",
        "belongings": "nothing_left_behind",
        "tests": "nothing_was_tested",
        "departs_on": days_ago(5),
    }
    return journeys.prepare(actor=actor, journey=journey, prepared=journeys.Prepared(**{**terms, **changes}))


def ready(actor: Actor, case: Case) -> Journey:
    """Everything stands before the departure of a grown person."""
    journey = assessed(actor, told(actor, asked(actor, case)))
    return prepared(actor, decided(actor, journey))


def ready_child(actor: Actor, case: Case) -> Journey:
    """Everything but the guardian stands before the departure of a child."""
    journey = assessed(actor, told(actor, asked(actor, case)))
    journey = prepared(actor, decided(actor, journey, by_guardian=True, heard_on=days_ago(13)))
    judged(actor, case)
    return protected(actor, journey)


def judged(actor: Actor, case: Case, *, heard: int = 13, ago: int = 11) -> ChildDecision:
    """Under Children: the child was heard on a return, and a panel decided that going is in its interests."""
    children.heard(actor, case, about="return", on=days_ago(heard))
    panel = ("child_protection", "health")
    terms = DecisionTerms(about="return", decided_on=days_ago(ago), panel=panel, words="Her sister waits for her.")
    return record_decision(actor=actor, case=case, terms=terms)


def guarded(actor: Actor, case: Case, **changes: Any) -> Guardianship:
    """A guardian answered for the child before the departure."""
    return children.guarded(actor, case, **{"since": days_ago(19), **changes})


def protected(actor: Actor, journey: Journey, **changes: Any) -> Journey:
    days: dict[str, Any] = {
        "authority_confirmed_on": days_ago(10),
        "follow_up_on": days_ago(0),
    }
    return journeys.protect(actor=actor, journey=journey, **{**days, **changes})


def told_there(actor: Actor, journey: Journey, recipient: Organisation, **changes: Any) -> PassedOn:
    """An authority there was told a name and the day, having said that it asks for no statement."""
    terms: dict[str, Any] = {
        "purpose": "reception",
        "fields": ["name", "arrival"],
        "assurance": "no_statement",
        "assured_on": days_ago(0),
        "on": days_ago(0),
        **changes,
    }
    return pass_on(actor=actor, journey=journey, terms=PassedOnTerms(recipient=recipient, **terms))


def announced(actor: Actor, case: Case, **changes: Any) -> Journey:
    terms = {
        "kind": "deportation",
        "country": "MD",
        "office": "migration",
        "basis": "law",
        "on": days_ago(9),
        **changes,
    }
    return removals.announce_removal(actor=actor, case=case, **terms)
