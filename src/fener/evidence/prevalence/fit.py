"""Poisson log-linear fits, many at once.

``log E(n_h) = b_0 + sum of b_e over the effects e within the history h``; the hidden count is estimated by
``exp(b_0)`` (Cormack, Biometrics 45, 1989). Newton's method (which is iteratively reweighted least squares here) runs
on arrays: many models on one table, or one model on many tables (resamples), so that a search or a bootstrap is a few
matrix products. Histories and parameters that extended maximum likelihood leaves out carry weight zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from fener.evidence.prevalence.existence import remaining, totals
from fener.evidence.prevalence.model import Model, design, indicators

Array = NDArray[np.float64]
Truth = NDArray[np.bool_]

TOLERANCE = 1e-6  # of the Newton decrement squared (twice the log-likelihood still to gain) before the last step
LONGEST_STEP = 2.0  # of any linear predictor in one iteration
CHUNK = 4_000_000  # numbers in the largest array held at once
ALONE = 250_000  # multiplications up to which the linear algebra library works in one thread


@dataclass(frozen=True, slots=True)
class Fit:
    """One fitted model: ``beta`` with minus infinity where extended maximum likelihood says so."""

    model: Model
    beta: Array
    expected: Array  # by history, shape (2^lists,); entry 0 is the hidden count
    loglik: float
    bic: float
    estimate: float  # observed and hidden together


def product(left: Array, right: Array) -> Array:
    """``left @ right`` in blocks of rows so small that each stays in one thread.

    The searches run models side by side; a library that starts threads of its own within each is several times
    slower, most of all on a machine that has other work.
    """
    block = max(1, ALONE // max(1, right.shape[0] * right.shape[1]))
    whole = len(left) // block * block
    answer = np.empty((len(left), right.shape[1]))
    if whole:
        blocks = np.ascontiguousarray(left[:whole]).reshape(-1, block, left.shape[1])
        answer[:whole] = np.matmul(blocks, right).reshape(whole, -1)
    if whole < len(left):
        answer[whole:] = left[whole:] @ right
    return answer


def newton(matrix: Array, counts: Array, rows: Truth, columns: Truth, start: Array, steps: int = 60) -> Array:
    """Maximum likelihood parameters, shape (fits, parameters), of a batch of Poisson log-linear fits.

    ``matrix`` (histories, parameters) is shared; ``counts``, ``rows`` (fits, histories) and ``columns``, ``start``
    (fits, parameters) belong to each fit. Fits whose estimate does not exist go as far as ``steps`` lets them: who
    calls asks ``existence`` first, or afterwards.
    """
    beta: Array = np.where(columns, start, 0.0).astype(np.float64)
    products = (matrix[:, :, None] * matrix[:, None, :]).reshape(matrix.shape[0], -1)
    across = np.ascontiguousarray(matrix.T)
    active = np.arange(len(beta))
    size = matrix.shape[1]
    for _ in range(steps):
        here, keep = rows[active], columns[active]
        mean = np.exp(np.minimum(product(beta[active], across), 500.0)) * here
        slope = product(counts[active] * here - mean, matrix) * keep
        curve = product(mean, products).reshape(-1, size, size)
        curve *= keep[:, :, None] & keep[:, None, :]
        diagonal = np.einsum("fpp->fp", curve)
        # what is out gets 1; the small ridge keeps a flat direction (not identifiable) from stopping the batch
        diagonal += np.where(keep, 1e-9 * diagonal + 1e-12, 1.0)
        step = np.asarray(np.linalg.solve(curve, slope[:, :, None])[:, :, 0], dtype=np.float64)
        gain = (slope * step).sum(axis=1)
        longest = np.abs(product(step, across) * here).max(axis=1)
        beta[active] = beta[active] + step * np.minimum(1.0, LONGEST_STEP / np.maximum(longest, 1e-12))[:, None]
        active = active[gain > TOLERANCE]
        if not len(active):
            break
    return beta


def start_of(matrix: Array, counts: Array, rows: Truth, columns: Truth) -> Array:
    """A start for Newton's method: weighted least squares of log(n + 1/2), shape (fits, parameters)."""
    weight = (counts + 0.5) * rows
    products = (matrix[:, :, None] * matrix[:, None, :]).reshape(matrix.shape[0], -1)
    size = matrix.shape[1]
    curve = product(weight, products).reshape(-1, size, size)
    curve *= columns[:, :, None] & columns[:, None, :]
    np.einsum("fpp->fp", curve)[...] += np.where(columns, 1e-8, 1.0)
    right = product(weight * np.log(counts + 0.5), matrix) * columns
    return np.asarray(np.linalg.solve(curve, right[:, :, None])[:, :, 0], dtype=np.float64)


def log_likelihoods(matrix: Array, counts: Array, rows: Truth, beta: Array) -> Array:
    """Poisson log-likelihood of each fit over the histories that it keeps (the others are certain zeros)."""
    predictor = np.minimum(product(beta, np.ascontiguousarray(matrix.T)), 500.0)
    terms = counts * predictor - np.exp(predictor) - gammaln(counts + 1.0)
    total: Array = (terms * rows).sum(axis=1)
    return total


