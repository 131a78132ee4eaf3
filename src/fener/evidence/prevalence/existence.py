"""Does a model have an estimate on these data? Decided by linear programming and by rank, before anything is fitted.

An effect whose lists no case shares has the estimate minus infinity: its histories are expected to be empty and leave
the table, and the effect leaves the model (extended maximum likelihood). What remains has a maximum likelihood estimate
exactly if its sufficient statistics lie inside the cone that the design spans (Fienberg and Rinaldo, Annals of
Statistics 40, 2012; Chan, Silverman and Vincent, JASA 2021): if ``max { s : A'x = A'n, x >= s }`` is above zero. It is
unique if the remaining design has full column rank.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from fener.evidence.prevalence.model import Model, design, indicators

FINE, NO_ESTIMATE, NOT_IDENTIFIABLE = 0, 1, 2
WORDS = {
    FINE: "fine: the extended maximum-likelihood estimate exists and is unique",
    NO_ESTIMATE: "no extended maximum-likelihood estimate exists",
    NOT_IDENTIFIABLE: "not identifiable: other values of the parameters fit exactly as well",
}


def totals(counts: NDArray[np.float64] | NDArray[np.int64]) -> NDArray[np.float64]:
    """Cases that share the lists of each effect. ``counts`` (..., 2^lists) by history; the same shape by effect."""
    lists = int(counts.shape[-1]).bit_length() - 1
    shared: NDArray[np.float64] = np.asarray(counts, dtype=np.float64) @ indicators(lists)
    return shared


def remaining(
    model: Model, counts: NDArray[np.float64] | NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """What extended maximum likelihood keeps: (histories (2^lists - 1), parameters (1 + effects)), as truth values."""
    effects = np.array(model.effects)
    empty = totals(counts)[..., effects] <= 0
    within = indicators(model.lists)[1:][:, effects] > 0
    rows: NDArray[np.bool_] = np.logical_not((within & empty).any(axis=1))
    return rows, np.concatenate([[True], ~empty])


def code(model: Model, counts: NDArray[np.float64] | NDArray[np.int64]) -> int:
    """0 fine, 1 no extended maximum-likelihood estimate, 2 not identifiable. Where both fail, 1.

    ``counts`` has shape (2^lists,) by history; entry 0 (nobody's) is not looked at. Only which entries are zero
    matters.
    """
    support = np.asarray(counts) > 0
    return _code(model, support[1:].tobytes())


@lru_cache(maxsize=200_000)
def _code(model: Model, support: bytes) -> int:
    present = np.concatenate([[False], np.frombuffer(support, dtype=np.bool_)])
    rows, columns = remaining(model, present.astype(np.int64))
    matrix = design(model)[rows][:, columns]
    seen = present[1:][rows]
    if not seen.all() and not _inside(matrix, seen.astype(np.float64)):
        return NO_ESTIMATE
    if matrix.shape[0] < matrix.shape[1] or np.linalg.matrix_rank(matrix) < matrix.shape[1]:
        return NOT_IDENTIFIABLE
    return FINE


def _inside(matrix: NDArray[np.float64], observed: NDArray[np.float64]) -> bool:
    """Whether the sufficient statistics of ``observed`` lie in the relative interior of the cone.

    The interior depends on where the counts are above zero only, so ones stand for counts: it keeps the numbers of the
    program of one size.
    """
    rows = len(matrix)
    cost = np.zeros(rows + 1)
    cost[-1] = -1.0
    # x = s + y with y >= 0:  A'y + (A'1) s = A'n
    equal = np.hstack([matrix.T, matrix.T.sum(axis=1, keepdims=True)])
    answer = linprog(cost, A_eq=equal, b_eq=matrix.T @ observed, bounds=[(0, None)] * rows + [(0, 1)], method="highs")
    if answer.status != 0:
        raise ArithmeticError(f"the linear program of existence ended with status {answer.status}")
    return bool(float(answer.fun or 0.0) < -1e-7)
