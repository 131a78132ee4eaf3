"""Measuring residuals with exact noise, and putting marginals together again; both keep all marginals consistent.

The residual is multiplied by ``Plan.lift`` so that it is whole; discrete Gaussian noise is added to every entry
(Canonne, Kamath & Steinke, 2020), and only what lies in the space of residuals is kept. Marginals put together from
residuals agree wherever they overlap, by construction.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fener.evidence.release.private.planner import Plan, Set, subsets
from fener.evidence.release.private.samplers import Noise, Real, Whole

Codes = NDArray[np.int32]


@dataclass(frozen=True)
class Measured:
    """Noisy residuals. ``residual[A]``: persons, shape (n_i for i in A), every axis adds up to zero."""

    plan: Plan
    residual: Mapping[Set, Real]

    def marginal(self, columns: Set) -> Real:
        """The unbiased noisy marginal, persons, shape (n_i for i in columns); negative entries are possible."""
        sizes = [self.plan.sizes[name] for name in columns]
        total = np.zeros(sizes, dtype=np.float64)
        for part in subsets(columns):
            outside = math.prod(size for size, name in zip(sizes, columns, strict=True) if name not in part)
            shape = [size if name in part else 1 for size, name in zip(sizes, columns, strict=True)]
            total += self.residual[part].reshape(shape) / outside
        return total


def tabulate(codes: Mapping[str, Codes], columns: Set, sizes: Mapping[str, int]) -> Whole:
    """Count records. ``codes``: column -> codes from 0, shape (rows,). Shape (n_i for i in columns)."""
    shape = [sizes[name] for name in columns]
    rows = len(next(iter(codes.values())))
    if not columns:
        return np.asarray(rows, dtype=np.int64)
    place = np.zeros(rows, dtype=np.int64)
    for name, size in zip(columns, shape, strict=True):
        place = place * size + codes[name]
    return np.bincount(place, minlength=math.prod(shape)).astype(np.int64).reshape(shape)


def whole_residual(counts: Whole) -> Whole:
    """The residual of a marginal times the product of its sizes: exact, in whole numbers."""
    result = counts
    for axis, size in enumerate(counts.shape):
        result = result * size - result.sum(axis=axis, keepdims=True)
    return result


def centred(values: Real) -> Real:
    """What is left of a table after the mean along every axis is taken away."""
    for axis in range(values.ndim):
        values = values - values.mean(axis=axis, keepdims=True)
    return values


def measure(codes: Mapping[str, Codes], plan: Plan, noise: Noise) -> Measured:
    """Draw the noise of every residual of the plan. The person's bound on rows must hold in ``codes`` already."""
    residual: dict[Set, Real] = {}
    batches: dict[Set, Whole] = {}
    for columns in plan.scale:
        counts = tabulate(codes, columns, plan.sizes)
        batches[columns] = whole_residual(counts)
    for columns, exact in batches.items():
        if plan.cost(columns) == 0:
            residual[columns] = np.zeros(exact.shape, dtype=np.float64)
            continue
        noisy = exact + noise.gaussian(exact.size, plan.scale[columns]).reshape(exact.shape)
        residual[columns] = centred(noisy.astype(np.float64)) / plan.lift(columns)
    return Measured(plan, residual)


def all_marginals(measured: Measured, tables: Sequence[Set]) -> dict[Set, Real]:
    """The unbiased noisy marginals of all tables."""
    return {table: measured.marginal(table) for table in tables}
