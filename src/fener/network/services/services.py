"""Desks and services of a body: where it receives, what it offers, to whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.network import access
from fener.network.models import Desk, Organisation, Service
from fener.network.services.bodies import check, keep
from fener.network.services.directory.checks import refuse_address_in_name
from fener.norms.services_catalogue import catalogue
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput


@transaction.atomic
def create_desk(
    *,
    actor: Actor,
    organisation: Organisation,
    name: str,
    receives: list[str],
    escalates_to: Desk | None = None,
) -> Desk:
    """Open a desk for the kinds that it receives; what it leaves unanswered goes on to ``escalates_to``."""
    access.require(actor, "network.desk.create", organisation.pk)
    desk = Desk(organisation=organisation, name=name, receives=list(receives), escalates_to=escalates_to)
    _check_desk(desk)
    desk.save()
    keep(actor, "network.desk.create", organisation.pk, {"receives": desk.receives})
    return desk


@transaction.atomic
def change_desk(
    *, actor: Actor, desk: Desk, name: str, receives: Sequence[str], escalates_to: Desk | None, is_open: bool
) -> Desk:
    """Change what a desk receives, or close it: nothing new comes in, what waits there is still answered."""
    access.require(actor, "network.desk.change", desk.organisation_id)
    current = Desk.objects.select_for_update().get(pk=desk.pk)
    current.name, current.receives, current.open = name, list(receives), is_open
    current.escalates_to = escalates_to
    _check_desk(current)
    current.save()
    detail = {"receives": current.receives, "open": current.open, "desk": current.pk}
    keep(actor, "network.desk.change", current.organisation_id, detail)
    return current


@transaction.atomic
def create_service(*, actor: Actor, desk: Desk, kind: str, name: str, **limits: Any) -> Service:
    """Offer a service at a desk. ``limits`` are capacity and eligibility; nationality is no limit (rule AS-05)."""
    access.require(actor, "network.service.create", desk.organisation_id)
    service = Service(organisation=desk.organisation, desk=desk, kind=kind, name=name, **limits)
    _check_service(service)
    service.save()
    keep(actor, "network.service.create", desk.organisation_id, {"kind": kind})
    return service


@transaction.atomic
def change_service(*, actor: Actor, service: Service, **fields: Any) -> Service:
    """Change a service's desk, name, places and limits, or end it (``active`` False). The kind stays what it was."""
    access.require(actor, "network.service.change", service.organisation_id)
    current = Service.objects.select_for_update().get(pk=service.pk)
    if strange := set(fields) - SERVICE_FIELDS:
        raise TypeError(f"a service has no {', '.join(sorted(strange))} to change")
    for name, value in fields.items():
        setattr(current, name, value)
    _check_service(current)
    current.save()
    detail = {"service": current.pk, "active": current.active, "capacity": current.capacity}
    keep(actor, "network.service.change", current.organisation_id, detail)
    return current


SERVICE_FIELDS = frozenset(
    {"desk", "name", "capacity", "min_age", "max_age", "genders", "languages", "accepts_children_of_person", "active"}
)


def _check_desk(desk: Desk) -> None:
    if not desk.receives or set(desk.receives) - set(Desk.Receives.values):
        raise InvalidInput({"receives": _("Choose at least one thing that this desk receives.")})
    following, seen = desk.escalates_to, {desk.pk}
    while following is not None:
        if following.pk in seen:
            raise InvalidInput({"escalates_to": _("This would go round in a circle. Choose another desk.")})
        seen.add(following.pk)
        following = following.escalates_to
    check(desk)


def _check_service(service: Service) -> None:
    errors = {}
    if service.kind not in catalogue().codes():
        errors["kind"] = _("Choose a kind of service from the list.")
    if service.desk.organisation_id != service.organisation_id:
        errors["desk"] = _("Choose a desk of the same organisation.")
    if service.min_age is not None and service.max_age is not None and service.max_age < service.min_age:
        errors["max_age"] = _("The highest age is below the lowest. Correct one of them.")
    if errors:
        raise InvalidInput(errors)
    refuse_address_in_name(service)
    check(service)
