"""Bodies, their mandates, desks and services. Who sets them up sees no case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from fener.network import access
from fener.network.models import Desk, Mandate, Organisation, Service
from fener.norms.services_catalogue import catalogue
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from fener.trust.models import Keeper


def check(thing: models.Model) -> None:
    """What the model itself asks for. Raises InvalidInput with one text a field."""
    try:
        thing.full_clean()
    except ValidationError as error:
        whole = {"__all__": ""}
        raise InvalidInput({whole.get(f, f): " ".join(t) for f, t in error.message_dict.items()}) from error


def keep(actor: Actor, act: str, organisation_id: UUID, detail: dict[str, Any]) -> None:
    """The audit entry of an act on a body, on the body's own chain."""
    audit.record(
        actor=actor,
        act=act,
        chain=("keeper", organisation_id),
        subject_type="organisation",
        subject_id=organisation_id,
        detail=detail,
    )


@transaction.atomic
def create_organisation(*, actor: Actor, keeper: Keeper, **fields: Any) -> Organisation:
    """Register a body under the keys that its first member made. ``fields`` are those of the model.

    Raises Refused, InvalidInput.
    """
    access.require(actor, "network.organisation.create")
    organisation = Organisation(keeper=keeper, **fields)
    check(organisation)
    organisation.save()
    keep(actor, "network.organisation.create", keeper.pk, {"sector": organisation.sector})
    return organisation


@transaction.atomic
def give_mandate(
    *, actor: Actor, organisation: Organisation, function: str, legal_basis: str, since: date, until: date | None = None
) -> Mandate:
    """Record a function that the law or an agreement gives, with its basis and period (rule ID-19)."""
    access.require(actor, "network.mandate.give", organisation.pk)
    mandate = Mandate(organisation=organisation, function=function, legal_basis=legal_basis, since=since, until=until)
    _check_period(since, until)
    check(mandate)
    mandate.save()
    keep(actor, "network.mandate.give", organisation.pk, {"function": function, "since": since.isoformat()})
    return mandate


@transaction.atomic
def end_mandate(*, actor: Actor, mandate: Mandate, until: date) -> Mandate:
    """Say which day is the mandate's last. What was decided under it stays decided."""
    access.require(actor, "network.mandate.end", mandate.organisation_id)
    current = Mandate.objects.select_for_update().get(pk=mandate.pk)
    _check_period(current.since, until)
    current.until = until
    current.save(update_fields=["until"])
    detail = {"function": current.function, "until": until.isoformat()}
    keep(actor, "network.mandate.end", current.organisation_id, detail)
    return current


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


def _check_period(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise InvalidInput({"until": _("It cannot end before it began. Choose that day or a later one.")})


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
    check(service)
