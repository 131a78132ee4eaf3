"""Who may change the network: administrators, who in turn may open nothing."""

from __future__ import annotations

from fener.trust.policy import Relationship, Row
from fener.trust.roles import Role

_ADMIN = frozenset({Role.SYSTEM_ADMIN})
_NODE = frozenset({Relationship.NODE})

ROWS = tuple(
    Row(act=act, roles=_ADMIN, relationships=_NODE, note=note, job=True)  # job: setting up by the command line
    for act, note in (
        ("network.organisation.create", "sets up bodies, holds none of their keys"),
        ("network.member.add", "gives a place; keys come from a member who holds them"),
        ("network.mandate.give", "records what the law says"),
        ("network.desk.create", "opens a desk"),
        ("network.service.create", "lists a service"),
    )
)
