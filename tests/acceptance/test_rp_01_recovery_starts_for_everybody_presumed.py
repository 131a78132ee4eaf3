"""RP-01 (rules): the recovery period starts with presumed status, on no condition, and blocks removal."""

from __future__ import annotations

from datetime import date

import pytest

from fener.norms.clocks import check_clocks, clocks_pack, due
from fener.norms.gates import check
from fener.norms.jurisdictions import jurisdiction_codes
from fener.norms.packs import PackError, load_packs
from fener.norms.regimes import timeline
from tests.norms.rules_made_up import with_pack


@pytest.mark.parametrize("code", jurisdiction_codes())
def test_rp_01_recovery_starts_with_presumed_status_and_ends_at_the_same_date_for_everybody(code: str) -> None:
    assert clocks_pack().data["recovery_reflection"]["starts"] == "presumed status"
    first, *_ = timeline(code, date(2026, 3, 2), {"cooperates": "no", "conviction": "no", "summons": "no"})
    willing, *_ = timeline(code, date(2026, 3, 2), {"cooperates": "yes"})
    assert first.conditions == willing.conditions == ()
    assert first.end == willing.end == due("recovery_reflection", jurisdiction=code, start=date(2026, 3, 2)).end


def test_rp_01_the_recovery_period_blocks_removal_and_every_adverse_step() -> None:
    found = due("recovery_reflection", jurisdiction="RS", start=date(2026, 3, 2))
    assert {"blocks_removal", "blocks_adverse_step"} <= set(found.effects)
    assert "depends on no co-operation" in found.explanation
    assert not check("removal", {"screening_recorded": True, "no_recovery_period_runs": False}).open


def test_rp_01_a_pack_that_makes_the_recovery_period_conditional_is_refused() -> None:
    entry = {**clocks_pack().data["recovery_reflection"], "unconditional": False}
    with pytest.raises(PackError, match="unconditional"):
        check_clocks(with_pack(load_packs(), "clocks", "clocks", recovery_reflection=entry))
