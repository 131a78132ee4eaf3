"""RP-06 (rules): changing between the social and the judicial path, or into a permit for work or study, loses no right
and no time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.norms.regimes import Phase, timeline

START = date(2004, 3, 1)  # permit to 1 September 2004, renewal to 1 September 2005
BETTER = ["impossible", "no", "unknown", "yes"]
PATHS = {"IT-18-social": ("social", "judicial"), "IT-18-judicial": ("judicial", "social")}
MET = {"exploitation": "yes", "danger": "yes", "programme_start": "2004-03-10"}


def phases(code: str, **facts: Any) -> dict[str, Phase]:
    return {phase.phase: phase for phase in timeline(code, START, facts)}


def rights(phase: Phase) -> tuple[Any, ...]:
    return phase.start, phase.end, phase.work, phase.work_until, phase.entitlements, phase.removable


@pytest.mark.parametrize(("code", "paths"), PATHS.items())
def test_rp_06_the_path_changes_in_both_directions_and_the_time_that_passed_counts(
    code: str, paths: tuple[str, str]
) -> None:
    before, after = phases(code), phases(code, path_changed_on="2004-06-01")
    assert [rights(p) for p in before.values()] == [rights(p) for p in after.values()]
    assert (after["permit"].path, after["renewal"].path) == paths
    # From 1 March to 1 June: 30 days left of March after the 1st, 30 of April, 31 of May, 1 of June = 92.
    assert "had passed by then: 92. They count." in after["permit"].to_json()["why"]


def test_rp_06_the_way_that_the_sources_do_not_name_says_so() -> None:
    assert "our reading" in phases("IT-18-judicial", path_changed_on="2004-06-01")["renewal"].to_json()["why"]
    assert "our reading" not in phases("IT-18-social", path_changed_on="2004-06-01")["renewal"].to_json()["why"]


def test_rp_06_whoever_met_the_conditions_before_the_change_goes_on_meeting_them() -> None:
    stayed = phases("IT-18-social", **MET, statement_submitted="yes", cooperates="no")
    changed = phases("IT-18-social", **MET, statement_submitted="yes", cooperates="no", path_changed_on="2004-06-01")
    assert stayed["renewal"].available == changed["renewal"].available == "yes"
    assert {c.condition: c.met for c in changed["renewal"].conditions}["cooperates"] == "no"
    assert "nothing is lost by the change" in changed["renewal"].to_json()["why"]


def test_rp_06_the_new_path_can_open_what_the_old_one_left_closed() -> None:
    facts = {**MET, "statement_submitted": "no", "cooperates": "yes"}
    assert phases("IT-18-social", **facts)["renewal"].available == "no"
    assert phases("IT-18-social", **facts, path_changed_on="2004-06-01")["renewal"].available == "yes"


def test_rp_06_changing_twice_leads_back_to_the_first_path() -> None:
    twice = phases("IT-18-social", path_changed_on=["2004-05-01", "2004-06-01"])
    assert [rights(p) for p in twice.values()] == [rights(p) for p in phases("IT-18-social").values()]
    assert twice["renewal"].path == "social"
    why = twice["permit"].to_json()["why"]
    assert "2004-05-01" in why
    assert "2004-06-01" in why


def test_rp_06_a_change_on_the_day_of_renewal_counts_for_the_renewal_and_not_for_the_first_permit() -> None:
    found = phases("IT-18-social", path_changed_on="2004-09-01")
    assert (found["permit"].path, found["renewal"].path) == ("social", "judicial")
    assert "comes after this phase" in found["permit"].to_json()["why"]


@pytest.mark.parametrize("code", PATHS)
@pytest.mark.parametrize("fact", ["works", "studies"])
def test_rp_06_both_paths_become_a_permit_for_work_or_study_with_every_right(code: str, fact: str) -> None:
    found = phases(code, **{fact: "yes"})
    converted = found["work_or_study"]
    assert (converted.available, converted.work, converted.removable) == ("yes", "allowed", False)
    for name in ("permit", "renewal"):
        assert found[name].converts_to == "work_or_study"
        assert set(found[name].entitlements) <= set(converted.entitlements)
        assert "no right is lost" in found[name].to_json()["why"]


answers = st.sampled_from(["yes", "no", "unknown"])


@settings(deadline=None)  # the first call loads packs and holidays
@given(
    st.sampled_from(sorted(PATHS)),
    st.lists(st.integers(0, 900), unique=True, min_size=1, max_size=4),
    st.fixed_dictionaries(
        dict.fromkeys(("cooperates", "statement_submitted", "exploitation", "danger", "works", "studies"), answers)
    ),
)
def test_rp_06_no_number_of_changes_takes_a_right_or_a_day(code: str, days: list[int], facts: dict[str, str]) -> None:
    changes = [(START + timedelta(days=n)).isoformat() for n in sorted(days)]
    before, after = phases(code, **facts), phases(code, **facts, path_changed_on=changes)
    for name, phase in before.items():
        changed = after[name]
        assert (changed.start, changed.end, changed.entitlements) == (phase.start, phase.end, phase.entitlements)
        assert BETTER.index(changed.available) >= BETTER.index(phase.available)
        assert (phase.work, phase.work_until) in ((changed.work, changed.work_until), ("none", None))
        assert not changed.removable
