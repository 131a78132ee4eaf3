"""A membership attack on a release, run and not only bounded: can somebody tell whether one person was in the file?

The attacker is given more than any attacker has: every record but the target's, all of the target's values, the plan of
the noise. From each release the best test there is (the likelihood ratio) says "in" or "out"; half of the releases are
made with the target and half without. ``advantage`` is the share of hits less the share of false alarms: 0 is
guessing, 1 is certainty. Differential privacy bounds it, whatever the attacker knows.

What is attacked are invented records, so that the result can be published: a test on the real ones would itself tell
something about them. The noise, which is all that protects, is the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fener.evidence.release.private import geometric
from fener.evidence.release.private.planner import Plan
from fener.evidence.release.private.residuals import measure, tabulate, whole_residual
from fener.evidence.release.private.samplers import Noise

WORLD = 300  # records of other persons; how many there are makes no difference to the attack
Codes = NDArray[np.int32]


@dataclass(frozen=True)
class Attack:
    """``hits``: share recognised of the releases with the target; ``alarms``: of those without. ``bound``: of both."""

    runs: int
    hits: float
    alarms: float
    bound: float

    @property
    def advantage(self) -> float:
        """Hits less false alarms."""
        return self.hits - self.alarms

    @property
    def error(self) -> float:
        """Half the width of the 95 % interval of the advantage (normal approximation, at least 1 / runs)."""
        half = max(self.runs // 2, 1)
        spread = self.hits * (1 - self.hits) / half + self.alarms * (1 - self.alarms) / half
        return max(1.96 * math.sqrt(spread), 1 / max(self.runs, 1))


def _with(world: Mapping[str, Codes], target: int, copies: int) -> dict[str, Codes]:
    return {name: np.concatenate([codes, np.repeat(codes[target], copies)]) for name, codes in world.items()}


def _attacked(score: Callable[[bool], float], runs: int, bound: float) -> Attack:
    half = max(runs // 2, 1)
    hits = sum(score(True) > 0 for _ in range(half)) / half
    alarms = sum(score(False) > 0 for _ in range(half)) / half
    return Attack(2 * half, hits, alarms, bound)


def on_marginals(world: Mapping[str, Codes], made: Plan, bound: float, runs: int, noise: Noise) -> Attack:
    """Attack the noisy residuals. ``world``: column -> codes of invented records, of which the first are used."""
    world = {name: codes[:WORLD] for name, codes in world.items()}
    joined = _with(world, 0, made.rows_per_person)
    mark = {}
    for part in made.scale:
        if made.cost(part):
            base = whole_residual(tabulate(world, part, made.sizes))
            there = whole_residual(tabulate(joined, part, made.sizes)) - base
            mark[part] = (base / made.lift(part), there / made.lift(part))

    def score(there: bool) -> float:
        seen = measure(joined if there else world, made, noise)
        total = 0.0
        for part, (base, step) in mark.items():
            off = seen.residual[part] - base
            total += float((step * (off - step / 2)).sum()) / made.sigma2(part)
        return total

    return _attacked(score, runs, bound)


def on_geometric(
    world: Mapping[str, Codes],
    sizes: Mapping[str, int],
    made: geometric.GeometricPlan,
    bound: float,
    runs: int,
    noise: Noise,
) -> Attack:
    """Attack noisy tables."""
    world = {name: codes[:WORLD] for name, codes in world.items()}
    joined = _with(world, 0, made.rows_per_person)
    mark = {table: (tabulate(world, table, sizes), tabulate(joined, table, sizes)) for table in made.tables}

    def score(there: bool) -> float:
        seen = geometric.measure(joined if there else world, sizes, made, noise)
        return sum(
            float((np.abs(seen[table] - out) - np.abs(seen[table] - inside)).sum()) / float(made.scale[table])
            for table, (out, inside) in mark.items()
        )

    return _attacked(score, runs, bound)
