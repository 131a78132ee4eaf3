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
