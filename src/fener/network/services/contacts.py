"""Contact points of bodies, projects and coalitions, and when somebody last made sure (rule BO-09)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.network import access
from fener.network.models import ContactPoint
from fener.network.services.bodies import check
from fener.network.services.common import keep_on_node
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput

CHANGE, VERIFY = "network.contact.change", "network.contact.verify"
FIELDS = frozenset(
    {"kind", "organisation", "coordination", "name", "office", "phone", "email", "languages", "hours", "area"}
)


@transaction.atomic
def record_contact(*, actor: Actor, verified_on: date | None = None, **fields: Any) -> ContactPoint:
    """Record how a body, project or coalition is reached. ``verified_on``: the day on which somebody made sure.

    Raises Refused, InvalidInput.
    """
    contact = ContactPoint(**_known(fields), verified_on=verified_on)
    access.require(actor, CHANGE, contact.organisation_id)
    if verified_on is not None:
        contact.verified_by_id = actor.user_id
    _save(actor, contact)
    return contact


@transaction.atomic
def change_contact(*, actor: Actor, contact: ContactPoint, **fields: Any) -> ContactPoint:
    """Change it. A new number or address of mail is not verified by being typed. Raises Refused, InvalidInput."""
    access.require(actor, CHANGE, contact.organisation_id)
    current = ContactPoint.objects.select_for_update().get(pk=contact.pk)
    before = (current.phone, current.email)
    for name, value in _known(fields).items():
        setattr(current, name, value)
    access.require(actor, CHANGE, current.organisation_id)  # nor moved to a body that is not one's own
    if (current.phone, current.email) != before:
        current.verified_on = current.verified_by = None
    _save(actor, current)
    return current


@transaction.atomic
def verify_contact(*, actor: Actor, contact: ContactPoint, on: date) -> ContactPoint:
    """Somebody called or wrote, and it is right. Raises Refused."""
    access.require(actor, VERIFY, contact.organisation_id)
    current = ContactPoint.objects.select_for_update().get(pk=contact.pk)
    current.verified_on, current.verified_by_id = on, actor.user_id
    current.save(update_fields=["verified_on", "verified_by"])
    _keep(actor, VERIFY, current)
    return current


@transaction.atomic
def close_contact(*, actor: Actor, contact: ContactPoint, on: date) -> ContactPoint:
    """It is not used any more. Raises Refused."""
    access.require(actor, CHANGE, contact.organisation_id)
    current = ContactPoint.objects.select_for_update().get(pk=contact.pk)
    current.closed_on = on
    current.save(update_fields=["closed_on"])
    _keep(actor, CHANGE, current)
    return current


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    if strange := set(fields) - FIELDS:
        raise TypeError(f"a contact point has no {', '.join(sorted(strange))}")
    return fields


def _save(actor: Actor, contact: ContactPoint) -> None:
    errors: dict[str, Any] = {}
    if not contact.phone and not contact.email:
        errors["phone"] = _("Give a telephone number or an e-mail address.")
    named = (contact.organisation_id, contact.coordination_id)
    if contact.kind == ContactPoint.Kind.BODY and not any(named):
        errors["organisation"] = _("Choose the body that is reached there.")
    if errors:
        raise InvalidInput(errors)
    check(contact)
    contact.save()
    _keep(actor, CHANGE, contact)


def _keep(actor: Actor, act: str, contact: ContactPoint) -> None:
    body: UUID | None = contact.organisation_id
    keep_on_node(actor, act, "contact", {"contact": contact.pk, "body": body, "kind": contact.kind})
