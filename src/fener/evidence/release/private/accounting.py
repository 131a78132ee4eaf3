"""What noise costs: zero-concentrated differential privacy (zCDP) and its translation into epsilon and delta.

Composition: Bun & Steinke (2016): rho adds up. Translation: Canonne, Kamath & Steinke (2020), Proposition 12: rho-zCDP
gives (epsilon, delta) for ``delta = min over a > 1 of exp((a - 1)(a rho - epsilon)) / (a - 1) * (1 - 1/a)^a``.
Pure epsilon gives ``rho = epsilon tanh(epsilon / 2)`` at most, which is below epsilon² / 2.
Neighbouring files differ by all records of one person, added or taken away.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from scipy.optimize import minimize_scalar

SAFE = 1e-9  # relative margin for floating point: every answer errs towards more protection


def delta_of(rho: float, epsilon: float) -> float:
    """The delta at which rho-zCDP keeps ``epsilon``; at most 1."""
    if rho <= 0:
        return 0.0

    def log_delta(log_a: float) -> float:
        a = 1 + math.exp(log_a)
        return (a - 1) * (a * rho - epsilon) - math.log(a - 1) + a * math.log1p(-1 / a)

    grid = np.linspace(-12, 12, 97)
    start = float(grid[int(np.argmin([log_delta(float(x)) for x in grid]))])
    best = minimize_scalar(log_delta, bounds=(start - 0.5, start + 0.5), method="bounded", options={"xatol": 1e-10})
    return min(1.0, math.exp(min(0.0, min(float(best.fun), log_delta(start)))) * (1 + SAFE))


def rho_within(epsilon: Fraction | float, delta: Fraction | float) -> float:
    """The largest rho that keeps (epsilon, delta). Raises ValueError unless epsilon > 0 and 0 < delta < 1."""
    wanted, bound = float(epsilon), float(delta)
    if not wanted > 0 or not 0 < bound < 1:
        raise ValueError("needs epsilon above 0 and delta between 0 and 1")
    low, high = 0.0, wanted  # rho = epsilon is never within: its mean privacy loss is epsilon
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if delta_of(middle, wanted) <= bound else (low, middle)
    return low * (1 - SAFE)


def epsilon_of(rho: float, delta: Fraction | float) -> float:
    """The smallest epsilon that rho-zCDP keeps at ``delta``; infinity if delta is 0 and rho is not."""
    bound = float(delta)
    if rho <= 0:
        return 0.0
    if bound <= 0:
        return math.inf
    low, high = 0.0, rho + 2 * math.sqrt(rho * math.log(1 / bound))
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (low, middle) if delta_of(rho, middle) <= bound else (middle, high)
    return high * (1 + SAFE)


def rho_of_pure(epsilon: Fraction | float) -> float:
    """The rho that pure epsilon costs in a common account."""
    return float(epsilon) * math.tanh(float(epsilon) / 2) * (1 + SAFE)


def advantage_bound(epsilon: float, delta: float) -> float:
    """The most by which a membership test's hits can exceed its false alarms (Kairouz, Oh & Viswanath, 2015)."""
    return min(1.0, (math.expm1(epsilon) + 2 * delta) / (math.exp(epsilon) + 1))
