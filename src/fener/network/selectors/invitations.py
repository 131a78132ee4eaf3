"""Invitations as those see them who make them."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from fener.network import access
from fener.network.models import Invitation, Organisation
from fener.trust.actor import Actor
from fener.trust.errors import Refused


def may_look_after(actor: Actor, one: Invitation) -> bool:
    """Whether the actor sees this invitation and may take it back."""
    return any(access.may(actor, act, body) for act, body in access.looking_after(one.organisation_id, one.roles))


def open_invitations(actor: Actor, organisation: Organisation | None) -> list[Invitation]:
    """Those that nobody took up and nobody took back, the newest first; also those that ran out.

    ``organisation`` None: of bodies that are expected. Only those that the actor may look after.
    """
    unused = Invitation.objects.filter(organisation=organisation, used_at__isnull=True, revoked_at__isnull=True)
    found = unused.select_related("made_by").order_by("-made_at", "pk")
    return [one for one in found if may_look_after(actor, one)]


def invitation(actor: Actor, invitation_id: UUID) -> Invitation:
    """One that the actor may take back. Raises Refused, the same for one that does not exist."""
    found = Invitation.objects.select_related("organisation").filter(pk=invitation_id).first()
    if found is None or found.used_at is not None or not may_look_after(actor, found):
        raise Refused(act="account.create")
    return found


def has_run_out(one: Invitation) -> bool:
    """Whether its time is over."""
    return one.expires_at <= timezone.now()
