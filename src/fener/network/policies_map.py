"""Who may read and write the map: duties, agreements, co-ordination, contacts, coverage. No person is named in it."""

from __future__ import annotations

from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

_CO_ORDINATOR = frozenset({Role.MECHANISM_COORDINATOR})
_BODY = frozenset({Role.ORGANISATION_ADMIN})


def _node(act: str, note: str) -> Row:
    return Row(act, _CO_ORDINATOR, {R.NODE}, note=note, job=True)  # job: setting up by the command line


def _own(act: str, note: str, *, elevated: bool = True) -> Row:
    return Row(act, _BODY, {R.SAME_ORGANISATION}, note=note, job=True, elevated=elevated)


ROWS: tuple[Row, ...] = (
    Row("map.read", frozenset(Role), {R.NODE}, note="who does what, on which agreement; no person"),
    _node("network.duty.record", "the duty matrix, with its law or agreement (rule BO-01)"),
    _node("network.duty.end", "what was a duty is kept with its last day"),
    _own("network.duty.confirm", "a successor confirms what was carried over"),
    _node("network.agreement.draft", "parties, clauses, terms and sharing rules of a draft (rule BO-02)"),
    _own("network.agreement.confirm", "for one's own body alone: nobody confirms for another"),
    _own(
        "network.agreement.flag",
        "a clause that would make one's body hand over data or people (rule DA-07)",
        elevated=False,  # a brake: nobody has to explain first
    ),
    _node("network.agreement.start", "only through its gate (rule DA-07)"),
    _node("network.agreement.end", "what it limited is limited no more"),
    _node("network.co_ordination.change", "posts are offices, never names (rule BO-03)"),
    _node("network.contact.change", "offices, telephone, e-mail; no address"),
    _own("network.contact.change", "its own contact points"),
    _node("network.contact.verify", "somebody called and it is right (rule BO-09)"),
    _own("network.contact.verify", "its own contact points", elevated=False),
    _node("network.coverage.change", "areas, coverage, services beyond trafficking, risks (rule BO-08)"),
    _node("network.body.place", "level and area of a body, never an address"),
    _node("network.succession.record", "a body ends; its keys end with it"),
)
