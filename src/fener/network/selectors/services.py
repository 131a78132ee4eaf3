"""Desks and services as an actor sees them. They are known to everybody who signs in."""

from __future__ import annotations

from django.db.models import QuerySet

from fener.network.models import Desk, Organisation, Service
from fener.network.selectors.common import signed_in
from fener.trust.actor import Actor


def desks(actor: Actor, *, receives: str | None = None) -> QuerySet[Desk]:
    """Open desks, of one kind or of all."""
    signed_in(actor)
    found = Desk.objects.filter(open=True).select_related("organisation")
    if receives is None:
        return found
    # JSON containment differs between engines; a mechanism has tens of desks.
    return found.filter(pk__in=[desk.pk for desk in found if receives in desk.receives])


def services(actor: Actor, *, kind: str | None = None) -> QuerySet[Service]:
    """Services that are running, of one kind of the catalogue or of all."""
    signed_in(actor)
    found = Service.objects.filter(active=True, desk__open=True).select_related("organisation", "desk")
    return found.filter(kind=kind) if kind else found


def all_desks(actor: Actor, organisation: Organisation | None = None) -> QuerySet[Desk]:
    """Desks, closed ones as well; of one body or of all."""
    signed_in(actor)
    found = Desk.objects.select_related("organisation", "escalates_to__organisation")
    return found if organisation is None else found.filter(organisation=organisation)
