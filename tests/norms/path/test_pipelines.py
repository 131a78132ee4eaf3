"""Pipelines: steps in order, people at each, six months the public and eighteen the employer."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.packs import PackError, load_packs
from fener.norms.path.pipelines import (
    check_pipelines,
    counts,
    next_steps,
    payer_on,
    pipelines,
    wage_schedule,
)
from tests.norms.rules_made_up import with_pack

codes = st.sampled_from(sorted(pipelines()))
days = st.dates(date(2015, 1, 1), date(2040, 12, 31))


def test_the_five_pipelines_are_there_and_a_social_enterprise_has_its_gate() -> None:
    assert set(pipelines()) == {"micro_grant", "wage_subsidy", "training", "job", "social_enterprise"}
    assert pipelines()["social_enterprise"].needs_gate == "launch_enterprise"


def test_a_step_follows_the_one_before_it_or_somebody_leaves() -> None:
    assert next_steps("micro_grant", []) == ("selected", "left")
    assert next_steps("micro_grant", ["selected", "trained"]) == ("plan_made", "left")
    assert next_steps("micro_grant", ["selected", "left"]) == ()
    assert next_steps("micro_grant", list(pipelines()["micro_grant"].steps)) == ()
    with pytest.raises(ValueError, match="subsidised"):
        next_steps("micro_grant", ["subsidised"])


def test_a_wage_is_paid_six_months_by_the_public_and_eighteen_by_the_employer() -> None:
    months = wage_schedule(date(2026, 1, 31))
    assert [month.payer for month in months] == ["public"] * 6 + ["employer"] * 18
    assert months[1].starts == date(2026, 2, 28)
    assert months[-1].ends == date(2028, 1, 30)
    assert payer_on(date(2026, 1, 31), date(2026, 7, 30)) == "public"
    assert payer_on(date(2026, 1, 31), date(2026, 7, 31)) == "employer"
    assert payer_on(date(2026, 1, 31), date(2028, 1, 31)) is None


@given(days)
def test_no_day_of_a_schedule_is_paid_twice_or_by_nobody(start: date) -> None:
    months = wage_schedule(start)
    assert len(months) == 24
    assert all(a.ends + timedelta(days=1) == b.starts for a, b in pairwise(months))
    assert payer_on(start, start) == "public"
    assert payer_on(start, start - timedelta(days=1)) is None
    assert payer_on(start, months[-1].ends) == "employer"
    assert payer_on(start, months[-1].ends + timedelta(days=1)) is None


@given(codes, st.data())
def test_nobody_is_counted_at_a_later_step_and_not_at_an_earlier_one(code: str, data: st.DataObject) -> None:
    steps = pipelines()[code].steps
    people = data.draw(st.lists(st.sets(st.sampled_from([*steps, "left"]))))
    found = counts(code, people)
    ordered = [found[step] for step in steps]
    assert ordered == sorted(ordered, reverse=True)
    assert found["left"] == sum("left" in person for person in people)
    assert max(ordered) <= len(people)


def test_a_misspelt_step_line_or_gate_is_refused_as_a_pack() -> None:
    packs = load_packs()
    (first, *others) = packs.get("pipeline", "pipelines").data["pipelines"]
    for changed in (
        {"steps": ["selekted"]},
        {"success": ["placed"]},
        {"line": "wrk"},
        {"needs_gate": "lanch"},
        {"steps": ["left"]},
    ):
        with pytest.raises(PackError):
            check_pipelines(with_pack(packs, "pipeline", "pipelines", pipelines=[{**first, **changed}, *others]))
