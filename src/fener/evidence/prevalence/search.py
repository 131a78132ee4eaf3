"""Which model: four ways to choose one, each on many tables at once so that a bootstrap repeats the choice.

Every function takes ``tables`` of shape (tables, 2^lists) by history, of which row 0 is the data themselves, and gives
a ``Choice``. A table on which no model has an estimate gets an infinite one: the data then set no upper bound.
"""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import pdtr, pdtrc

from fener.evidence.prevalence.existence import FINE, code, totals
from fener.evidence.prevalence.fit import Array, ManyFits, Truth, expected_tables, fit, fit_models, fit_tables
from fener.evidence.prevalence.model import Model, closed, independence, indicators, neighbours

THRESHOLD = 0.02  # of the stepwise p-value, as published
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen.

    On each table an estimate; on the data (row 0) also the model, its BIC, and None if none exists.
    """

    estimates: Array
    model: Model | None
    bic: float | None
    looked_at: int = 1
    also: tuple[tuple[Model, float, float], ...] = ()  # the next best on the data: model, BIC, estimate


def _lists(tables: Array) -> int:
    return int(tables.shape[1]).bit_length() - 1


def _choice(tables: Array, estimates: Array, model: Model | None, looked_at: int = 1) -> Choice:
    bic = None if model is None else fit(model, _whole(tables[0])).bic
    return Choice(estimates, model, bic, looked_at)


def _whole(table: Array) -> NDArray[np.int64]:
    return np.rint(table).astype(np.int64)


def always(model: Model, tables: Array) -> Choice:
    """One model given beforehand, on every table."""
    good = np.array([code(model, table) == FINE for table in tables])
    start = fit(model, _whole(tables[0])).beta
    estimates = np.where(good, fit_tables(model, tables, start).estimate, np.inf)
    return _choice(tables, estimates, model if good[0] else None)


def stepwise(tables: Array, threshold: float = THRESHOLD) -> Choice:
    """Forward stepwise over pairs of lists (Chan, Silverman and Vincent, JASA 2021).

    From independence on, the pair with the smallest p-value enters if that is below ``threshold`` and the larger model
    has an estimate on this table. The p-value of a pair is the smaller Poisson tail of the number of cases that the
    pair shares, with the mean that the present fit gives it.
    """
    lists = _lists(tables)
    shared, holds = totals(tables), indicators(lists)[1:]
    pairs = [e for e in range(1 << lists) if e.bit_count() == 2]
    estimates = np.full(len(tables), np.inf)
    groups = {independence(lists): np.arange(len(tables))}
    chosen: Model | None = None
    while groups:
        bigger: dict[Model, list[int]] = defaultdict(list)
        for model, where in groups.items():
            if len(model.effects) == lists:  # independence has to be asked; a larger model was asked before
                where = where[[code(model, tables[i]) == FINE for i in where]]
                if not len(where):
                    continue
            estimates[where], expected = expected_tables(model, tables[where])
            if where[0] == 0:
                chosen = model
            free = [p for p in pairs if p not in model]
            for i, p_values in zip(where, _tails(shared[where][:, free], expected @ holds[:, free]), strict=True):
                for j in np.argsort(p_values, kind="stable"):
                    if p_values[j] >= threshold:
                        break
                    larger = closed(lists, (*model.effects, free[j]))
                    if code(larger, tables[i]) == FINE:
                        bigger[larger].append(int(i))
                        break
        groups = {model: np.array(where) for model, where in bigger.items()}
    return _choice(tables, estimates, chosen)


def _tails(observed: Array, mean: Array) -> Array:
    mean = np.maximum(mean, 1e-300)
    upper = np.where(observed > 0, pdtrc(np.maximum(observed - 1, 0), mean), 1.0)
    smaller: Array = np.minimum(pdtr(observed, mean), upper)
    return smaller


def by_bic(models: list[Model], tables: Array, best: int | None = None) -> Choice:
    """The model with the smallest BIC among those that have an estimate, on each table.

    With ``best``, tables other than the first choose among the ``best`` models of the first table only (Silverman, Chan
    and Vincent, Statistics and Computing 34, 2024: little changes, and much time is won).
    """
    data = _whole(tables[0])
    first = fit_models(models, data)
    order = np.argsort(first.bic, kind="stable")
    fine = [int(i) for i in order[: _enough(len(models))] if code(models[i], data) == FINE]
    if not fine:
        fine = [int(i) for i in order if code(models[i], data) == FINE]
    if not fine:
        return Choice(np.full(len(tables), np.inf), None, None, len(models))
    also = tuple((models[i], float(first.bic[i]), float(first.estimate[i])) for i in fine[1:])
    estimates = np.empty(len(tables))
    estimates[0] = first.estimate[fine[0]]
    if len(tables) > 1:
        kept = [models[i] for i in order[:best]]
        estimates[1:] = _smallest(kept, tables[1:], data)
    return Choice(estimates, models[fine[0]], float(first.bic[fine[0]]), len(models), also)


def _enough(models: int) -> int:
    """How far down the order of BIC to look at existence at first.

    The best that exists is nearly always among these.
    """
    return min(models, 200)


def _smallest(models: list[Model], tables: Array, data: NDArray[np.int64]) -> Array:
    empty = totals(tables) <= 0

    def one(model: Model) -> ManyFits:
        return fit_tables(model, tables, fit(model, data).beta, empty)

    with ThreadPoolExecutor(WORKERS) as pool:
        fits = list(pool.map(one, models))
    bic = np.array([f.bic for f in fits])
    estimate = np.array([f.estimate for f in fits])
    return pick(models, bic, estimate, tables)


def pick(models: list[Model], bic: Array, estimate: Array, tables: Array) -> Array:
    """On each table the estimate of the model with the smallest BIC that exists there. Arrays (models, tables)."""
    answer = np.full(len(tables), np.inf)
    bic = np.where(np.isfinite(bic), bic, np.inf)
    for t, table in enumerate(tables):
        for i in np.argsort(bic[:, t], kind="stable"):
            if code(models[i], table) == FINE:
                answer[t] = estimate[i, t]
                break
    return answer


def downhill(tables: Array, order: int | None = None) -> Choice:
    """From independence to the neighbour with the smallest BIC, as long as it falls (no model is looked at twice)."""
    lists = _lists(tables)
    data = _whole(tables[0])
    seen: dict[Model, tuple[Array, Array, Truth]] = {}
    empty = totals(tables) <= 0

    def values(model: Model, where: NDArray[np.int64]) -> tuple[Array, Array]:
        if model not in seen:
            blank = np.full(len(tables), np.nan)
            seen[model] = (blank, blank.copy(), np.zeros(len(tables), dtype=np.bool_))
        bic, estimate, done = seen[model]
        ask = where[~done[where]]
        if len(ask):
            fits = fit_tables(model, tables[ask], fit(model, data).beta, empty[ask])
            good = np.array([code(model, tables[i]) == FINE for i in ask])
            bic[ask], estimate[ask] = np.where(good, fits.bic, np.inf), fits.estimate
            done[ask] = True
        return bic[where], estimate[where]

    at: dict[Model, NDArray[np.int64]] = {independence(lists): np.arange(len(tables))}
    estimates = np.full(len(tables), np.inf)
    chosen: Model | None = None
    while at:
        onward: dict[Model, list[int]] = defaultdict(list)
        for model, where in at.items():
            here, estimate = values(model, where)
            beside = neighbours(model, order)
            around = np.array([values(n, where)[0] for n in beside]).reshape(len(beside), len(where))
            lowest = around.argmin(axis=0)
            for k, i in enumerate(where):
                if around[lowest[k], k] < here[k] - 1e-9:
                    onward[beside[lowest[k]]].append(int(i))
                elif np.isfinite(here[k]):
                    estimates[i] = estimate[k]
                    chosen = model if i == 0 else chosen
        at = {model: np.array(where) for model, where in onward.items()}
    return _choice(tables, estimates, chosen, len(seen))
