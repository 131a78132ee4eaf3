"""CO-03 (rules): a disclosure needs a living consent that names recipient, purpose and compartments, or an override by
two persons with a legal basis."""

from __future__ import annotations

import pytest

from fener.norms.gates import check, gate_facts

ALL = dict.fromkeys(gate_facts("disclosure"), True)


@pytest.mark.parametrize("missing", ["consent_alive", "names_recipient", "names_purpose", "covers_compartments"])
@pytest.mark.parametrize("answer", [False, None])
def test_co_03_each_part_of_the_consent_is_needed_to_disclose(missing: str, answer: bool | None) -> None:
    assert check("disclosure", ALL).open
    assert not check("disclosure", {**ALL, missing: answer}).open


def test_co_03_the_override_takes_two_persons_and_a_legal_basis_and_is_seen_by_the_person() -> None:
    override = check("disclosure", {}).override
    assert override is not None
    assert override.persons == 2
    assert override.legal_basis
    assert "person" in override.visible_to