def fit(model: Model, counts: NDArray[np.int64]) -> Fit:
    """Fit one model to one table (``counts`` by history, shape (2^lists,)). Existence is the caller's to ask."""
    rows, columns = remaining(model, counts)
    matrix, table = design(model), np.asarray(counts[1:], dtype=np.float64)[None]
    start = start_of(matrix, table, rows[None], columns[None])
    beta = newton(matrix, table, rows[None], columns[None], start)
    loglik = float(log_likelihoods(matrix, table, rows[None], beta)[0])
    observed = float(counts[1:].sum())
    expected = np.concatenate([[np.exp(beta[0, 0])], np.exp(beta[0] @ matrix.T) * rows])
    return Fit(
        model=model,
        beta=np.where(columns, beta[0], -np.inf),
        expected=expected,
        loglik=loglik,
        bic=-2.0 * loglik + len(columns) * float(np.log(observed)),
        estimate=observed + float(expected[0]),
    )


@dataclass(frozen=True, slots=True)
class ManyFits:
    """Fits of many models to one table or of one model to many: log-likelihood, BIC and estimate of each."""

    loglik: Array
    bic: Array
    estimate: Array


def fit_models(models: list[Model], counts: NDArray[np.int64]) -> ManyFits:
    """Every model on one table, in chunks that bound memory."""
    lists = models[0].lists
    table = np.asarray(counts[1:], dtype=np.float64)
    observed = float(table.sum())
    empty = totals(counts) <= 0
    union = sorted({e for m in models for e in m.effects}, key=lambda e: (e.bit_count(), e))
    place = {effect: 1 + i for i, effect in enumerate(union)}
    matrix = indicators(lists)[1:][:, [0, *union]]
    sizes = np.array([1 + len(m.effects) for m in models])
    loglik, hidden = np.empty(len(models)), np.empty(len(models))
    chunk = max(1, CHUNK // matrix.shape[1] ** 2)
    dead = np.concatenate([[False], empty[union]])
    for first in range(0, len(models), chunk):
        batch = models[first : first + chunk]
        columns = np.zeros((len(batch), matrix.shape[1]), dtype=np.bool_)
        columns[:, 0] = True
        for i, model in enumerate(batch):
            columns[i, [place[e] for e in model.effects]] = True
        rows = ((columns & dead).astype(np.float64) @ matrix.T) == 0
        columns &= ~dead
        tables = np.broadcast_to(table, rows.shape)
        beta = newton(matrix, tables, rows, columns, start_of(matrix, tables, rows, columns))
        loglik[first : first + len(batch)] = log_likelihoods(matrix, tables, rows, beta)
        hidden[first : first + len(batch)] = np.exp(np.minimum(beta[:, 0], 500.0))
    return ManyFits(loglik, -2.0 * loglik + sizes * np.log(observed), observed + hidden)


def fit_tables(model: Model, tables: Array, start: Array, empty: Truth | None = None) -> ManyFits:
    """One model on many tables, shape (tables, 2^lists). ``start`` (parameters) is the fit on the original table."""
    matrix = design(model)
    effects = np.array(model.effects)
    empty = (totals(tables) <= 0)[:, effects] if empty is None else empty[:, effects]
    rows = np.ones((len(tables), matrix.shape[0]), dtype=np.bool_)
    columns = np.ones((len(tables), matrix.shape[1]), dtype=np.bool_)
    if empty.any():
        rows = (empty.astype(np.float64) @ matrix[:, 1:].T) == 0
        columns[:, 1:] = ~empty
    counts = tables[:, 1:]
    finite = np.where(np.isfinite(start), np.clip(start, -30.0, 30.0), 0.0)
    beta = newton(matrix, counts, rows, columns, np.broadcast_to(finite, columns.shape))
    loglik = log_likelihoods(matrix, counts, rows, beta)
    observed = counts.sum(axis=1)
    bic = -2.0 * loglik + matrix.shape[1] * np.log(observed)
    return ManyFits(loglik, bic, observed + np.exp(np.minimum(beta[:, 0], 500.0)))


def expected_tables(model: Model, tables: Array) -> tuple[Array, Array]:
    """Estimates (tables,) and expected observable counts (tables, 2^lists - 1) of one model on many tables."""
    matrix = design(model)
    empty = (totals(tables) <= 0)[:, np.array(model.effects)]
    rows = (empty.astype(np.float64) @ matrix[:, 1:].T) == 0
    columns = np.concatenate([np.ones((len(tables), 1), dtype=np.bool_), ~empty], axis=1)
    counts = tables[:, 1:]
    beta = newton(matrix, counts, rows, columns, start_of(matrix, counts, rows, columns))
    expected = np.exp(np.minimum(product(beta, np.ascontiguousarray(matrix.T)), 500.0)) * rows
    return counts.sum(axis=1) + np.exp(np.minimum(beta[:, 0], 500.0)), expected
