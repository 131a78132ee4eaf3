"""What the network looks like to an actor. Organisations, desks and services are known to everybody who signs in."""

from fener.network.selectors.bodies import (
    Colleague,
    actor_for,
    bodies,
    body,
    colleague,
    colleagues,
    organisations,
    own_organisation,
)
from fener.network.selectors.common import signed_in
from fener.network.selectors.invitations import has_run_out, invitation, may_look_after, open_invitations
from fener.network.selectors.services import all_desks, desks, services

__all__ = [
    "Colleague",
    "actor_for",
    "all_desks",
    "bodies",
    "body",
    "colleague",
    "colleagues",
    "desks",
    "has_run_out",
    "invitation",
    "may_look_after",
    "open_invitations",
    "organisations",
    "own_organisation",
    "services",
    "signed_in",
]
