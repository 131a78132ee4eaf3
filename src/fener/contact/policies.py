"""Who may screen, flag somebody, and receive: whoever meets a person may offer; only the receiving desk reads."""

from __future__ import annotations

from fener.trust.compartments import Compartment
from fener.trust.policy import Relationship, Row
from fener.trust.roles import Role

# Whoever may meet a person first. They ask, offer and pass on; afterwards they see that it was received.
MEETS_PEOPLE = frozenset(
    {
        Role.FRONTLINE_OFFICER,
        Role.HELPLINE_OPERATOR,
        Role.HEALTH_WORKER,
        Role.CASE_MANAGER,
        Role.SHELTER_WORKER,
    }
)
RECEIVES = frozenset({Role.CASE_MANAGER, Role.HELPLINE_OPERATOR})

ROWS = (
    Row("screening.start", MEETS_PEOPLE, {Relationship.OWN}, note="rule ID-12"),
    Row("screening.read", MEETS_PEOPLE, {Relationship.OWN}, note="while it is open; closed, only the receipt"),
    Row("screening.answer", MEETS_PEOPLE, {Relationship.OWN}),
    Row("screening.finish", MEETS_PEOPLE, {Relationship.OWN}),
    Row("screening.offer", MEETS_PEOPLE, {Relationship.OWN}, note="rules AS-10, ID-27"),
    Row("screening.close", MEETS_PEOPLE, {Relationship.OWN}, note="rule ID-27"),
    Row("receipt.list", MEETS_PEOPLE, {Relationship.OWN}, note="received or not, and nothing more"),
    Row("suspicion.raise", MEETS_PEOPLE, {Relationship.OWN}, note="rules HE-06, ID-16"),
    Row("intake.list", RECEIVES, {Relationship.SAME_ORGANISATION}),
    Row("intake.read", RECEIVES, {Relationship.SAME_ORGANISATION}),
    Row("intake.receive", RECEIVES, {Relationship.SAME_ORGANISATION}),
    Row("intake.close", RECEIVES, {Relationship.SAME_ORGANISATION}),
    Row("intake.open_case", {Role.CASE_MANAGER}, {Relationship.SAME_ORGANISATION}),
    Row(
        "intake.contact.open",
        RECEIVES,
        {Relationship.SAME_ORGANISATION},
        compartments={Compartment.CONTACT},
        note="what the person agreed to pass on, sealed to this organisation alone",
    ),
    Row("intake.overdue.read", {Role.MECHANISM_COORDINATOR}, {Relationship.NODE}, note="codes and times, no content"),
)
