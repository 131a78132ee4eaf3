"""Bayesian estimates: every decomposable graph, exact weights on a small case, classes that recover a known number."""

from __future__ import annotations

from math import lgamma

import numpy as np
import pytest

from fener.evidence.prevalence.graphs import decomposable, decomposable_average
from fener.evidence.prevalence.latent import latent_class
from tests.evidence.prevalence.tables import drawn, example


@pytest.mark.parametrize("lists, number", [(2, 2), (3, 8), (4, 61), (5, 822)])
def test_every_decomposable_graph_is_averaged(lists: int, number: int) -> None:
    assert len(decomposable(lists)) == number


def test_cliques_and_separators_of_a_chain() -> None:
    assert ((0b011, 0b110), (0b010,)) in decomposable(3)  # A-B-C


def test_two_lists_agree_with_weights_worked_out_one_by_one() -> None:
    counts = np.array([0, 30, 20, 12])
    delta, observed = 0.25, 62

    def marginal(cells: list[float], prior: float) -> float:
        total = sum(lgamma(prior + c) - lgamma(prior) for c in cells)
        return total + lgamma(prior * len(cells)) - lgamma(prior * len(cells) + sum(cells))

    weights = []
    for hidden in range(40 * observed + 1):
        n = observed + hidden
        shared = lgamma(n + 1) - lgamma(hidden + 1) - np.log(n)
        apart = marginal([hidden + 20, 42], 0.5) + marginal([hidden + 30, 32], 0.5)
        joined = marginal([hidden, 30, 20, 12], delta)
        weights.append(np.exp(shared + apart + 300) + np.exp(shared + joined + 300))
    median = observed + float(np.interp(0.5, np.cumsum(weights) / np.sum(weights), np.arange(len(weights))))
    assert decomposable_average(counts, 0.95).estimate == pytest.approx(median, rel=0.01)


def test_latent_classes_recover_a_population_that_has_one_class() -> None:
    table = drawn(2000, [0.3, 0.25, 0.35, 0.2], 2)
    found = latent_class(table.counts, 0.95, seed=1, sweeps=500, burn=200)
    assert found.low < 2000 < found.high
    assert found.high < 2600


def test_the_same_seed_gives_the_same_draws() -> None:
    table = example("korea")
    assert latent_class(table.counts, 0.9, 5, sweeps=40, burn=20) == latent_class(
        table.counts, 0.9, 5, sweeps=40, burn=20
    )


def test_six_lists_are_averaged_in_chunks() -> None:
    table = drawn(900, [0.2, 0.15, 0.25, 0.2, 0.1, 0.2], 3)
    found = decomposable_average(table.counts, 0.95)
    assert found.low < 900 < found.high
