"""Houses of the register and stays in them, made by their services."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.shelter.house import Shelter
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.services.shelter.houses import HouseTerms, save_house
from fener.casework.services.shelter.stays import AdmissionTerms, admit
from fener.trust.actor import Actor
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
