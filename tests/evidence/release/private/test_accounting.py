"""What noise costs is never understated."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.evidence.release.private.accounting import (
    advantage_bound,
    delta_of,
    epsilon_of,
    rho_of_pure,
    rho_within,
)
from fener.evidence.release.private.geometric import half_width
from fener.evidence.release.private.geometric import plan as geometric_plan
from fener.evidence.release.private.planner import Plan, closure, plan, subsets
from fener.evidence.release.private.samplers import ExactNoise


@given(st.floats(0.05, 8), st.floats(1e-12, 0.01))
@settings(max_examples=15, deadline=None)
def test_rho_and_epsilon_are_each_others_inverse_and_err_to_the_safe_side(epsilon: float, delta: float) -> None:
    rho = rho_within(epsilon, delta)
    assert delta_of(rho, epsilon) <= delta * (1 + 1e-6)
    assert epsilon_of(rho, delta) == pytest.approx(epsilon, rel=1e-4)
    assert rho < epsilon  # and better than the simple formula of Bun and Steinke
    assert rho + 2 * math.sqrt(rho * math.log(1 / delta)) >= epsilon * (1 - 1e-6)


def test_the_translation_holds_against_the_exact_loss_of_gaussian_noise() -> None:
    """Continuous Gaussian noise has a known delta (Balle & Wang, 2018); the translation must not promise less."""
    from scipy.stats import norm

    for rho in (0.01, 0.1, 0.5, 2.0):
        mu = math.sqrt(2 * rho)
        for epsilon in (0.2, 1.0, 4.0):
            true = norm.cdf(mu / 2 - epsilon / mu) - math.exp(epsilon) * norm.cdf(-mu / 2 - epsilon / mu)
            assert delta_of(rho, epsilon) >= true


def test_pure_epsilon_in_a_common_account() -> None:
    assert rho_of_pure(0.1) == pytest.approx(0.1 * math.tanh(0.05))
    assert rho_of_pure(1) < 0.5
    assert epsilon_of(0, 1e-6) == 0
    assert epsilon_of(1.0, 0) == math.inf


SIZES = {"a": 2, "b": 3, "c": 7, "one": 1}


@given(
    st.lists(st.lists(st.sampled_from(list(SIZES)), min_size=1, max_size=3, unique=True), min_size=1, max_size=5),
    st.floats(0.001, 3),
    st.integers(1, 5),
)
@settings(max_examples=40, deadline=None)
def test_a_plan_never_costs_more_than_its_budget_and_wastes_nothing(
    tables: list[list[str]], rho: float, most: int
) -> None:
    wanted = [tuple(sorted(table)) for table in tables]
    for weights in (None, dict.fromkeys(wanted, 1.0)):
        made = plan(wanted, SIZES, rho, rows_per_person=most, weights=weights)
        assert made.rho <= rho
        assert float(made.rho) == pytest.approx(rho, rel=1e-4)
        assert set(made.scale) == set(closure(wanted))


def test_the_cost_is_the_squared_distance_of_neighbours_for_every_person() -> None:
    """Compute the distance by brute force for each possible record, ``m`` times, and compare with the formula."""
    from fener.evidence.release.private.residuals import whole_residual

    made = plan([("a", "b")], SIZES, 0.5, rows_per_person=2)
    for part in subsets(("a", "b")):
        shape = [SIZES[name] for name in part]
        for cell in np.ndindex(*shape):
            counts = np.zeros(shape, dtype=np.int64)
            counts[cell] = 2
            apart = int((whole_residual(counts) ** 2).sum())
            assert Fraction(apart) / (2 * made.scale[part] ** 2) == made.cost(part)


def test_the_optimum_is_not_beaten_by_any_other_spread() -> None:
    """Sum of the variances of all cells, against 2,000 random plans of the same cost."""
    tables = [("a",), ("b", "c"), ("a", "c")]
    made = plan(tables, SIZES, 0.5, weights=dict.fromkeys(tables, 1.0))

    def loss(one: Plan) -> float:
        return sum(one.variance(t) * math.prod(SIZES[n] for n in t) for t in tables)

    random = np.random.default_rng(3)
    best = loss(made)
    for _ in range(2000):
        share = random.dirichlet(np.ones(len(made.scale)))
        scale = {}
        for part, part_of in zip(made.scale, share, strict=True):
            apart = math.prod(SIZES[n] * (SIZES[n] - 1) for n in part)
            scale[part] = Fraction(math.sqrt(apart / (2 * 0.5 * max(part_of, 1e-9))))
        assert loss(Plan(SIZES, scale)) >= best * (1 - 1e-5)


def test_geometric_noise_costs_at_most_what_was_asked_and_its_interval_is_exact() -> None:
    made = geometric_plan([("a",), ("b",)], Fraction(1, 3), rows_per_person=2)
    assert Fraction(1, 3) * (1 - Fraction(1, 10**5)) < made.epsilon <= Fraction(1, 3)
    scale = Fraction(4)
    q = math.exp(-1 / 4)

    def beyond(t: int) -> float:
        return 2 * q ** (t + 1) / (1 + q)

    width = half_width(scale, 0.95)
    assert beyond(width) <= 0.05 < beyond(width - 1)
    draws = ExactNoise().laplace(20_000, scale)
    inside = float((np.abs(draws) <= width).mean())
    assert abs(inside - (1 - beyond(width))) < 0.01


def test_the_bound_of_an_attack() -> None:
    assert advantage_bound(0, 0) == 0
    assert advantage_bound(1, 0) == pytest.approx(math.tanh(0.5))
    assert advantage_bound(50, 0.5) == 1
