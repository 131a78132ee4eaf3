"""Invented records: whole rows whose tables are those of the fitted population, as nearly as whole rows can be.

First each profile gets its share of the rows and each code its share of the profile's rows (rounded, not drawn, so that
little chance is added); then values are exchanged between rows wherever that brings the tables of two columns nearer to
the population's. Every step looks at the noisy population alone.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from fener.evidence.release.private.model import Population, generator, pair
from fener.evidence.release.private.residuals import Measured
from fener.evidence.release.private.samplers import Noise, Real

Rows = NDArray[np.int32]  # shape (columns, rows)

SWEEPS = 60
WORK = 150_000_000  # looked-up entries in all sweeps: a few seconds


def draw(population: Population, measured: Measured, rows: int, noise: Noise) -> dict[str, NDArray[np.int32]]:
    """``rows`` invented records: column -> codes from 0, shape (rows,), in an order that says nothing."""
    random = generator(noise)
    layout = population.layout
    profile = np.repeat(np.arange(len(population.weights)), shares(population.weights, rows, random))
    table = np.zeros((len(layout.names), rows), dtype=np.int32)
    for at, name in enumerate(layout.names):
        profiles = population.profiles[:, layout.place(name)]
        table[at] = _codes(profiles, profile, random)
        _set_right(table[at], shares(population.weights @ profiles, rows, random), random)
    _exchange(table, population, measured, random)
    order = random.permutation(rows)
    return {name: table[at, order] for at, name in enumerate(layout.names)}


def shares(weights: Real, rows: int, random: np.random.Generator) -> NDArray[np.int64]:
    """Whole numbers that add up to ``rows``, each within one of its share (systematic sampling)."""
    ends = np.cumsum(weights) * (rows / weights.sum())
    ends[-1] = rows
    return (
        np.diff(np.floor(ends + random.random()), prepend=0.0).astype(np.int64)
        if rows
        else np.zeros(len(weights), dtype=np.int64)
    )


def _codes(profiles: Real, profile: NDArray[np.int64], random: np.random.Generator) -> Rows:
    """A code for each row: evenly spread within its profile, in random order there."""
    rows = len(profile)
    order = np.lexsort((random.random(rows), profile))
    starts = np.searchsorted(profile[order], np.arange(len(profiles)))
    size = np.bincount(profile, minlength=len(profiles))
    rank = np.arange(rows) - starts[profile[order]]
    at = (rank + random.random(len(profiles))[profile[order]]) / size[profile[order]]
    ends = np.cumsum(profiles, axis=1)
    result = np.zeros(rows, dtype=np.int32)
    codes = np.zeros(rows, dtype=np.int32)
    for code in range(profiles.shape[1] - 1):
        codes += (at >= ends[profile[order], code] / ends[profile[order], -1]).astype(np.int32)
    result[order] = codes
    return result


def _set_right(codes: Rows, wanted: NDArray[np.int64], random: np.random.Generator) -> None:
    """Give each code as many rows as it should have, changing as few rows as possible."""
    over = np.bincount(codes, minlength=len(wanted)) - wanted
    spare = [random.permutation(np.flatnonzero(codes == code))[: over[code]] for code in np.flatnonzero(over > 0)]
    if spare:
        codes[random.permutation(np.concatenate(spare))] = np.repeat(np.arange(len(wanted)), np.maximum(-over, 0))


def _exchange(table: Rows, population: Population, measured: Measured, random: np.random.Generator) -> None:
    """Exchange single values between rows where the weighted squared distance of all tables of two columns falls."""
    columns, rows = table.shape
    if columns < 2 or rows < 2:
        return
    state = _Exchange(table, population, measured)
    sweeps = min(SWEEPS, max(2, WORK // (rows * columns * columns)))
    for sweep in range(sweeps):
        pace = 2.0 if sweep < sweeps // 2 else 0.5
        for at in random.permutation(columns):
            state.improve(int(at), random, pace)
    table[:] = state.place - state.starts[:, None]


class _Exchange:
    """Rows and how far their tables of two columns are from what is wanted; codes of all columns side by side."""

    def __init__(self, table: Rows, population: Population, measured: Measured) -> None:
        layout = population.layout
        self.starts = layout.starts.astype(np.int32)
        self.width = layout.width
        self.place: Rows = table + self.starts[:, None]
        self.spans = [layout.place(name) for name in layout.names]
        self.wanted = np.zeros((self.width, self.width), dtype=np.float32)
        for one, other in itertools.combinations(range(len(table)), 2):
            near = pair(population, measured, (layout.names[one], layout.names[other]))
            near *= table.shape[1] / max(near.sum(), 1e-9)
            self.wanted[self.spans[one], self.spans[other]] = near
            self.wanted[self.spans[other], self.spans[one]] = near.T
        self.weight = 1 / np.sqrt(self.wanted + 1)  # a rare pair counts for more than its square, a common one for less

    def _gains(self, at: int) -> tuple[NDArray[np.float32], NDArray[np.float32], float]:
        """What is won by one more, and by one less, of each pair of a code of this column and any other code.

        Third, how many exchanges would do if each were perfect: more than some of these at a time would overshoot.
        """
        span = self.spans[at]
        size = span.stop - span.start
        inside = self.place[at] - self.starts[at]
        counts = np.zeros((size, self.width), dtype=np.float32)
        for other, there in enumerate(self.spans):
            if other != at:
                wide = there.stop - there.start
                both = inside * np.int32(wide) + (self.place[other] - self.starts[other])
                counts[:, there] = np.bincount(both, minlength=size * wide).reshape(size, wide)
        off = self.wanted[span] - counts
        weight = self.weight[span]
        needed = float(np.abs(off).sum()) / (4 * (len(self.place) - 1))
        return (weight * (2 * off - 1)).astype(np.float32), (weight * (-2 * off - 1)).astype(np.float32), needed

    def improve(self, at: int, random: np.random.Generator, pace: float) -> None:
        """Exchange this column's values between rows that stand badly; the column's own table stays as it is."""
        more, less, needed = self._gains(at)
        mine = self.place[at] - self.starts[at]
        others = [self.place[other] for other in range(len(self.place)) if other != at]
        leave = np.zeros(len(mine), dtype=np.float32)
        for codes in others:
            leave += less[mine, codes]
        count = max(2, len(mine) // 4)
        chosen = np.argpartition(-leave - random.exponential(np.abs(leave).mean() + 1e-6, len(mine)), count - 1)[:count]
        random.shuffle(chosen)
        one, other = chosen[: count // 2], chosen[count // 2 : 2 * (count // 2)]
        gain = leave[one] + leave[other]
        for codes in others:
            left, right = codes[one], codes[other]
            added = more[mine[other], left] + more[mine[one], right]
            taken = less[mine[one], left] + less[mine[other], right]
            gain += np.where(left == right, -taken, added)  # where both agree, nothing changes
        take = np.flatnonzero((gain > 0) & (mine[one] != mine[other]))  # in random order, as ``chosen`` is
        take = take[: max(1, int(pace * needed))]
        one, other = one[take], other[take]
        self.place[at, one], self.place[at, other] = self.place[at, other], self.place[at, one]
