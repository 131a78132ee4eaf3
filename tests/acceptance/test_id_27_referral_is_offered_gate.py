"""ID-27 (rules): an authority's presumed result is not closed before a referral was offered."""

from __future__ import annotations

import pytest

from fener.norms.gates import check


@pytest.mark.parametrize("answer", [False, None])
def test_id_27_an_authoritys_presumed_result_stays_open_until_a_referral_is_offered(answer: bool | None) -> None:
    facts = {"result_points_elsewhere": False, "screened_by_other_than_authority": False, "referral_offered": answer}
    result = check("close_screening", facts)
    assert not result.open
    assert result.override is None
    assert check("close_screening", {**facts, "referral_offered": True}).open


def test_id_27_other_screenings_close_by_themselves() -> None:
    assert check("close_screening", {"result_points_elsewhere": True}).open
    assert check("close_screening", {"screened_by_other_than_authority": True}).open
    assert not check("close_screening", {}).open
