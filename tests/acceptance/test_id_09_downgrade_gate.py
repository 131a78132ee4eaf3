"""ID-09 (rules): a downgrade is refused without decision maker, reason, evidence and date, and can be reviewed."""

from __future__ import annotations

import pytest

from fener.norms.gates import check, gate_facts

ALL = dict.fromkeys(gate_facts("downgrade"), True)


def test_id_09_a_downgrade_needs_decision_maker_reason_evidence_date_and_review() -> None:
    assert set(ALL) == {"decision_maker_named", "reason_given", "evidence_given", "dated", "review_told"}
    assert check("downgrade", ALL).open


@pytest.mark.parametrize("missing", sorted(ALL))
@pytest.mark.parametrize("answer", [False, None])
def test_id_09_a_downgrade_is_refused_while_one_of_them_is_missing(missing: str, answer: bool | None) -> None:
    result = check("downgrade", {**ALL, missing: answer})
    assert not result.open
    assert [c.code for c in result.missing] == [missing]
    assert result.override is None
