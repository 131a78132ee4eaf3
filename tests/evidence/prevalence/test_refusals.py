"""What the data do not carry is refused, with the reason; what is said, is said with what is doubtful about it."""

from __future__ import annotations

import numpy as np
import pytest

from fener.evidence.prevalence.estimate import METHODS, Options, estimate_all
from fener.evidence.prevalence.reading import Table, chosen, merged
from tests.evidence.prevalence.tables import drawn, example

QUICK = Options(resamples=100)


def test_without_overlap_nothing_is_estimated() -> None:
    table = Table(("A", "B", "C"), np.array([0, 30, 20, 0, 10, 0, 0, 0]))
    for answer in estimate_all(table, QUICK):
        assert answer.estimate is answer.low is answer.high is None
        assert answer.refused is not None
        assert "no case stands on two lists" in answer.refused


def test_six_cases_in_overlap_are_too_few() -> None:
    answers = estimate_all(example("artificial_3"), QUICK)
    assert [a.method for a in answers] == list(METHODS)
    assert all(a.refused is not None and "only 6 of 96 cases" in a.refused for a in answers)


def test_two_lists_carry_independence_only_and_that_with_a_warning() -> None:
    table = chosen(example("kosovo"), [0, 1])
    first, *others = estimate_all(table, QUICK)
    assert first.estimate is not None
    assert any("two lists only" in warning for warning in first.warnings)
    assert all(a.refused is not None and "third list" in a.refused for a in others)


def test_too_many_models_are_refused_and_another_search_is_named() -> None:
    table = drawn(3000, [0.2] * 7, 1)
    answers = {a.method: a for a in estimate_all(table, QUICK, ["bic_all", "bic_order2", "bma_decomposable"])}
    assert "bic_downhill" in (answers["bic_order2"].refused or "")
    assert all(a.refused for a in answers.values())


def test_thin_overlap_and_little_identified_are_said() -> None:
    (answer,) = estimate_all(example("western"), QUICK, ["independence"])
    assert any("thin overlap: 23 of 345" in warning for warning in answer.warnings)


def test_a_list_that_overlaps_with_none_is_named() -> None:
    table = Table(("A", "B", "C"), np.array([0, 40, 30, 25, 20, 0, 0, 0]))
    (answer,) = estimate_all(table, QUICK, ["stepwise"])
    assert any("no case of list C stands on any other list" in warning for warning in answer.warnings)


@pytest.mark.parametrize("method", [m for m in METHODS if m != "latent_class"])
def test_every_number_comes_with_an_interval_around_it(method: str) -> None:
    (answer,) = estimate_all(drawn(800, [0.4, 0.3, 0.35], 6), QUICK, [method])
    assert answer.low is not None
    assert answer.high is not None
    assert answer.estimate is not None
    assert answer.n <= answer.low <= answer.estimate <= answer.high
    share, least, most = answer.identified
    assert least is not None
    assert share is not None
    assert most is not None
    assert least <= share <= most <= 1


def test_an_interval_within_the_chosen_model_says_that_it_is_too_narrow() -> None:
    (answer,) = estimate_all(example("korea"), Options(interval="profile"), ["stepwise"])
    assert answer.interval == "profile"
    assert any("too narrow" in warning for warning in answer.warnings)


def test_merged_lists_keep_every_case_and_dropped_lists_hide_some() -> None:
    table = example("korea")
    assert merged(table, 0, 1).observed == table.observed
    assert merged(table, 0, 1).lists == ("b+c", "d")
    smaller = chosen(table, [0, 1])
    assert smaller.observed == table.observed - 41  # those on d alone
    assert smaller.on(0b11) == 54 + 12
