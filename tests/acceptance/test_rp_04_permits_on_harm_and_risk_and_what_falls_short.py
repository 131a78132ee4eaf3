"""RP-04: permits on harm suffered and risk on return stand beside those on co-operation; what falls short is shown
next to the generic standard with who criticised it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fener.norms.packs import PackError, load_packs
from fener.norms.regime_checks import check_protection
from fener.norms.regimes import GROUNDS, Phase, regime_codes, timeline
from tests.norms.rules_made_up import with_pack

START = date(2004, 3, 1)


def phases(code: str, **facts: Any) -> dict[str, Phase]:
    return {phase.phase: phase for phase in timeline(code, START, facts)}


@pytest.mark.parametrize("ground", ["harm_suffered", "risk_on_return"])
@pytest.mark.parametrize(("code", "phase"), [("COE", "residence"), ("HUMANITARIAN", "humanitarian")])
def test_rp_04_harm_or_risk_is_ground_enough_for_a_renewable_permit(code: str, phase: str, ground: str) -> None:
    permit = phases(code, cooperates="no", **{ground: "yes"})[phase]
    assert permit.available == "yes"
    assert permit.extendable is True
    assert {"harm", "risk"} <= set(permit.grounds)


def test_rp_04_the_humanitarian_permit_asks_nobody_whether_they_co_operate() -> None:
    willing = phases("HUMANITARIAN", cooperates="yes", harm_suffered="no", risk_on_return="no")["humanitarian"]
    unwilling = phases("HUMANITARIAN", cooperates="no", harm_suffered="no", risk_on_return="no")["humanitarian"]
    assert willing == unwilling
    assert willing.available == "no"


def test_rp_04_permits_on_co_operation_are_held_beside_them() -> None:
    assert {p.grounds for code in ("BE", "PROCEEDINGS") for p in timeline(code, START) if p.grounds} == {
        ("cooperation",)
    }


@pytest.mark.parametrize(
    ("code", "phase", "critic"),
    [
        ("BE", "reflection", "Payoke"),
        ("BE", "arrival_declaration", "Payoke"),
        ("BE", "registration", "GTZ"),
        ("BE", "permanent", "GTZ"),
        ("PROCEEDINGS", "permit", "GTZ"),
        ("TIED", "permit", "Ban Ying"),
        ("IT-minor", "after_18", "GTZ"),
        ("BG", "recovery", "SEE RIGHTS"),
        ("RO", "recovery", "SEE RIGHTS"),
    ],
)
def test_rp_04_what_falls_short_stands_beside_the_standard_with_its_critic(code: str, phase: str, critic: str) -> None:
    shown = phases(code)[phase].to_json()["falls_short"]
    assert shown
    for shortfall in shown:
        assert shortfall["text"]
        assert shortfall["generic"]
        assert shortfall["source"]
    assert any(critic in shortfall["by"] for shortfall in shown)


def test_rp_04_a_permit_tied_to_an_employer_says_so_and_one_that_is_not_says_so_too() -> None:
    assert phases("TIED")["permit"].tied_to_employer is True
    assert phases("BE")["registration"].tied_to_employer is False
    assert phases("COE")["residence"].tied_to_employer is None, "the sources don't say"


@pytest.mark.parametrize(("code", "index"), [("PROCEEDINGS", 0), ("TIED", 0), ("BE", 2)])
def test_rp_04_a_pack_that_hides_the_criticism_is_refused(code: str, index: int) -> None:
    packs = load_packs()
    changed = [dict(phase) for phase in packs.get("regime", code).data["phases"]]
    del changed[index]["falls_short"]
    with pytest.raises(PackError, match="shown with its critic"):
        check_protection(with_pack(packs, "regime", code, phases=changed))


@pytest.mark.parametrize("code", regime_codes())
def test_rp_04_every_permit_says_what_it_rests_on_and_silence_is_unknown(code: str) -> None:
    for phase in timeline(code, START):
        assert set(phase.grounds) <= set(GROUNDS)
        if phase.phase not in ("recovery", "reflection"):
            assert phase.grounds, phase.phase


@pytest.mark.parametrize("code", ["AL", "MD", "ME", "MK", "RO", "RS", "XK", "GR", "HU", "SI", "TR", "UA", "BG"])
def test_rp_04_a_country_of_which_the_sources_are_silent_gets_no_invented_permit(code: str) -> None:
    residence = phases(code)["residence"]
    assert (residence.grounds, residence.end, residence.extendable) == (("unknown",), None, None)
    assert residence.available == "unknown"
    assert residence.rule.startswith("regimes/COE/"), "what stands there is the generic standard"
