"""Work: therapy first, training that fits somebody, and limits that tell a manager."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.packs import PackError, load_packs
from fener.norms.path.flags import codes_of
from fener.norms.path.work import (
    administration_flag,
    administration_share,
    check_work_limits,
    economic_flags,
    limits,
    load_flag,
    supervision_flag,
    training_flags,
)
from fener.norms.vocab import vocabulary
from tests.norms.rules_made_up import with_pack

minutes = st.dictionaries(st.sampled_from(vocabulary("working_time").codes()), st.integers(0, 10_000))


def test_an_economic_measure_before_the_therapy_or_alone_is_flagged() -> None:
    assert codes_of(economic_flags(line="work", therapy_needed=True, therapy_given=False, psychosocial_runs=False)) == (
        "before_therapy",
        "no_psychosocial",
    )
    assert economic_flags(line="work", therapy_needed=True, therapy_given=True, psychosocial_runs=True) == ()
    assert economic_flags(line="work", therapy_needed=None, therapy_given=False, psychosocial_runs=True) == ()
    assert economic_flags(line="education", therapy_needed=True, therapy_given=False, psychosocial_runs=False) == ()
    with pytest.raises(ValueError, match="wrk"):
        economic_flags(line="wrk", therapy_needed=None, therapy_given=False, psychosocial_runs=True)


def test_a_training_needs_a_demand_and_a_match() -> None:
    assert training_flags(demand_source="employment_office", fits_profile=True, standard_course=True) == ()
    assert codes_of(training_flags(demand_source="none", fits_profile=True, standard_course=False)) == ("no_demand",)
    both = training_flags(demand_source="none", fits_profile=None, standard_course=True)
    assert codes_of(both) == ("no_demand", "no_match", "standard_course")


def test_a_manager_is_told_above_the_limit_and_not_at_it() -> None:
    limit = limits()["caseload"]
    assert load_flag(limit.most, limit=limit) is None
    flag = load_flag(limit.most + 1, limit=limit)
    assert flag is not None
    assert str(limit.most) in flag.why.english()
    with pytest.raises(ValueError, match="below nought"):
        load_flag(-1, limit=limit)


def test_an_organisation_sets_its_own_limit_and_it_is_called_its_own() -> None:
    own = limits({"caseload": 5})
    assert own["caseload"].own
    assert not own["wards"].own
    assert load_flag(6, limit=own["caseload"]) is not None
    with pytest.raises(KeyError):
        limits({"patience": 5})


def test_seventy_one_percent_of_administration_is_too_much() -> None:
    limit = limits()["administration"]
    flag = administration_flag({"administration": 71, "direct": 29}, limit=limit)
    assert flag is not None
    assert "71% of the time" in flag.why.english()
    assert administration_flag({"administration": 50, "direct": 50}, limit=limit) is None
    assert administration_flag({}, limit=limit) is None


@given(minutes)
def test_a_share_lies_between_nothing_and_all(spent: dict[str, int]) -> None:
    share = administration_share(spent)
    assert (share is None) == (sum(spent.values()) == 0)
    assert share is None or 0 <= share <= 1


def test_time_and_kinds_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="below nought"):
        administration_share({"direct": -1})
    with pytest.raises(ValueError, match="coffee"):
        administration_share({"coffee": 1})


def test_a_worker_without_supervision_is_shown() -> None:
    today = date(2026, 3, 2)
    never, late = supervision_flag(due_on=None, today=today), supervision_flag(due_on=date(2026, 3, 1), today=today)
    assert never is not None
    assert never.code == "no_supervision"
    assert late is not None
    assert late.code == "supervision_due"
    assert supervision_flag(due_on=today, today=today) is None


def test_a_pack_without_a_limit_that_is_read_is_refused() -> None:
    found = load_packs().get("work_limits", "work_limits").data["limits"]
    with pytest.raises(PackError, match="missing"):
        check_work_limits(with_pack(load_packs(), "work_limits", "work_limits", limits=found[1:]))
    bad = [*found[:-1], {**found[-1], "most": 101}]
    with pytest.raises(PackError, match="hundred"):
        check_work_limits(with_pack(load_packs(), "work_limits", "work_limits", limits=bad))
