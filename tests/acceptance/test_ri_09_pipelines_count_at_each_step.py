"""RI-09: pipelines count people at each step; a wage is paid six months by the public and eighteen by the employer."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fener.norms.path.pipelines import counts, pipelines, wage_schedule
from fener.norms.vocab import vocabulary


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_ri_09_six_months_are_public_and_eighteen_the_employers(start: date) -> None:
    assert [month.payer for month in wage_schedule(start)] == ["public"] * 6 + ["employer"] * 18


@given(st.sampled_from(sorted(pipelines())), st.lists(st.integers(0, 5)))
def test_ri_09_people_are_counted_at_every_step_they_passed(code: str, reached: list[int]) -> None:
    steps = pipelines()[code].steps
    found = counts(code, [steps[:number] for number in reached])
    for place, step in enumerate(steps):
        assert found[step] == sum(number > place for number in reached)


def test_ri_09_people_who_were_trafficked_are_one_group_of_several_that_no_word_names() -> None:
    groups = vocabulary("beneficiary_group")
    assert len(groups.codes()) > 3
    assert not [code for code in groups.codes() if "traffick" in code or "victim" in code]
