"""Referring, assessing, identifying, registering and deciding status are separate mandates (rule ID-19)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fener.network.models import Mandate
from fener.trust.actor import Actor
from fener.trust.errors import Refused


def has_function(*, organisation_id: UUID, function: str, on: date) -> Mandate | None:
    """The mandate for that function that is in force on that day, or None."""
    return (
        Mandate.objects.filter(organisation_id=organisation_id, function=function, since__lte=on)
        .filter(Q(until__isnull=True) | Q(until__gte=on))
        .order_by("-since")
        .first()
    )


def require_function(*, actor: Actor, function: str, on: date) -> Mandate:
    """The actor's organisation's mandate; raises Refused, in words, where it has none on that day."""
    mandate = has_function(organisation_id=actor.keeper_id, function=function, on=on) if actor.keeper_id else None
    if mandate is None:
        label = Mandate.Function(function).label
        raise Refused(
            _("Your organisation has no mandate to %(function)s on this day. The body that has it can be asked.")
            % {"function": label},
            act=f"mandate.{function}",
            hidden=False,
        )
    return mandate
