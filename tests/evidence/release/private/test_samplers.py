"""The samplers draw the laws that the accounts assume."""

from __future__ import annotations

import ast
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import chisquare

import fener
from fener.evidence.release.private.samplers import ExactNoise, dyadic

DRAWS = 20_000
# One test in ten million fails by chance; with a scale wrong by 5 % all fail (see the last test of this kind).
FALSE_ALARM = 1e-7


def laplace_law(scale: float, k: np.ndarray) -> np.ndarray:
    q = math.exp(-1 / scale)
    return (1 - q) / (1 + q) * q ** np.abs(k)


def gaussian_law(scale: float, k: np.ndarray) -> np.ndarray:
    far = np.arange(-int(40 * scale + 40), int(40 * scale + 41))
    return np.exp(-(k.astype(float) ** 2) / (2 * scale**2)) / np.exp(-(far.astype(float) ** 2) / (2 * scale**2)).sum()


def chance_of(draws: np.ndarray, law) -> float:
    """p-value of the draws under the exact probabilities, tails pooled where fewer than ten are expected."""
    k = np.arange(-5000, 5001)
    expected = law(k) * len(draws)
    inside = k[expected >= 10]
    low, high = int(inside[0]), int(inside[-1])
    seen = [int((draws < low).sum()), *[int((draws == one).sum()) for one in inside], int((draws > high).sum())]
    wanted = [expected[k < low].sum(), *expected[expected >= 10], expected[k > high].sum()]
    wanted_scaled = np.array(wanted) * len(draws) / np.sum(wanted)
    return float(chisquare(seen, wanted_scaled).pvalue)


@pytest.mark.parametrize("scale", [Fraction(1, 2), Fraction(2), Fraction(15, 2)])
@pytest.mark.parametrize("kind,law", [("laplace", laplace_law), ("gaussian", gaussian_law)])
def test_draws_follow_the_exact_probabilities(kind: str, law, scale: Fraction) -> None:
    draws = getattr(ExactNoise(), kind)(DRAWS, scale)
    assert draws.dtype == np.int64
    assert chance_of(draws, lambda k: law(float(scale), k)) > FALSE_ALARM


@pytest.mark.parametrize("kind,law", [("laplace", laplace_law), ("gaussian", gaussian_law)])
def test_the_test_notices_a_scale_that_is_a_tenth_too_small(kind: str, law) -> None:
    draws = getattr(ExactNoise(), kind)(DRAWS, dyadic(Fraction(18, 10)))
    assert chance_of(draws, lambda k: law(2.0, k)) < FALSE_ALARM


@pytest.mark.parametrize("kind,beyond", [("laplace", 2 * math.exp(-5)), ("gaussian", 5.733e-7)])
def test_tails_are_neither_cut_nor_heavy(kind: str, beyond: float) -> None:
    draws = getattr(ExactNoise(), kind)(DRAWS, Fraction(1000))
    far = int((np.abs(draws) > 5000).sum())
    expected = beyond / (1 if kind == "gaussian" else 2) * DRAWS
    assert abs(far - expected) < 6 * math.sqrt(expected + 1)
    assert len(set(draws.tolist())) > DRAWS / 10  # no grid


def test_draws_differ_each_time_and_from_piece_to_piece() -> None:
    first, second = ExactNoise().gaussian(20_003, Fraction(1000)), ExactNoise().gaussian(20_003, Fraction(1000))
    assert len(first) == 20_003
    assert not np.array_equal(first, second)
    assert not np.array_equal(first[:3], first[20_000:])


def test_a_scale_is_rounded_up_and_exact_for_the_sampler() -> None:
    for value in (Fraction(1, 3), Fraction(10**12, 7), Fraction(2), Fraction(355, 113)):
        scale = dyadic(value)
        assert value <= scale <= value * (1 + Fraction(1, 2**15))
        assert Fraction(float(scale)) == scale


@pytest.mark.parametrize("scale", [Fraction(0), Fraction(-1), Fraction(1, 3)])
def test_a_scale_that_could_not_be_accounted_for_is_refused(scale: Fraction) -> None:
    with pytest.raises(ValueError, match="scale"):
        ExactNoise().laplace(1, scale)


def test_nothing_that_is_shipped_can_seed_the_noise() -> None:
    """No code of the product makes a generator from a number of its own, and none has noise other than OpenDP's."""
    room = Path(fener.__file__).parent / "evidence" / "release" / "private"
    for file in room.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"seed", "normal_", "laplace_"}, file
                if node.attr == "default_rng":
                    assert file.name == "model.py", file  # started from the noise's own source
            if isinstance(node, ast.arg):
                assert node.arg != "seed", file
