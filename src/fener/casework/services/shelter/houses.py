"""The register of shelters, trafficking and domestic violence alike (rule SH-06). The house's own body writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models.shelter.house import Shelter, ShelterNight, ShelterRefusal
from fener.casework.services.children.common import Errors, check_code, check_day, raise_any
from fener.network.models import Service
from fener.trust import audit, policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship


@dataclass(frozen=True, kw_only=True)
class HouseTerms:
    """``cost_per_night``: of one place, in ``currency`` (ISO 4217); None where it is not known."""

    kind: str
    funder: str
    procurement: str
    cost_per_night: Decimal | None = None
    currency: str = ""


@transaction.atomic
def save_house(*, actor: Actor, service: Service, terms: HouseTerms) -> Shelter:
    """Enter a service of the directory as a shelter, or change what is said of it. Raises Refused, InvalidInput."""
    require_own(actor, "shelter.save", service.organisation_id)
    Service.objects.select_for_update().get(pk=service.pk)  # two people write one after the other
    _check(terms)
    said = vars(terms)
    found = Shelter.objects.filter(service=service).first() or Shelter(
        service=service, organisation_id=service.organisation_id
    )
    for name, value in said.items():
        setattr(found, name, value)
    found.recorded_by_id = access.user_id(actor)
    found.save()
    keep_of_house(
        actor, "shelter.save", found, {"kind": found.kind, "funder": found.funder, "procurement": found.procurement}
    )
    return found


@transaction.atomic
def record_night(*, actor: Actor, shelter: Shelter, on: date, residents: int, ineligible: int = 0) -> ShelterNight:
    """How many slept there; counted again, the later count stands. Raises Refused, InvalidInput."""
    require_own(actor, "shelter_night.record", shelter.organisation_id)
    current = Shelter.objects.select_for_update(of=("self",)).select_related("service").get(pk=shelter.pk)
    errors: Errors = {}
    check_day(errors, "on", on)
    if residents < 0 or ineligible < 0:
        errors["residents"] = _("Enter a number that is not below nought.")
    if ineligible > residents:
        errors["ineligible"] = _("They are counted among the residents: there cannot be more of them.")
    raise_any(errors)
    night, _new = ShelterNight.objects.update_or_create(
        shelter=current,
        on=on,
        defaults={"residents": residents, "ineligible": ineligible, "recorded_by_id": access.user_id(actor)},
    )
    keep_of_house(actor, "shelter_night.record", current, {"on": on, "residents": residents, "ineligible": ineligible})
    return night


@transaction.atomic
def record_refusal(*, actor: Actor, shelter: Shelter, on: date, reason: str) -> ShelterRefusal:
    """The house refused somebody. Raises Refused, InvalidInput."""
    require_own(actor, "shelter_refusal.record", shelter.organisation_id)
    errors: Errors = {}
    check_day(errors, "on", on)
    check_code(errors, "reason", reason, "shelter_refusal")
    raise_any(errors)
    made = ShelterRefusal.objects.create(shelter=shelter, on=on, reason=reason, recorded_by_id=access.user_id(actor))
    keep_of_house(actor, "shelter_refusal.record", shelter, {"on": on, "reason": reason})
    return made


def require_own(actor: Actor, act: str, organisation_id: UUID) -> None:
    """Of another body's house it looks absent."""
    if actor.keeper_id != organisation_id:
        raise Refused(act=act)
    policy.require(actor, act, Relationship.SAME_ORGANISATION)


def _check(terms: HouseTerms) -> None:
    errors: Errors = {}
    check_code(errors, "kind", terms.kind, "shelter_kind")
    check_code(errors, "funder", terms.funder, "funder_kind")
    check_code(errors, "procurement", terms.procurement, "procurement_kind")
    cost, currency = terms.cost_per_night, terms.currency
    if cost is not None and (not cost.is_finite() or cost < 0):
        errors["cost_per_night"] = _("Enter a number that is not below nought.")
    if (cost is None) != (currency == "") or (currency and not (len(currency) == 3 and currency.isalpha())):
        errors["currency"] = _("A sum stands with its currency, three letters such as EUR.")
    raise_any(errors)


def keep_of_house(actor: Actor, act: str, shelter: Shelter, detail: dict[str, Any]) -> None:
    """The entry of the audit on what a house did: codes, days and counts."""
    audit.record(
        actor=actor,
        act=act,
        chain=("keeper", shelter.organisation_id),
        subject_type="shelter",
        subject_id=shelter.pk,
        detail=detail,
    )
