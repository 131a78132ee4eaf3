"""Invitations as those see them who make them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from fener.network import access
from fener.network.models import Invitation, Organisation
from fener.trust.actor import Actor
from fener.trust.errors import Refused


def may_invite(actor: Actor, organisation: Organisation | None) -> bool:
    """To that body; None: a new body's first person."""
    if organisation is None:
        return access.may(actor, "network.organisation.create")
    return access.may(actor, "account.create", organisation.pk)


def open_invitations(actor: Actor, organisation: Organisation | None) -> QuerySet[Invitation]:
    """Those that nobody took up and nobody took back, the newest first; also those that ran out. None for others."""
    if not may_invite(actor, organisation):
        return Invitation.objects.none()
    unused = Invitation.objects.filter(organisation=organisation, used_at__isnull=True, revoked_at__isnull=True)
    return unused.select_related("made_by").order_by("-made_at", "pk")


def invitation(actor: Actor, invitation_id: UUID) -> Invitation:
    """One that the actor may take back. Raises Refused, the same for one that does not exist."""
    found = Invitation.objects.select_related("organisation").filter(pk=invitation_id).first()
    if found is None or not may_invite(actor, found.organisation) or found.used_at is not None:
        raise Refused(act="account.create")
    return found


def has_run_out(one: Invitation) -> bool:
    """Whether its time is over."""
    return one.expires_at <= timezone.now()
