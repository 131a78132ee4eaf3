"""Few tables: every count with geometric (discrete Laplace) noise, each table by itself; pure epsilon.

A person in at most ``m`` rows changes one table by at most ``m`` in all (L1), so noise of scale ``m / epsilon_t`` gives
``epsilon_t`` for that table (Ghosh, Roughgarden & Sundararajan, 2009), and the epsilons of the tables add up.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fener.evidence.release.private.planner import Set
from fener.evidence.release.private.residuals import Codes, tabulate
from fener.evidence.release.private.samplers import Noise, Whole, dyadic


@dataclass(frozen=True)
class GeometricPlan:
    """``scale``: of each table's noise. ``epsilon``: the exact cost of all tables (never above what was asked)."""

    tables: tuple[Set, ...]
    scale: Mapping[Set, Fraction]
    rows_per_person: int = 1

    @property
    def epsilon(self) -> Fraction:
        """The exact sum of what the tables cost."""
        return sum((self.rows_per_person / self.scale[table] for table in self.tables), Fraction(0))


def plan(tables: Sequence[Set], epsilon: Fraction, *, rows_per_person: int = 1) -> GeometricPlan:
    """Divide ``epsilon`` evenly among the tables."""
    scale = dyadic(Fraction(rows_per_person * len(tables)) / epsilon)
    return GeometricPlan(tuple(tables), dict.fromkeys(tables, scale), rows_per_person)


def measure(
    codes: Mapping[str, Codes], sizes: Mapping[str, int], made: GeometricPlan, noise: Noise
) -> dict[Set, Whole]:
    """The noisy tables: persons, unbiased, negative entries possible."""
    noisy: dict[Set, Whole] = {}
    for table in made.tables:
        counts = tabulate(codes, table, sizes)
        noisy[table] = counts + noise.laplace(counts.size, made.scale[table]).reshape(counts.shape)
    return noisy


def half_width(scale: Fraction, level: float) -> int:
    """The smallest t with P(|noise| <= t) >= level; exact: P(|noise| > t) = 2 q^(t+1) / (1 + q), q = exp(-1/scale)."""
    q = math.exp(-1 / float(scale))
    wanted = (1 - level) * (1 + q) / 2
    return max(0, math.ceil(math.log(wanted) / math.log(q) - 1 - 1e-12))
