"""Making a private release of records in memory: bound rows, charge the ledger, draw noise, put tables together."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from fener.bad_input import BadInput
from fener.evidence.release.microdata import Microdata
from fener.evidence.release.private import geometric, model, rows
from fener.evidence.release.private.accounting import SAFE, rho_of_pure, rho_within
from fener.evidence.release.private.ledger import Charge
from fener.evidence.release.private.one_thread import one_thread
from fener.evidence.release.private.persons import bounded
from fener.evidence.release.private.planner import Plan, Set, plan
from fener.evidence.release.private.residuals import Codes, Measured, measure, tabulate
from fener.evidence.release.private.samplers import ExactNoise, Noise, Real

MOST_CELLS = 5_000_000  # of all tables together: a minute of noise
MOST_WIDTH = 4_000  # codes of all columns together, for a population behind the tables
Count = NDArray[np.int64]


@dataclass(frozen=True)
class PrivateTable:
    """One table; every array has shape (codes of each column in ``by``).

    ``count``: never negative, whole; ``low`` to ``high``: the interval of the level asked for; ``measured``: unbiased,
    before anything was made non-negative. ``error``: expected absolute error of ``measured`` in one cell, persons.
    """

    by: Set
    count: Count
    low: Count
    high: Count
    measured: Real
    error: float


@dataclass(frozen=True)
class PrivateRelease:
    """All tables of a release, and invented records if they were asked for (column -> codes from 0).

    ``spent``: what it cost. ``plan``: how the noise was spread; publishing it costs nothing.
    """

    tables: tuple[PrivateTable, ...]
    spent: Charge
    plan: Plan | geometric.GeometricPlan
    sizes: Mapping[str, int]
    invented: Mapping[str, Codes] | None = None


def make(
    data: Microdata,
    tables: Sequence[Sequence[str]],
    *,
    epsilon: Fraction | float | str,
    delta: Fraction | float | str = 0,
    method: str = "marginals",
    rows_per_person: int = 1,
    level: float = 0.95,
    invented_rows: int | None = None,
    what: str = "release",
    charge: Callable[[Charge], object] | None = None,
    noise: Noise | None = None,
) -> PrivateRelease:
    """Tables of ``data`` with differential privacy for persons.

    ``method``: ``geometric`` (few tables, pure epsilon) or ``marginals`` (many tables that agree with each other; needs
    delta). ``invented_rows``: how many invented records, None for as many as were counted. ``charge`` is called with
    the exact cost before any noise is drawn, and may refuse by raising. Without ``noise`` the exact samplers are used;
    nothing else protects anybody. Raises BadInput for parameters that cannot be.
    """
    source = noise or ExactNoise()
    wanted = tuple(dict.fromkeys(tuple(table) for table in tables))
    sizes = {name: len(data.columns[name].labels) for table in wanted for name in table}
    cells = sum(math.prod(sizes[name] for name in table) for table in wanted)
    if cells > MOST_CELLS:
        raise BadInput(f"tables: have {cells:,} cells together; {MOST_CELLS:,} is the most")
    exact = Fraction(str(epsilon)), Fraction(str(delta))
    if exact[0] <= 0 or not 0 <= exact[1] < 1:
        raise BadInput("epsilon must be above 0, delta at least 0 and below 1")
    most = rows_per_person if data.person is not None else 1  # without persons each row is one
    codes = _rows_that_count(data, sizes, most, source)
    take = charge or (lambda _: None)
    if method == "geometric":
        return _geometric(codes, wanted, sizes, exact, most, level, what, take, source)
    if method != "marginals":
        raise BadInput(f"method: {method!r} is neither 'geometric' nor 'marginals'")
    if not exact[1]:
        raise BadInput("delta: must be above 0 for the method 'marginals' (its noise is Gaussian)")
    if sum(sizes.values()) > MOST_WIDTH:
        raise BadInput(f"tables: have {sum(sizes.values()):,} codes together; {MOST_WIDTH:,} is the most")
    budget = rho_within(*exact)
    made = plan(wanted, sizes, budget, rows_per_person=most)
    cost = Charge(what, exact[0], exact[1], float(made.rho) * (1 + SAFE))
    take(cost)
    return _together(measure(codes, made, source), wanted, cost, level, invented_rows, source)


def _rows_that_count(data: Microdata, sizes: Mapping[str, int], most: int, noise: Noise) -> dict[str, Codes]:
    codes = {name: data.columns[name].codes for name in sizes}
    if data.person is None:
        return codes
    chosen = bounded(data.person, most, noise)
    return {name: column[chosen] for name, column in codes.items()}


def _geometric(
    codes: Mapping[str, Codes],
    tables: Sequence[Set],
    sizes: Mapping[str, int],
    exact: tuple[Fraction, Fraction],
    most: int,
    level: float,
    what: str,
    take: Callable[[Charge], object],
    noise: Noise,
) -> PrivateRelease:
    made = geometric.plan(tables, exact[0], rows_per_person=most)
    cost = Charge(what, made.epsilon, Fraction(0), rho_of_pure(made.epsilon))
    take(cost)
    result = []
    for table, noisy in geometric.measure(codes, sizes, made, noise).items():
        scale = made.scale[table]
        around = geometric.half_width(scale, level)
        count = np.maximum(noisy, 0)
        q = math.exp(-1 / float(scale))
        result.append(
            PrivateTable(
                by=table,
                count=count,
                low=np.maximum(noisy - around, 0),
                high=np.maximum(noisy + around, 0),
                measured=noisy.astype(np.float64),
                error=2 * q / (1 - q * q),
            )
        )
    return PrivateRelease(tuple(result), cost, made, sizes)


def _together(
    measured: Measured, tables: Sequence[Set], cost: Charge, level: float, invented_rows: int | None, noise: Noise
) -> PrivateRelease:
    counted = max(0, round(float(measured.residual[()])))
    with one_thread():
        population = model.fit(measured, noise)
        behind = rows.draw(population, measured, counted, noise)
        invented = behind
        if invented_rows is not None and invented_rows != counted:
            invented = rows.draw(population, measured, invented_rows, noise)
    wide = float(norm.ppf((1 + level) / 2))
    result = []
    for table in tables:
        spread = math.sqrt(measured.plan.variance(table))
        noisy = measured.marginal(table)
        count = tabulate(behind, table, measured.plan.sizes)
        low = np.floor(noisy - wide * spread).astype(np.int64)
        high = np.ceil(noisy + wide * spread).astype(np.int64)
        result.append(
            PrivateTable(
                by=table,
                count=count,
                low=np.minimum(np.maximum(low, 0), count),  # the count itself always lies within
                high=np.maximum(high, count),
                measured=noisy,
                error=spread * math.sqrt(2 / math.pi),
            )
        )
    return PrivateRelease(tuple(result), cost, measured.plan, measured.plan.sizes, invented)
