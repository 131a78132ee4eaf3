"""In which relationship somebody stands to a body: the one they work for, or the whole network, which they run."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship
from fener.trust.roles import FOR_THE_NODE


def relationships(actor: Actor, organisation_id: UUID | None) -> tuple[Relationship, ...]:
    """What the actor can rest an act on. ``organisation_id`` None: a body that is only being set up."""
    own = organisation_id is not None and actor.keeper_id == organisation_id
    return (Relationship.SAME_ORGANISATION, Relationship.NODE) if own else (Relationship.NODE,)


def may(actor: Actor, act: str, organisation_id: UUID | None = None) -> bool:
    """Whether to offer the actor this act on that body: it is allowed now, or in an administration session."""
    return any(policy.decide(actor, act, one).possible for one in relationships(actor, organisation_id))


def looking_after(organisation_id: UUID | None, roles: Iterable[str]) -> tuple[tuple[str, UUID | None], ...]:
    """The acts, each with its body, any of which lets somebody look after an invitation: of a body by the body; of a
    new body, or to roles for the mechanism as a whole, by whoever runs the node."""
    if organisation_id is None:
        return (("network.organisation.create", None),)
    own = ("network.member.add", organisation_id)
    node = set(roles) <= {role.value for role in FOR_THE_NODE}
    return (own, ("network.node_role.give", None)) if node else (own,)


def require(actor: Actor, act: str, organisation_id: UUID | None = None) -> Relationship:
    """The relationship that allows it. Raises Refused, NeedsSession."""
    found = relationships(actor, organisation_id)
    for one in found:
        if policy.decide(actor, act, one).allowed:
            return one
    nearest = next((one for one in found if policy.decide(actor, act, one).possible), found[0])
    policy.require(actor, act, nearest)
    return nearest
