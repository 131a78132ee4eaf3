"""Marginals are put together again as they were, agree with each other, and have the noise that is claimed."""

from __future__ import annotations

import itertools
import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.evidence.release.private.persons import bounded
from fener.evidence.release.private.planner import plan
from fener.evidence.release.private.residuals import measure, tabulate
from fener.evidence.release.private.samplers import ExactNoise
from tests.evidence.release.private.seeded import SeededNoise

SIZES = {"a": 2, "b": 3, "c": 5}
TABLES = [("a", "b"), ("b", "c"), ("a", "c")]


def records(seed: int, rows: int = 200) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    return {name: random.integers(0, size, rows).astype(np.int32) for name, size in SIZES.items()}


def test_without_noise_the_marginals_are_the_true_ones() -> None:
    class Silence(SeededNoise):
        def gaussian(self, size, scale):
            return np.zeros(size, dtype=np.int64)

    codes = records(1)
    seen = measure(codes, plan([("a", "b", "c")], SIZES, 1.0), Silence(0))
    for length in range(4):
        for columns in itertools.combinations(SIZES, length):
            assert np.allclose(seen.marginal(columns), tabulate(codes, columns, SIZES))


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_noisy_marginals_agree_wherever_they_overlap(seed: int) -> None:
    seen = measure(records(seed), plan(TABLES, SIZES, 0.1), SeededNoise(seed))
    assert np.allclose(seen.marginal(("a", "b")).sum(axis=0), seen.marginal(("b", "c")).sum(axis=1))
    assert np.allclose(seen.marginal(("a", "c")).sum(), seen.marginal(()))


def test_the_noise_has_the_variance_of_the_closed_form_and_no_bias() -> None:
    codes = records(2)
    made = plan(TABLES, SIZES, 0.5)
    true = tabulate(codes, ("b", "c"), SIZES)
    off = np.array([measure(codes, made, ExactNoise()).marginal(("b", "c")) - true for _ in range(120)])
    expected = made.variance(("b", "c"))
    assert abs(off.mean()) < 5 * math.sqrt(expected / 120)
    assert abs(off.var() / expected - 1) < 0.2


def test_of_each_person_at_most_so_many_rows_count_and_others_do_not_matter() -> None:
    person = np.array([3, 1, 3, 3, 2, 1, 3], dtype=np.int64)
    for most in (1, 2, 9):
        chosen = bounded(person, most, SeededNoise(1))
        assert list(chosen) == sorted(chosen)
        counts = {p: int((person[chosen] == p).sum()) for p in (1, 2, 3)}
        assert counts == {p: min(most, int((person == p).sum())) for p in (1, 2, 3)}
    assert len(bounded(np.zeros(0, dtype=np.int64), 1, SeededNoise(1))) == 0


def test_every_row_of_a_person_is_chosen_as_often_as_any_other() -> None:
    person = np.repeat(np.arange(2000), 4)
    places = bounded(person, 1, ExactNoise()) % 4
    assert np.abs(np.bincount(places, minlength=4) - 500).max() < 120
