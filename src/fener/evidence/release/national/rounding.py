"""Controlled rounding: every count to a multiple of the base so that all sums still hold, as near as possible."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from fener.evidence.release.national.cells import Cell, Shape


class NotAdditive(Exception):
    """No additive rounding exists within the distance that the base allows."""


def round_controlled(shape: Shape, counts: Mapping[Cell, int], base: int) -> dict[Cell, int]:
    """Round each count to one of its two neighbouring multiples of ``base``; multiples stay.

    All sums inside and between the tables hold afterwards, and the sum of all distances is the least possible (an
    integer program, solved exactly). In three dimensions and for linked tables such a rounding need not exist (Cox
    1987); multiples may then move by one base, and the distance is still less than two. Raises NotAdditive else.
    """
    cells = shape.cells
    index = {cell: number for number, cell in enumerate(cells)}
    true = np.array([counts[cell] for cell in cells], dtype=float)
    equations = _equations(shape, index)
    for reach in (0, 1):
        lowest = np.floor(true / base) - reach
        highest = np.ceil(true / base) + reach
        found = _nearest(true, base, np.maximum(lowest, 0), highest, equations)
        if found is not None:
            return {cell: int(found[number]) * base for cell, number in index.items()}
    raise NotAdditive


def _equations(shape: Shape, index: Mapping[Cell, int]) -> sparse.csr_matrix:
    rows, columns, values = [], [], []
    for number, line in enumerate(shape.lines):
        for cell, sign in ((line.whole, 1.0), *((part, -1.0) for part in line.parts)):
            rows.append(number)
            columns.append(index[cell])
            values.append(sign)
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(shape.lines), len(index)))


def _nearest(
    true: np.ndarray[tuple[int], np.dtype[np.float64]],
    base: int,
    lowest: np.ndarray[tuple[int], np.dtype[np.float64]],
    highest: np.ndarray[tuple[int], np.dtype[np.float64]],
    equations: sparse.csr_matrix,
) -> np.ndarray[tuple[int], np.dtype[np.float64]] | None:
    """Multiples k and distances d: minimise sum d with d >= |base k - true| and the equations on k."""
    size = len(true)
    one = sparse.identity(size)
    rules = [
        LinearConstraint(sparse.csr_matrix(sparse.hstack([base * one, -one])), -inf, true),
        LinearConstraint(sparse.csr_matrix(sparse.hstack([base * one, one])), true, inf),
    ]
    if equations.shape[0]:
        empty = sparse.csr_matrix((equations.shape[0], size))
        rules.append(LinearConstraint(sparse.csr_matrix(sparse.hstack([equations, empty])), 0, 0))
    result = milp(
        np.concatenate([np.zeros(size), np.ones(size)]),
        integrality=np.concatenate([np.ones(size, dtype=np.int8), np.zeros(size, dtype=np.int8)]),
        bounds=Bounds(np.concatenate([lowest, np.zeros(size)]), np.concatenate([highest, np.full(size, inf)])),
        constraints=rules,
        options={"mip_rel_gap": 0.0, "node_limit": 200_000},
    )
    return None if result.x is None else np.round(result.x[:size])
