"""RP-08: a formal order to leave that belongs to a protection phase is never read as "may be removed"."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.norms.facts_input import InputError
from fener.norms.packs import PackError, load_packs
from fener.norms.regime_checks import check_protection
from fener.norms.regime_rules import protects
from fener.norms.regimes import regime_codes, timeline
from tests.norms.rules_made_up import with_pack
from tests.norms.test_regimes import any_facts

START = date(2004, 3, 1)


@settings(deadline=None)  # the first call loads packs and holidays
@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), any_facts())
def test_rp_08_phase_one_of_belgium_never_says_removable(start: date, facts: dict[str, Any]) -> None:
    with suppress(InputError):
        reflection, *later = timeline("BE", start, facts)
        assert reflection.document == "Order to leave the country"
        assert reflection.removable is False
        assert "does not mean that the person may be removed" in reflection.to_json()["why"]
        assert not any(phase.removable for phase in later)


@settings(deadline=None)
@given(st.sampled_from(regime_codes()), st.dates(date(1990, 1, 1), date(2030, 12, 31)), any_facts())
def test_rp_08_no_recovery_period_anywhere_is_removable(code: str, start: date, facts: dict[str, Any]) -> None:
    with suppress(InputError):
        for phase in timeline(code, start, facts):
            if phase.phase in ("recovery", "reflection"):
                assert phase.removable is False


def test_rp_08_every_first_phase_that_protects_is_marked_as_such() -> None:
    packs = load_packs().of_kind("regime")
    marked = {code for code, pack in packs.items() if protects(pack.data["phases"][0])}
    assert marked == {"BE", "COE", "HUMANITARIAN", "TIRANA"}


@pytest.mark.parametrize("code", ["BE", "TIRANA", "COE"])
def test_rp_08_a_pack_that_makes_a_protecting_phase_removable_is_refused(code: str) -> None:
    packs = load_packs()
    first, *rest = packs.get("regime", code).data["phases"]
    condition = {"condition": "cooperates", "text": "Co-operates.", "met_by": [["cooperates"]]}
    bad = {**first, "removable": {"if_fails": "cooperates"}, "conditions": [condition]}
    made_up = with_pack(packs, "regime", code, phases=[bad, *rest])
    with pytest.raises(PackError, match="never makes anybody removable"):
        check_protection(made_up)
    phase, *_ = timeline(code, START, {"cooperates": "no"}, packs=made_up)
    assert phase.removable is False, "not even a pack that was never checked"


def test_rp_08_a_recovery_period_with_a_condition_is_refused() -> None:
    packs = load_packs()
    first, *rest = packs.get("regime", "BE").data["phases"]
    condition = {"condition": "cooperates", "text": "Co-operates.", "met_by": [["cooperates"]]}
    with pytest.raises(PackError, match="depends on nothing"):
        check_protection(with_pack(packs, "regime", "BE", phases=[{**first, "conditions": [condition]}, *rest]))
