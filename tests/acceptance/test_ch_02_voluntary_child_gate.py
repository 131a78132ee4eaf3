"""CH-02 (rules): nobody under 18 is stored as voluntary or consenting; an unknown age counts as a child's."""

from __future__ import annotations

import pytest

from fener.norms.gates import NO_OVERRIDE, check, override_refused
from fener.trust.roles import Role


@pytest.mark.parametrize("is_adult", [False, None])
def test_ch_02_a_child_cannot_be_stored_as_voluntary_by_anybody(is_adult: bool | None) -> None:
    result = check("voluntary_child", {"is_adult": is_adult})
    assert not result.open
    assert result.incident
    for role in Role:
        refused = override_refused(result, roles=[role], legal_basis="Law", reason="Order", confirmed_by_second=True)
        assert refused == NO_OVERRIDE


def test_ch_02_an_adult_can() -> None:
    assert check("voluntary_child", {"is_adult": True}).open
