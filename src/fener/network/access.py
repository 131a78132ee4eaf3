"""In which relationship somebody stands to a body: the one they work for, or the whole network, which they run."""

from __future__ import annotations

from uuid import UUID

from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship


def relationships(actor: Actor, organisation_id: UUID | None) -> tuple[Relationship, ...]:
    """What the actor can rest an act on. ``organisation_id`` None: a body that is only being set up."""
    own = organisation_id is not None and actor.keeper_id == organisation_id
    return (Relationship.SAME_ORGANISATION, Relationship.NODE) if own else (Relationship.NODE,)


def may(actor: Actor, act: str, organisation_id: UUID | None = None) -> bool:
    """Whether to offer the actor this act on that body: it is allowed now, or in an administration session."""
    return any(policy.decide(actor, act, one).possible for one in relationships(actor, organisation_id))


def require(actor: Actor, act: str, organisation_id: UUID | None = None) -> Relationship:
    """The relationship that allows it. Raises Refused, NeedsSession."""
    found = relationships(actor, organisation_id)
    for one in found:
        if policy.decide(actor, act, one).allowed:
            return one
    nearest = next((one for one in found if policy.decide(actor, act, one).possible), found[0])
    policy.require(actor, act, nearest)
    return nearest
