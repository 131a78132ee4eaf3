"""Houses of the register and stays in them, made by their services."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.shelter.access_request import ShelterAccessRequest
from fener.casework.models.shelter.house import Shelter
from fener.casework.models.shelter.place import PlaceSought
from fener.casework.models.shelter.restriction import StayRestriction
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.services.shelter.access_requests import AccessTerms, record_access
from fener.casework.services.shelter.houses import HouseTerms, save_house
from fener.casework.services.shelter.places import PlaceTerms, ask_place
from fener.casework.services.shelter.restrictions import RestrictionTerms, record_restriction
from fener.casework.services.shelter.stays import AdmissionTerms, admit
from fener.trust.actor import Actor
from fener.trust.models import User
from tests.factories.network import Body


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def house(actor: Actor, body: Body, *, capacity: int | None = 4, **limits: Any) -> Shelter:
    """A house of this body."""
    terms = HouseTerms(kind="trafficking", funder="state", procurement="grant")
    return save_house(actor=actor, service=body.service("shelter", capacity=capacity, **limits), terms=terms)


def admission(**changes: Any) -> AdmissionTerms:
    """Three nights ago, of their own will, with everything said before, for a hundred days."""
    said: dict[str, Any] = {
        "ground": "presumed",
        "reason": "danger",
        "since": ago(3),
        "decided_by": "person",
        "rules_explained": True,
        "right_to_leave_told": True,
        "testimony_not_asked": True,
        "sees_self_so": True,
        "until": ago(-97),
        **changes,
    }
    return AdmissionTerms(**said)


def admitted(actor: Actor, case: Case, shelter: Shelter, **changes: Any) -> ShelterStay:
    """Somebody stays in this house."""
    return admit(actor=actor, case=case, shelter=shelter, terms=admission(**changes))


def restriction(actor: Actor, **changes: Any) -> RestrictionTerms:
    """No visitors from yesterday on, for ten days, by a rule of the house; the person objects."""
    said: dict[str, Any] = {
        "kind": "visitors",
        "ground": "house_rule",
        "words": "Rule 4 of the house.",
        "decided_by": User.objects.get(pk=actor.user_id),
        "answer": "objects",
        "since": ago(1),
        "until": ago(-10),
        "review_on": ago(-5),
        "locks_in": False,
        **changes,
    }
    return RestrictionTerms(**said)


def restricted(actor: Actor, stay: ShelterStay, **changes: Any) -> StayRestriction:
    """A resident is restricted."""
    return record_restriction(actor=actor, stay=stay, terms=restriction(actor, **changes))


def asked_in(actor: Actor, shelter: Shelter, **changes: Any) -> ShelterAccessRequest:
    """Police wanted to question a resident two hours ago and showed a badge."""
    said: dict[str, Any] = {
        "by": "police",
        "purpose": "question_resident",
        "basis": "badge",
        "asked_at": timezone.now() - timedelta(hours=2),
        **changes,
    }
    return record_access(actor=actor, shelter=shelter, terms=AccessTerms(**said))


def asked_for_place(actor: Actor, case: Case, shelter: Shelter, **changes: Any) -> PlaceSought:
    """A woman, adult, alone, now."""
    terms = PlaceTerms(**{"gender": "Feminine", "age_band": "25-34", **changes})
    return ask_place(actor=actor, case=case, shelter=shelter, terms=terms)
