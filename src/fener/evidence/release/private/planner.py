"""Residual marginals and the noise that each should get: ResidualPlanner (Xiao, He, Zhang & Kifer, NeurIPS 2023).

A marginal over the columns A splits into orthogonal residuals, one for each subset of A. The residual over A is the
marginal over A with the mean along every axis taken away; adding the noise of one such residual with variance
``sigma²`` costs ``p_A / (2 sigma²)`` of rho, where ``p_A`` is the product of ``(n_i - 1) / n_i`` over the columns of A
(``n_i`` codes in column i). The noise of the marginal over A then has, in each cell, the variance

    sum over B within A of  sigma_B² * product over B of (n_i - 1) / n_i * product over A without B of 1 / n_i².

Whatever weighted sum of variances is wanted becomes ``sum of v_B sigma_B²``; under a budget its minimum is
``sigma_B² = sqrt(p_B / v_B) * sum over C of sqrt(p_C v_C) / (2 rho)`` (Cauchy-Schwarz).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fener.evidence.release.private.samplers import dyadic

Set = tuple[str, ...]  # columns, in the order of the specification

# Share of the budget by number of columns, and how much more a column with many codes weighs (see docs/figures.md).
SHARES = {0: 0.02, 1: 0.36, 2: 0.51, 3: 0.11}  # 3: three and more
SIZE = {0: 0.0, 1: 1.0, 2: 0.8, 3: 0.8}


@dataclass(frozen=True)
class Plan:
    """The noise of each residual. ``scale[A]``: of the whole-number noise on the residual times ``lift(A)``.

    ``rows_per_person``: how many records of one person count at most. ``rho``: the exact cost of everything.
    """

    sizes: Mapping[str, int]
    scale: Mapping[Set, Fraction]
    rows_per_person: int = 1

    def lift(self, columns: Set) -> int:
        """What makes a residual whole: the product of the columns' sizes."""
        return math.prod(self.sizes[name] for name in columns)

    def sigma2(self, columns: Set) -> float:
        """``sigma²`` of a residual, in persons²."""
        return float(self.scale[columns] / self.lift(columns)) ** 2

    def cost(self, columns: Set) -> Fraction:
        """The rho of one residual: squared distance of neighbours over twice the squared scale, exactly."""
        apart = self.rows_per_person**2 * math.prod(self.sizes[n] * (self.sizes[n] - 1) for n in columns)
        return Fraction(apart) / (2 * self.scale[columns] ** 2)

    @property
    def rho(self) -> Fraction:
        """The exact rho of all residuals together."""
        return sum((self.cost(columns) for columns in self.scale), Fraction(0))

    def variance(self, columns: Set) -> float:
        """Variance, in persons², of the noise in each cell of the reconstructed marginal over ``columns``."""
        total = 0.0
        for part in subsets(columns):
            inside = math.prod((self.sizes[n] - 1) / self.sizes[n] for n in part)
            outside = math.prod(1 / self.sizes[n] ** 2 for n in columns if n not in part)
            total += self.sigma2(part) * inside * outside
        return total


def subsets(columns: Set) -> list[Set]:
    """All subsets, the empty one first."""
    return [part for length in range(len(columns) + 1) for part in itertools.combinations(columns, length)]


def closure(tables: Sequence[Set]) -> list[Set]:
    """Every residual that some table needs, shorter ones first, in a fixed order."""
    return sorted({part for table in tables for part in subsets(table)}, key=lambda part: (len(part), part))


def plan(
    tables: Sequence[Set],
    sizes: Mapping[str, int],
    rho: float,
    *,
    rows_per_person: int = 1,
    weights: Mapping[Set, float] | None = None,
) -> Plan:
    """The best noise for ``tables`` under ``rho``.

    ``weights``: table -> weight of the sum of the variances of its cells; the plan is then ResidualPlanner's optimum of
    that sum. Without weights the budget is divided by the number of columns (``SHARES``), which serves small and large
    tables alike. The cost, computed exactly, never exceeds ``rho``.
    """
    needed = closure(tables)
    price = {part: _price(part, sizes) for part in needed}
    value = _values(tables, sizes, weights) if weights is not None else _shared(needed, sizes, price)
    total = sum(math.sqrt(price[part] * value[part]) for part in needed if price[part])
    scale: dict[Set, Fraction] = {}
    for part in needed:
        if not price[part]:  # a column with one code adds nothing; its residual is zero and free
            scale[part] = Fraction(1)
            continue
        sigma = rows_per_person * math.sqrt(math.sqrt(price[part] / value[part]) * total / (2 * rho))
        scale[part] = dyadic(Fraction(sigma) * math.prod(sizes[n] for n in part))
    made = Plan(dict(sizes), scale, rows_per_person)
    limit = Fraction(rho)
    while made.rho > limit:  # only rounding of square roots can lead here
        scale = {part: dyadic(one * Fraction(1_000_001, 1_000_000)) for part, one in scale.items()}
        made = Plan(dict(sizes), scale, rows_per_person)
    return made


def _price(part: Set, sizes: Mapping[str, int]) -> float:
    return math.prod((sizes[n] - 1) / sizes[n] for n in part)


def _values(tables: Sequence[Set], sizes: Mapping[str, int], weights: Mapping[Set, float]) -> dict[Set, float]:
    """How much each residual's ``sigma²`` adds to the weighted sum of the variances of all cells."""
    value: dict[Set, float] = {}
    for table in tables:
        for part in subsets(table):
            cells = math.prod(sizes[n] for n in part) / math.prod(sizes[n] for n in table if n not in part)
            value[part] = value.get(part, 0.0) + weights[table] * cells * _price(part, sizes)
    return {part: max(one, 1e-300) for part, one in value.items()}


def _shared(needed: Sequence[Set], sizes: Mapping[str, int], price: Mapping[Set, float]) -> dict[Set, float]:
    """Values for which the optimum spends ``SHARES`` of the budget by number of columns."""
    depth = {part: min(len(part), 3) for part in needed}
    start = {part: math.prod(sizes[n] - 1 for n in part) ** SIZE[depth[part]] for part in needed}
    spent = dict.fromkeys(SHARES, 0.0)
    for part in needed:
        spent[depth[part]] += math.sqrt(price[part] * start[part])
    return {
        part: max(start[part] * (SHARES[depth[part]] / spent[depth[part]]) ** 2, 1e-300) if price[part] else 1.0
        for part in needed
    }
