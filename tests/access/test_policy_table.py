"""Proof 2, first half: the whole policy table, expanded to every combination, against a table written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from fener.trust import access_doc
from fener.trust.actor import SYSTEM
from fener.trust.compartments import Compartment
from fener.trust.policy import Relationship, acts, decide, expand, is_reading
from fener.trust.roles import NEVER_OPENS, OPENS_HEALTH, Role
from tests.access import oracle

ALLOWED = oracle.allowed()
PAGE = Path(__file__).resolve().parents[2] / "docs" / "access.md"


@pytest.mark.parametrize("act", sorted(acts()))
def test_each_act_allows_exactly_what_the_reviewed_table_allows(act: str) -> None:
    assert act in {line[0] for line in ALLOWED}, (
        "review `python -m tests.access.oracle` and add its lines to expected.csv"
    )
    cells = list(expand(only=[act]))
    assert len(cells) == len(Role) * len(Relationship) * (len(Compartment) + 1)
    wrong = [
        cell
        for cell in cells
        if cell.allowed is not ((cell.act, cell.role, cell.relationship, cell.compartment or "") in ALLOWED)
    ]
    assert wrong == []
    assert decide(SYSTEM, act, Relationship.NONE).allowed is ((act, "job", "", "") in ALLOWED)


def test_the_reviewed_table_names_no_act_role_or_relationship_that_does_not_exist() -> None:
    for act, role, relationship, compartment in ALLOWED:
        assert act in acts()
        if role == "job":
            assert (relationship, compartment) == ("", "")
            continue
        Role(role)
        Relationship(relationship)
        assert compartment == "" or Compartment(compartment)


# From the design and not from the table: the only nouns that these roles may have anything to do with.
OWN_DESK = {"account", "worklist", "custody", "administration", "directory", "map"}
ONLY: dict[Role, set[str]] = {
    Role.AUDITOR: {"audit", "exposure"} | OWN_DESK,  # the audit log, not the cases
    Role.SYSTEM_ADMIN: {"network", "audit", "directory_gap"}
    | OWN_DESK,  # administration and casework are different accounts
    Role.STATISTICIAN: {"response_times"} | OWN_DESK,  # tables only
    Role.PLAN_OFFICER: OWN_DESK,
    Role.EXCHANGE_OFFICER: OWN_DESK,
    Role.ORGANISATION_ADMIN: {"network", "override", "feedback", "glass", "exposure", "directory_gap"} | OWN_DESK,
}
# Data protection: declarations, days and kinds, never what is in a file (trust.privacy).
for _role in (Role.AUDITOR, Role.SYSTEM_ADMIN, Role.ORGANISATION_ADMIN):
    ONLY[_role] |= {"register"}
ONLY[Role.ORGANISATION_ADMIN] |= {"erasure", "first_contact", "retention"}
# The own workers in numbers (QM-01, QM-02): how many cases somebody carries, and none of them.
ONLY[Role.ORGANISATION_ADMIN] |= {"supervision", "work_limit"}
# Screens, assesses what was referred to the desk, sees nothing afterwards.
NEVER_FOR_THE_FRONT_LINE = {"case", "case_file", "compartment", "who_knows", "plan", "service", "status", "clock"}


@pytest.mark.parametrize("role", ONLY)
def test_who_administers_watches_or_counts_has_no_part_in_cases(role: Role) -> None:
    may = {cell.act.split(".")[0] for cell in expand() if cell.allowed and cell.role is role}
    assert may <= ONLY[role]


@pytest.mark.parametrize("role", [Role.FRONTLINE_OFFICER, Role.LAW_ENFORCEMENT_LIAISON, Role.HELPLINE_OPERATOR])
def test_the_front_line_and_the_police_have_no_case(role: Role) -> None:
    may = {cell.act.split(".")[0] for cell in expand() if cell.allowed and cell.role is role}
    assert not may & NEVER_FOR_THE_FRONT_LINE


def test_the_co_ordinator_reads_the_whole_country_without_a_compartment_and_changes_no_case() -> None:
    may = [cell for cell in expand() if cell.allowed and cell.role is Role.MECHANISM_COORDINATOR]
    assert all(cell.compartment is None for cell in may)
    # It writes the network's map: bodies, offices and areas, no case. In a case one word alone is its own: yes or no to
    # an override of a gate that names it (packs/gates.yaml, rule AC-01), seeing codes only.
    elsewhere = [cell.act for cell in may if cell.act.split(".")[0] not in OWN_DESK | {"network"}]
    assert {act for act in elsewhere if not is_reading(act)} == {"gate_override.agree"}


def test_whoever_runs_watches_or_counts_opens_no_compartment() -> None:
    assert not [c for c in expand() if c.allowed and c.compartment and c.role in NEVER_OPENS]


def test_nobody_without_a_relationship_opens_a_compartment() -> None:
    assert not [c for c in expand() if c.allowed and c.compartment and c.relationship is Relationship.NONE]


def test_an_offer_that_is_not_accepted_opens_no_compartment() -> None:
    assert not [c for c in expand() if c.allowed and c.compartment and c.relationship is Relationship.OFFERED]


def test_reading_health_takes_the_health_role() -> None:
    reads = [
        c for c in expand() if c.allowed and c.compartment is Compartment.HEALTH and is_reading(c.act, compartment=True)
    ]
    assert {c.role for c in reads} <= OPENS_HEALTH


def test_the_page_that_shows_the_table_is_not_older_than_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == access_doc.render(), (
        "run: python -m fener.trust.access_doc docs/access.md"
    )
