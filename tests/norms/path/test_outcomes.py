"""Outcomes: a success has a name, and whoever is still in the programme is neither success nor failure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.packs import PackError, load_packs
from fener.norms.path.outcomes import (
    Judgement,
    areas,
    check_outcomes,
    definitions,
    judge,
    rate,
    trafficked_again,
)
from fener.norms.vocab import vocabulary
from tests.norms.rules_made_up import with_pack

GOOD = {
    "home": "own",
    "work": "employed",
    "income": "enough",
    "school": "in_school",
    "safety": "safe",
    "re_trafficked": "no",
}
outcomes = st.fixed_dictionaries(
    {}, optional={area: st.sampled_from(vocabulary(words).codes()) for area, words in areas().items()}
)
names = st.sampled_from(sorted(definitions()))


def test_there_are_the_six_plain_categories() -> None:
    assert set(areas()) == {"home", "work", "income", "school", "safety", "re_trafficked"}


@pytest.mark.parametrize("name", sorted(definitions()))
def test_everything_good_is_a_success_and_still_in_the_programme_is_neither(name: str) -> None:
    assert judge(GOOD, name) is Judgement.SUCCESS
    assert judge(GOOD, name, in_programme=True) is Judgement.NEITHER
    assert judge({**GOOD, "home": "in_programme"}, name) is Judgement.NEITHER
    assert judge({}, name) is Judgement.UNKNOWN


def test_the_same_outcome_may_be_a_success_by_one_name_and_none_by_another() -> None:
    without_work = {**GOOD, "work": "looking"}
    assert judge(without_work, "home_and_living") is Judgement.SUCCESS
    assert judge(without_work, "home_and_work") is Judgement.FAILURE
    assert judge({**GOOD, "work": "care_at_home"}, "home_and_work") is Judgement.NEITHER


@given(outcomes, names)
def test_being_trafficked_again_is_never_a_success(outcome: dict[str, str], name: str) -> None:
    for answer in ("yes", "suspected"):
        assert judge({**outcome, "re_trafficked": answer}, name) in {Judgement.FAILURE, Judgement.NEITHER}


@given(outcomes, names)
def test_what_is_not_known_is_never_a_success(outcome: dict[str, str], name: str) -> None:
    needed = definitions()[name].needs
    if any(outcome.get(area, "unknown") == "unknown" for area in needed):
        assert judge(outcome, name) is not Judgement.SUCCESS


@given(st.lists(st.sampled_from(list(Judgement))), names)
def test_a_rate_names_its_definition_and_counts_nobody_twice(judged: list[Judgement], name: str) -> None:
    found = rate(judged, name)
    assert found.definition == name
    assert found.base + found.neither + found.unknown == len(judged)
    assert found.value is None if not found.base else 0 <= (found.value or 0) <= 1
    assert name in found.why.english()


@given(st.lists(st.sampled_from(list(Judgement)), min_size=1), names)
def test_whoever_is_still_in_the_programme_changes_no_rate(judged: list[Judgement], name: str) -> None:
    assert rate([*judged, Judgement.NEITHER], name).value == rate(judged, name).value


def test_being_trafficked_again_is_counted_whatever_else_is() -> None:
    rows = [GOOD, {"re_trafficked": "yes", "home": "in_programme"}, {"re_trafficked": "suspected"}, {}]
    assert trafficked_again(rows) == (1, 1, 1, 1)


def test_unknown_names_areas_and_codes_are_noticed() -> None:
    with pytest.raises(KeyError):
        judge(GOOD, "happy")
    with pytest.raises(KeyError):
        rate([], "happy")
    with pytest.raises(KeyError, match="house"):
        judge({"house": "own"}, "safe")
    with pytest.raises(ValueError, match="castle"):
        judge({"home": "castle"}, "safe")


def test_a_definition_that_needs_an_area_that_is_not_there_is_refused() -> None:
    packs = load_packs()
    (first, *others) = packs.get("outcomes", "outcomes").data["definitions"]
    bad = [{**first, "needs": ["hapiness"]}, *others]
    with pytest.raises(PackError, match="hapiness"):
        check_outcomes(with_pack(packs, "outcomes", "outcomes", definitions=bad))
    area = {"code": "home", "label": "Home", "vocabulary": "nonsense", "source": {"id": "fener"}}
    with pytest.raises(PackError, match="nonsense"):
        check_outcomes(with_pack(packs, "outcomes", "outcomes", areas=[area]))
    ungrouped = {**area, "vocabulary": "escort_kind"}
    with pytest.raises(PackError, match="in no group"):
        check_outcomes(with_pack(packs, "outcomes", "outcomes", areas=[ungrouped]))
