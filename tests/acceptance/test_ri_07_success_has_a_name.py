"""RI-07: a rate names its definition of success; who is still in the programme is neither success nor failure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fener.norms.path.outcomes import Judgement, areas, definitions, judge, rate
from fener.norms.vocab import vocabulary

outcome = st.fixed_dictionaries({area: st.sampled_from(vocabulary(words).codes()) for area, words in areas().items()})
name = st.sampled_from(sorted(definitions()))


@given(outcome, name)
def test_ri_07_whoever_is_still_in_the_programme_is_neither(found: dict[str, str], name: str) -> None:
    assert judge(found, name, in_programme=True) is Judgement.NEITHER


@given(st.lists(outcome), name)
def test_ri_07_a_rate_names_its_definition_and_divides_by_what_can_be_judged(
    found: list[dict[str, str]], name: str
) -> None:
    judged = [judge(each, name) for each in found]
    result = rate(judged, name)
    assert result.to_json()["definition"] == name
    assert result.base == sum(judgement in (Judgement.SUCCESS, Judgement.FAILURE) for judgement in judged)
    assert result.why.params["neither"] == judged.count(Judgement.NEITHER)
