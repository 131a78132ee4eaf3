"""CO-06 (rules): no case, service or plan starts without the person's own recorded decision."""

from __future__ import annotations

import pytest

from fener.norms.gates import check, gate_facts

OWN = {
    "open_case": ("person_agreed", "guardian_agreed"),
    "start_service": ("person_accepted", "guardian_accepted"),
    "start_plan": ("person_agreed", "guardian_agreed"),
}


@pytest.mark.parametrize("gate", sorted(OWN))
def test_co_06_nothing_starts_without_the_persons_own_decision(gate: str) -> None:
    person, guardian = OWN[gate]
    others = dict.fromkeys(set(gate_facts(gate)) - {person, guardian, "child_heard"}, True)
    assert check(gate, {**others, person: True}).open
    assert not check(gate, others).open
    assert not check(gate, {**others, person: False}).open


@pytest.mark.parametrize("gate", sorted(OWN))
def test_co_06_a_guardian_decides_for_a_child_only_when_the_child_was_heard(gate: str) -> None:
    person, guardian = OWN[gate]
    others = dict.fromkeys(set(gate_facts(gate)) - {person, guardian, "child_heard"}, True)
    assert check(gate, {**others, guardian: True, "child_heard": True}).open
    assert not check(gate, {**others, guardian: True}).open
