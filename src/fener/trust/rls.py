"""Row-level security: the second fence around the rows that are about people, on PostgreSQL."""

from __future__ import annotations

from fener.trust.actor import Actor
from fener.trust.standing import NOBODY, Standing


def standing_of(actor: Actor) -> Standing:
    """For whom the database is asked while this actor works."""
    if actor.keeper_id is None and actor.user_id is None:
        return NOBODY
    return Standing(keeper=str(actor.keeper_id or ""), user=str(actor.user_id or ""))
