"""RP-09: the right to work is computed from the regime: none in the recovery period, not tied to one employer, possibly
outlasting the document; lawful residents also get education and vocational training."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.norms.packs import PackError, load_packs
from fener.norms.regime_checks import check_protection
from fener.norms.regimes import Phase, regime_codes, timeline
from tests.norms.rules_made_up import with_pack

START = date(2004, 3, 1)
BETTER = ["impossible", "no", "unknown", "yes"]
YES_NO = [
    "cooperates",
    "conviction",
    "summons",
    "statement_indispensable",
    "exploitation",
    "danger",
    "statement_submitted",
    "works",
    "studies",
    "harm_suffered",
    "risk_on_return",
    "personal_situation",
    "appropriate",
    "national_conditions",
    "employed_there",
]


def phases(code: str, **facts: Any) -> dict[str, Phase]:
    return {phase.phase: phase for phase in timeline(code, START, facts)}


@pytest.mark.parametrize("code", regime_codes())
def test_rp_09_nobody_works_in_a_recovery_period(code: str) -> None:
    for phase in timeline(code, START):
        if phase.phase in ("recovery", "reflection"):
            assert (phase.work, phase.work_until) == ("none", None)


def test_rp_09_belgian_work_permits_outlast_the_document() -> None:
    found = phases("BE", cooperates="yes")
    # The declaration runs 15 April to 15 July 2004; seven months from 15 April end on 15 November.
    second = found["arrival_declaration"]
    assert (second.end, second.work_until) == (date(2004, 7, 15), date(2004, 11, 15))
    # The certificate runs 15 July 2004 to 15 January 2005; a year from 15 July ends on 15 July 2005.
    third = found["registration"]
    assert (third.end, third.work_until) == (date(2005, 1, 15), date(2005, 7, 15))
    for phase in (second, third):
        assert phase.tied_to_employer is False
        assert "outlasts the residence document" in phase.to_json()["why"]
        assert "not tied to one employer" in phase.to_json()["why"]


def test_rp_09_a_work_permit_that_ends_before_the_document_is_said_in_good_time() -> None:
    third = phases("BE", cooperates="yes", proceedings_end="2007-01-01")["registration"]
    assert (third.end, third.work_until) == (date(2007, 1, 1), date(2005, 7, 15))
    assert "ends before the document" in third.to_json()["why"]


def test_rp_09_a_phase_that_is_closed_gives_no_work() -> None:
    assert phases("BE", cooperates="no")["registration"].work == "none"


@pytest.mark.parametrize("code", regime_codes())
def test_rp_09_whoever_stays_lawfully_gets_education_and_vocational_training(code: str) -> None:
    for phase in timeline(code, START):
        if phase.work == "allowed":
            assert "education" in phase.entitlements, phase.phase


def test_rp_09_a_pack_that_gives_work_without_education_is_refused() -> None:
    packs = load_packs()
    *before, last = packs.get("regime", "BE").data["phases"]
    last = {**last, "entitlements": [e for e in last["entitlements"] if e != "education"]}
    with pytest.raises(PackError, match="vocational training"):
        check_protection(with_pack(packs, "regime", "BE", phases=[*before, last]))


@settings(deadline=None, max_examples=200)  # the first call loads packs and holidays
@given(
    st.sampled_from(regime_codes()),
    st.fixed_dictionaries({name: st.sampled_from(["yes", "no", "unknown"]) for name in YES_NO}),
    st.sampled_from(YES_NO),
)
def test_rp_09_one_more_met_condition_never_closes_anything(code: str, answers: dict[str, str], met: str) -> None:
    from fener.norms.regimes import regime_fact_names

    read = {*regime_fact_names(code), "cooperates", "conviction", "summons", "statement_indispensable"}
    facts = {name: answer for name, answer in answers.items() if name in read}
    before, after = timeline(code, START, facts), timeline(code, START, {**facts, met: "yes"} if met in read else facts)
    for less, more in zip(before, after, strict=True):
        assert BETTER.index(more.available) >= BETTER.index(less.available)
        assert (more.start, more.end, more.entitlements) == (less.start, less.end, less.entitlements)
        assert less.work in ("none", more.work)
        assert not (more.removable and not less.removable)
