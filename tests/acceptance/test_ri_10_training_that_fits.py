"""RI-10: training is chosen by recorded demand and the person's profile; a course without such a match is flagged."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fener.norms.path.work import training_flags
from fener.norms.vocab import vocabulary

yes_no_unknown = st.sampled_from([True, False, None])


@given(st.sampled_from(vocabulary("demand_source").codes()), yes_no_unknown, yes_no_unknown)
def test_ri_10_a_course_without_demand_or_match_is_flagged(
    demand: str, fits: bool | None, standard: bool | None
) -> None:
    flags = {flag.code for flag in training_flags(demand_source=demand, fits_profile=fits, standard_course=standard)}
    assert ("no_demand" in flags) == (demand == "none")
    assert ("no_match" in flags) == (fits is not True)
    assert ("standard_course" in flags) == (standard is True and (demand == "none" or fits is not True))
