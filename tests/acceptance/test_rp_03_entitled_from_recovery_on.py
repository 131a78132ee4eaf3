"""RP-03: from the recovery period on and in every later phase: housing, legal, psychological and material help,
emergency medical care and social benefits."""

from __future__ import annotations

from datetime import date

import pytest

from fener.norms.packs import PackError, load_packs
from fener.norms.regimes import ENTITLEMENTS, check_regimes, regime_codes, timeline
from tests.norms.rules_made_up import with_pack

SIX = {"housing", "legal_help", "psychological_help", "material_help", "emergency_medical_care", "social_benefits"}


@pytest.mark.parametrize("code", regime_codes())
def test_rp_03_every_phase_of_every_regime_shows_the_six_entitlements(code: str) -> None:
    found = timeline(code, date(2026, 3, 2), {"cooperates": "no"})
    assert found
    for phase in found:
        assert set(phase.entitlements) >= SIX, phase.phase
        assert all(ENTITLEMENTS[entitlement] for entitlement in phase.entitlements)


@pytest.mark.parametrize("entitlement", sorted(SIX))
def test_rp_03_a_regime_that_leaves_one_out_is_refused(entitlement: str) -> None:
    packs = load_packs()
    *before, last = packs.get("regime", "BE").data["phases"]
    last = {**last, "entitlements": [e for e in last["entitlements"] if e != entitlement]}
    with pytest.raises(PackError, match=entitlement):
        check_regimes(with_pack(packs, "regime", "BE", phases=[*before, last]))
