"""Bodies and their mandates. Who sets them up sees no case."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from fener.network import access
from fener.network.models import Mandate, Organisation
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from fener.trust.models import Keeper


def check(thing: models.Model, *, exclude: list[str] | None = None) -> None:
    """What the model itself asks for. Raises InvalidInput with one text a field."""
    try:
        thing.full_clean(exclude=exclude)
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


def _check_period(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise InvalidInput({"until": _("It cannot end before it began. Choose that day or a later one.")})
