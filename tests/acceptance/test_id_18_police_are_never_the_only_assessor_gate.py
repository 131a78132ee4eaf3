"""ID-18 (rules): a status decision is refused while police are the only assessor, and nobody can override it."""

from __future__ import annotations

import pytest

from fener.norms.gates import NO_OVERRIDE, check, gate_facts, override_refused

ALL = dict.fromkeys(gate_facts("status_decision"), True)


@pytest.mark.parametrize("answer", [False, None])
def test_id_18_a_status_decision_waits_for_an_assessment_that_is_not_by_police(answer: bool | None) -> None:
    result = check("status_decision", {**ALL, "assessed_by_other_than_police": answer})
    assert not result.open
    assert [c.code for c in result.missing] == ["assessed_by_other_than_police"]
    assert (
        override_refused(result, roles=["mechanism_coordinator"], legal_basis="x", reason="x", confirmed_by_second=True)
        == NO_OVERRIDE
    )


def test_id_18_with_a_second_kind_of_assessor_it_can_be_decided() -> None:
    assert check("status_decision", ALL).open
    assert not check("status_decision", {**ALL, "has_mandate": False}).open
