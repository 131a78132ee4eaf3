"""The attack: the least and the most that a sum of unknowns can be, given everything that is published.

Linear programming gives the bounds (HiGHS); since persons are whole, the bounds are then rounded inwards and confirmed
by a table of whole numbers that attains them, found among the solutions or by integer programming.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, floor, inf
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

CLOSE = 1e-6


class Impossible(Exception):
    """No table of non-negative numbers agrees with what is published."""


@dataclass(frozen=True)
class Extreme:
    """One end. ``value`` (infinite if nothing bounds it), a table that attains it, and the price of each known row.

    ``prices``: shape (known rows,), how much the end moves when the row's count grows by one (dual values).
    """

    value: float
    table: NDArray[np.float64] | None
    prices: NDArray[np.float64]

    @property
    def whole(self) -> bool:
        """Whether the table consists of whole numbers."""
        return self.table is not None and bool(np.all(np.abs(self.table - np.round(self.table)) < CLOSE))


@dataclass
class Attack:
    """``known @ unknowns`` lies between ``low`` and ``high``; ``equations @ unknowns`` is zero; unknowns are >= 0."""

    known: sparse.csr_matrix
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    equations: sparse.csr_matrix
    prices: bool = False  # whether the prices are wanted (then empty cells stay in, for they have prices too)
    _columns: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        empty = (self.high <= 0) & (not self.prices)
        gone = np.asarray(self.known[np.flatnonzero(empty)].sum(axis=0)).reshape(-1) > 0
        self._columns = np.flatnonzero(~gone)  # who stands in an empty published cell, is nobody
        exact = self.low == self.high
        self._same, self._between = np.flatnonzero(exact & ~empty), np.flatnonzero(~exact & ~empty)
        part = self.known[:, self._columns]
        ties = self.equations[:, self._columns]
        self._equal = sparse.csr_matrix(sparse.vstack([part[self._same], ties]))
        self._value = np.concatenate([self.low[self._same], np.zeros(ties.shape[0])])
        loose = part[self._between]
        self._upper = sparse.csr_matrix(sparse.vstack([loose, -loose]))
        self._limit = np.concatenate([self.high[self._between], -self.low[self._between]])

    def end(self, row: sparse.csr_matrix, *, most: bool) -> Extreme:
        """The greatest (or least) value of ``row @ unknowns``. Raises Impossible where nothing agrees."""
        sign = -1.0 if most else 1.0
        costs = np.asarray(row[:, self._columns].todense()).reshape(-1)
        nothing = np.zeros(len(self.low))
        if not len(self._columns):
            return Extreme(0.0, np.zeros(self.known.shape[1]), nothing)
        rules: dict[str, Any] = {}
        if self._upper.shape[0]:
            rules |= {"A_ub": self._upper, "b_ub": self._limit}
        if self._equal.shape[0]:
            rules |= {"A_eq": self._equal, "b_eq": self._value}
        result = linprog(sign * costs, bounds=(0, None), method="highs", **rules)
        if result.status == 3:
            return Extreme(inf if most else -inf, None, nothing)
        if result.status != 0:
            if np.any(costs) and result.status == 4:  # presolve cannot tell unbounded from impossible; the origin can
                self.end(sparse.csr_matrix(row.shape), most=most)
                return Extreme(inf if most else -inf, None, nothing)
            raise Impossible
        prices = nothing
        if self._equal.shape[0]:
            prices[self._same] = sign * result.eqlin.marginals[: len(self._same)]
        table = np.zeros(self.known.shape[1])
        table[self._columns] = result.x
        value = sign * float(result.fun or 0.0)
        return Extreme(value, table, prices)

    def whole_table(
        self, row: sparse.csr_matrix, *, at: float, most: bool, small: sparse.csr_matrix | None = None
    ) -> NDArray[np.float64] | None:
        """A table of whole numbers in which ``row`` is at least (``most``) or at most ``at``; None if there is none.

        Of several such tables one in which the sum of the rows of ``small`` is nearly the least.
        """
        if not len(self._columns):
            return np.zeros(self.known.shape[1]) if (at <= 0 if most else at >= 0) else None
        rules = [LinearConstraint(row[:, self._columns], at if most else -inf, inf if most else at)]
        if self._equal.shape[0]:
            rules.append(LinearConstraint(self._equal, self._value, self._value))
        if self._upper.shape[0]:
            rules.append(LinearConstraint(self._upper, -inf, self._limit))
        size = len(self._columns)
        wish: NDArray[np.float64] = np.zeros(size)
        if small is not None and small.shape[0]:
            wish = np.asarray(small.sum(axis=0), dtype=float).reshape(-1)[self._columns]
        result = milp(
            wish,
            integrality=np.ones(size, dtype=np.int8),
            bounds=Bounds(0, inf),
            constraints=rules,
            options={"mip_rel_gap": 0.5},
        )
        if result.x is None:
            return None
        table = np.zeros(self.known.shape[1])
        table[self._columns] = np.round(result.x)
        return table

    def possible(self) -> bool:
        """Whether any table agrees with everything."""
        try:
            self.end(sparse.csr_matrix((1, self.known.shape[1])), most=True)
        except Impossible:
            return False
        return True


@dataclass
class Seen:
    """The least and the most that tables found so far give each target: one table serves many targets at once."""

    rows: sparse.csr_matrix
    low: NDArray[np.float64] = field(init=False)
    high: NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        self.low, self.high = np.full(self.rows.shape[0], inf), np.full(self.rows.shape[0], -inf)

    def take(self, table: NDArray[np.float64]) -> None:
        """Note what a table gives each target."""
        values = np.asarray(self.rows @ table).reshape(-1)
        self.low, self.high = np.minimum(self.low, values), np.maximum(self.high, values)

    def lacks(self, number: int, *, most: bool, enough: float) -> bool:
        """Whether no table so far takes this target to ``enough``."""
        return bool(self.high[number] < enough - CLOSE) if most else bool(self.low[number] > enough + CLOSE)


def whole_interval(attack: Attack, row: sparse.csr_matrix) -> tuple[float, float]:
    """Least and most of the target as whole numbers (from the linear bounds, rounded inwards)."""
    return rounded_inwards(attack.end(row, most=False).value, attack.end(row, most=True).value)


def rounded_inwards(low: float, high: float) -> tuple[float, float]:
    """The whole numbers between two bounds: the least and the most of them."""
    return (ceil(low - CLOSE) if low > -inf else low), (floor(high + CLOSE) if high < inf else high)
