"""Who may change the network: whoever runs the node sets it up, each body looks after its own. Neither opens a case."""

from __future__ import annotations

from fener.network import policies_directory, policies_map
from fener.trust.policy import Relationship, Row
from fener.trust.roles import Role

_NODE = frozenset({Relationship.NODE})
_OWN = frozenset({Relationship.SAME_ORGANISATION})
_RUNS = frozenset({Role.SYSTEM_ADMIN})
_LOOKS_AFTER = frozenset({Role.ORGANISATION_ADMIN})


def _row(act: str, note: str, *, job: bool = False) -> Row:
    return Row(
        act=act, roles=_RUNS, relationships=_NODE, note=note, job=job, elevated=True
    )  # job: setting up by the command line


def _own(act: str, note: str, *, job: bool = False) -> Row:
    return Row(act=act, roles=_LOOKS_AFTER, relationships=_OWN, note=note, job=job, elevated=True)


ROWS = (
    _row("network.organisation.create", "sets up bodies, holds none of their keys", job=True),
    # Nobody outside a body can put an account of their own beside its cases.
    _own("network.member.add", "a body's people come from the body; keys from a member who holds them", job=True),
    _own("network.member.change", "roles of the body"),
    _row("network.node_role.give", "roles for the mechanism as a whole; none of them works on a file"),
    _own("network.member.end", "somebody leaves"),
    _row("network.member.end", "somebody leaves"),
    _row("network.mandate.give", "records what the law says", job=True),
    _row("network.mandate.end", "records what the law says"),
    _row("network.desk.create", "opens a desk", job=True),
    _own("network.desk.create", "opens a desk of its own"),
    _row("network.desk.change", "changes or closes a desk"),
    _own("network.desk.change", "changes or closes a desk of its own"),
    _row("network.service.create", "lists a service", job=True),
    _own("network.service.create", "lists a service of its own"),
    _row("network.service.change", "places and limits of a service; also from a file", job=True),
    _own("network.service.change", "places and limits of its own services"),
    *policies_directory.ROWS,
    *policies_map.ROWS,
)
