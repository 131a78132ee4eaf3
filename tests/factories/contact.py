"""Screenings and first contacts as the services make them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from fener.contact.models import Intake, Screening
from fener.contact.services import intakes, offers, screenings
from fener.norms import screening as sets
from fener.trust.actor import Actor
from tests.factories.network import Body

NEEDS = {
    "safety": "given",
    "medical": "offered",
    "basics": "given",
    "phone_call": "declined",
    "interpreter": "not_needed",
}
REACH = {"how": "call", "number": "+381601112223", "safe_times": "after 20:00", "name_to_use": "Ђорђе"}
ADULT, CHILD, HEALTH = "adult-labour-inspection", "child-labour-inspection", "adult-health"
# Papers kept, may not leave, hurt: what the set for labour inspections reads as presumed.
SIGNS = {"papers-kept": "yes", "may-leave": "no", "hurt": "yes", "owes-debt": "yes", "free-to-quit": "no"}


def started(officer: Actor, set_id: str = ADULT, *, needs: bool = True, **more: Any) -> Screening:
    """A screening whose immediate needs were offered."""
    screening = screenings.start_screening(actor=officer, set_id=set_id, at=timezone.now(), **more)
    if needs:
        screenings.record_immediate_needs(actor=officer, screening=screening, needs=NEEDS)
    return screening


def finished(officer: Actor, set_id: str = ADULT, signs: dict[str, str] | None = None) -> Screening:
    """A screening with every question answered: ``signs`` as given (by default some), the rest not known."""
    screening = started(officer, set_id)
    pack = screenings.set_of(screening)
    given = SIGNS if signs is None else signs
    answers = {q.id: given.get(q.id, "unknown") for q in sets.questions(pack)}
    screenings.answer_all(actor=officer, screening=screening, answers=answers)
    return screenings.finish_screening(actor=officer, screening=screening, at=timezone.now())


def ready(officer: Actor, set_id: str = ADULT, signs: dict[str, str] | None = None) -> Screening:
    """Finished, and the rights card was told: the offer can be made."""
    return screenings.record_rights_told(
        actor=officer,
        screening=finished(officer, set_id, signs),
        items=["rights_card"],
        version="1.0",
        language="sr",
    )


def sent(officer: Actor, body: Body, screening: Screening | None = None, **more: Any) -> Intake:
    """The person agreed to be called by that body."""
    terms: dict[str, Any] = {"contact": REACH, "language": "sr", "at": timezone.now(), **more}
    return offers.send_with_agreement(
        actor=officer, screening=screening or ready(officer), desk=body.desk("intake"), **terms
    )


def flagged(somebody: Actor, body: Body, **more: Any) -> Intake:
    """A third party noticed something; the person does not know."""
    terms: dict[str, Any] = {
        "words": {"words": "The employer answered every question for him."},
        "about_child": False,
        "signs": [],
        "urgent": False,
        "person_knows": False,
        "at": timezone.now(),
        **more,
    }
    return intakes.raise_suspicion(actor=somebody, desk=body.desk("intake"), **terms)
