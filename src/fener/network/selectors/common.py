"""What every reader of the network must be: somebody who signed in, or the system."""

from __future__ import annotations

from fener.trust.actor import ANONYMOUS, Actor
from fener.trust.errors import Refused


def signed_in(actor: Actor) -> None:
    """Raises Refused for somebody who is not."""
    if actor == ANONYMOUS or (actor.user_id is None and not actor.is_system):
        raise Refused(act="network.read")
