"""Intervals: BCa bootstrap over the whole choice of a model, and profile likelihood within one model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtr, ndtri
from scipy.stats import chi2

from fener.evidence.prevalence.existence import remaining
from fener.evidence.prevalence.fit import Array, newton
from fener.evidence.prevalence.model import Model, indicators
from fener.evidence.prevalence.search import Choice


@dataclass(frozen=True, slots=True)
class Interval:
    """Ends in persons (or cases); an end that the data do not set is infinite."""

    low: float
    high: float
    unbounded: float = 0.0  # share of resamples without a finite estimate


def jackknife(counts: NDArray[np.int64]) -> tuple[Array, Array]:
    """Each table with one case left out, and how many cases stand for it.

    (histories seen, 2^lists), (histories seen,).
    """
    seen = np.flatnonzero(counts)
    tables = np.repeat(counts[None].astype(np.float64), len(seen), axis=0)
    tables[np.arange(len(seen)), seen] -= 1
    return tables, counts[seen].astype(np.float64)


def resample(counts: NDArray[np.int64], number: int, seed: int) -> Array:
    """``number`` tables of as many cases drawn from the cases observed, with replacement. Shape (number, 2^lists)."""
    observed = int(counts.sum())
    drawn = np.random.default_rng(seed).multinomial(observed, counts / observed, size=number)
    return drawn.astype(np.float64)


def bca(estimate: float, resampled: Array, left_out: Array, weights: Array, level: float) -> Interval:
    """The bias-corrected and accelerated interval (DiCiccio and Efron, Statistical Science 11, 1996).

    ``z0`` is the normal quantile of the share of resampled estimates below the estimate; the acceleration is
    ``sum w d^3 / (6 (sum w d^2)^1.5)`` with ``d`` the mean of the jackknife estimates less each of them.
    """
    below = float(np.mean(resampled < estimate * (1 - 1e-9)))  # the same model on the same table is no smaller
    half = 0.5 / len(resampled)
    z0 = float(ndtri(min(max(below, half), 1 - half)))
    finite = np.isfinite(left_out)
    mean = np.average(left_out[finite], weights=weights[finite]) if finite.any() else estimate
    away = np.where(finite, mean - left_out, 0.0)
    spread = float(np.sum(weights * away**2))
    acceleration = 0.0 if spread == 0 else float(np.sum(weights * away**3)) / (6 * spread**1.5)
    tail = (1 - level) / 2
    z = z0 + ndtri(np.array([tail, 1 - tail]))
    at = ndtr(z0 + z / np.maximum(1 - acceleration * z, 1e-9))
    ordered = np.sort(resampled)
    low, high = (_quantile(ordered, float(a)) for a in at)
    return Interval(low, high, float(np.mean(~np.isfinite(resampled))))


def _quantile(ordered: Array, share: float) -> float:
    """Linear between order statistics, and infinite as soon as one of the two is."""
    place = share * (len(ordered) - 1)
    lower = int(np.floor(place))
    upper = min(lower + 1, len(ordered) - 1)
    if not np.isfinite(ordered[upper]):
        return float(ordered[lower]) if place == lower else float("inf")
    return float(ordered[lower] + (place - lower) * (ordered[upper] - ordered[lower]))


def bootstrap(
    choose: Callable[[Array], Choice], counts: NDArray[np.int64], level: float, resamples: int, seed: int
) -> tuple[Choice, Interval]:
    """The choice on the data, and its BCa interval with the choice repeated on every resample."""
    left_out, weights = jackknife(counts)
    tables = np.vstack([counts[None].astype(np.float64), left_out, resample(counts, resamples, seed)])
    choice = choose(tables)
    first = 1 + len(left_out)
    estimates = choice.estimates
    return choice, bca(float(estimates[0]), estimates[first:], estimates[1:first], weights, level)


def profile_at(model: Model, counts: NDArray[np.int64], hidden: Array) -> Array:
    """Log-likelihood of each ``hidden`` number (need not be whole) in the multinomial model of all N cases.

    ``log N!/(n! h!) + sum n log p``, with ``p`` from the log-linear fit to the table completed by ``hidden``
    (Cormack, Biometrics 48, 1992; Rivest and Baillargeon, Biometrics 63, 2007), up to a constant.
    """
    rows, columns = remaining(model, counts)
    matrix = indicators(model.lists)[:, [0, *model.effects]]
    tables = np.repeat(counts[None].astype(np.float64), len(hidden), axis=0)
    tables[:, 0] = hidden
    keep = np.broadcast_to(np.concatenate([[True], rows]), tables.shape)
    alive = np.broadcast_to(columns, (len(hidden), len(columns)))
    start = np.zeros((len(hidden), len(columns)))
    total = tables.sum(axis=1)
    shares = np.maximum(tables @ matrix[:, 1 : 1 + model.lists] / total[:, None], 1e-9)
    odds = np.log(shares) - np.log1p(-np.minimum(shares, 1 - 1e-9))
    start[:, 1 : 1 + model.lists] = odds
    start[:, 0] = np.log(total) + np.log1p(-np.minimum(shares, 1 - 1e-9)).sum(axis=1)
    beta = newton(matrix, tables, keep, alive, start)
    logs = np.where(keep, beta @ matrix.T - np.log(total)[:, None], 0.0)
    likelihood: Array = gammaln(total + 1) - gammaln(hidden + 1) + (tables * logs).sum(axis=1)
    return likelihood


def profile(model: Model, counts: NDArray[np.int64], estimate: float, level: float) -> Interval:
    """Totals that a likelihood-ratio test of ``level`` does not reject, given the model.

    Wide or open where data are few.
    """
    observed = float(counts.sum())
    centre = max(estimate - observed, 0.5)
    grid = centre * np.exp(np.linspace(-7, 7, 141))
    values = profile_at(model, counts, grid)
    loss = 2 * (values.max() - values) - chi2.ppf(level, 1)
    best = int(values.argmax())
    low = _where_it_rises(grid[: best + 1][::-1], loss[: best + 1][::-1])
    high = _where_it_rises(grid[best:], loss[best:])
    return Interval(observed + (0.0 if low is None else low), float("inf") if high is None else observed + high)


def _where_it_rises(grid: Array, loss: Array) -> float | None:
    """Where ``loss`` first rises above zero, linear in the logarithm of the grid."""
    above = np.flatnonzero(loss > 0)
    if not len(above) or above[0] == 0:
        return None
    i = int(above[0])
    share = -loss[i - 1] / (loss[i] - loss[i - 1])
    return float(np.exp(np.log(grid[i - 1]) + share * (np.log(grid[i]) - np.log(grid[i - 1]))))
