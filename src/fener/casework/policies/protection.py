"""Witness protection, shut-outs, reads by two persons and broken glass: who may do what (rules WP-10, WP-11, DA-06).

A shut-out subtracts from every row of every table; a protected case is seen by the persons named for it. Neither can be
said in a table that only adds: ``casework/models/hiding.py`` says it, before the table is asked.
"""

from __future__ import annotations

from fener.trust.compartments import Compartment as C
from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import CASEWORK, Role

HOLDER = frozenset({R.ASSIGNED, R.SAME_ORGANISATION})
TEAM = HOLDER | {R.REFERRED_TO}
BROUGHT = frozenset({R.ASSIGNED, R.REFERRED_TO, R.GUARDIAN})
_CASE_MANAGER = frozenset({Role.CASE_MANAGER})
_CUSTODIAN = frozenset({R.CUSTODIAN})
# Whoever is at work at a body can be its custodian; nobody who works for the node as a whole is one.
_WATCH = CASEWORK | {
    Role.HELPLINE_OPERATOR,
    Role.FRONTLINE_OFFICER,
    Role.LAW_ENFORCEMENT_LIAISON,
    Role.ORGANISATION_ADMIN,
}


def _on_a_case(act: str, note: str = "") -> tuple[Row, Row]:
    """An act of everybody who works with the person; specialists only where somebody was brought to them."""
    return (
        Row(act, {Role.CASE_MANAGER, Role.SHELTER_WORKER}, TEAM, note=note),
        Row(act, {Role.HEALTH_WORKER, Role.LAWYER, Role.GUARDIAN}, BROUGHT, note=note),
    )


ROWS: tuple[Row, ...] = (
    # -- witness protection (WP-10) -----------------------------------------------------------------------------------
    Row("protection.propose", _CASE_MANAGER, HOLDER, note="In or out again: legal basis, reason, a second person."),
    Row("protection.confirm", _CASE_MANAGER, HOLDER, note="The second person, who was named and is another."),
    Row("protected.list", CASEWORK, {R.OWN}, note="The own place; it shows only cases for which one is named."),
    Row("opening.request", CASEWORK, {R.OWN}, note="By whoever knows a code; the answer never says what is there."),
    Row("opening.decide", CASEWORK, {R.ASSIGNED, R.SAME_ORGANISATION, R.GUARDIAN}, note="Two of the persons named."),
    Row("protected.leave", CASEWORK, {R.ASSIGNED, R.SAME_ORGANISATION, R.GUARDIAN}, note="Two keepers always stay."),
    # -- shut-outs (WP-11) --------------------------------------------------------------------------------------------
    Row("shut_out.list", _CASE_MANAGER, HOLDER),
    Row("shut_out.set", _CASE_MANAGER, HOLDER, note="A named person or body; takes effect at once, beats every right."),
    Row("shut_out.end", _CASE_MANAGER, HOLDER),
    # -- two persons for one opening (WP-11) --------------------------------------------------------------------------
    Row("sensitive.mark", _CASE_MANAGER, HOLDER, note="From then on opening this part takes a second person."),
    Row("sensitive.unmark", _CASE_MANAGER, HOLDER, note="Takes a second person as well."),
    *_on_a_case("second_person.ask", note="for a part that the asker's role opens anyway"),
    *_on_a_case("second_person.confirm", note="another person of the same organisation"),
    # -- broken glass -------------------------------------------------------------------------------------------------
    Row("glass.start", CASEWORK | {Role.HELPLINE_OPERATOR}, {R.OWN}, note="Typing the code of the case."),
    Row(
        "glass.break",
        CASEWORK | {Role.HELPLINE_OPERATOR},
        {R.ASSIGNED, R.SAME_ORGANISATION, R.GUARDIAN},
        compartments=set(C),
        note="Danger to life: one part, for an hour, told to the custodians at once and reviewed by them.",
    ),
    Row(
        "glass.break",
        CASEWORK | {Role.HELPLINE_OPERATOR},
        {R.REFERRED_TO},
        compartments=set(C) - {C.HEALTH},
        note="At a body with a living ground; only what was shared with it has a key there.",
    ),
    Row("glass.review", _WATCH, _CUSTODIAN, note="Justified or not, and what follows; never one's own."),
    Row("glass.list", _WATCH, _CUSTODIAN),
    # -- an exposed identity is traced (DA-06) ------------------------------------------------------------------------
    Row(
        "exposure.read", _WATCH, _CUSTODIAN, note="Who opened which part of one case in a period; the own body's cases."
    ),
    Row("exposure.read", {Role.AUDITOR}, {R.NODE}, note="By the code of the case; acts only, nothing of the person."),
)
