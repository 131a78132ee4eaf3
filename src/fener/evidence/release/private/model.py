"""One population behind all noisy marginals: a mixture of profiles, fitted to the noisy residuals.

``P(x) = sum over k of w_k * product over columns i of q_ki(x_i)``. Each table of the mixture is non-negative and all
agree, whatever was measured; the fit weighs every residual by its known variance (least squares, which is maximum
likelihood for Gaussian noise). Fitting a relaxed population to noisy queries: Liu, Vietri & Wu (2021), Aydore et al.
(2021). Nothing here sees the data, so nothing here costs privacy.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fener.evidence.release.private.planner import Set
from fener.evidence.release.private.residuals import Measured, centred
from fener.evidence.release.private.samplers import Noise, Real

Real32 = NDArray[np.float32]

PROFILES = 500  # at most; four for each code where the code lists are short
STEPS = 800
RATE = 0.15  # of Adam, falling to a tenth
WORK = 2_000  # entries of larger tables that one step looks at (at least one table)
LEAST = np.float32(-16)  # of a logarithm below its greatest: smaller shares are no use, and slow to compute with


@dataclass(frozen=True)
class Layout:
    """Where each column's codes stand when all codes of all columns are laid side by side."""

    names: tuple[str, ...]
    sizes: tuple[int, ...]

    @property
    def starts(self) -> NDArray[np.int64]:
        """First place of each column."""
        return np.concatenate([[0], np.cumsum(self.sizes)[:-1]]).astype(np.int64)

    def place(self, name: str) -> slice:
        """The places of one column."""
        at = self.names.index(name)
        start = sum(self.sizes[:at])
        return slice(start, start + self.sizes[at])

    @property
    def width(self) -> int:
        """How many codes all columns have together."""
        return sum(self.sizes)


@dataclass(frozen=True)
class Population:
    """A fitted mixture. ``total`` persons; ``weights``: shape (k,), adds up to 1; ``profiles``: shape (k, width)."""

    layout: Layout
    total: float
    weights: Real
    profiles: Real

    def marginal(self, columns: Set) -> Real:
        """Expected counts, persons, never negative, shape (n_i for i in columns)."""
        if not columns:
            return np.asarray(self.total)
        shape = [self.layout.sizes[self.layout.names.index(name)] for name in columns]
        factors = [self.profiles[:, self.layout.place(name)] for name in columns]
        first = (factors[0] * self.weights[:, None]).T
        if len(factors) == 1:
            return np.asarray(self.total * first.sum(axis=1), dtype=np.float64)
        return np.asarray(self.total * (first @ _crossed(factors[1:])).reshape(shape), dtype=np.float64)


def _crossed(factors: Sequence[NDArray[np.floating]]) -> NDArray[np.floating]:
    """All products of one entry of each factor, row by row: shape (k, product of widths)."""
    result = factors[0]
    for factor in factors[1:]:
        result = (result[:, :, None] * factor[:, None, :]).reshape(len(result), -1)
    return result


def generator(noise: Noise) -> np.random.Generator:
    """A fast generator for choices that touch no data, started from the noise's own source."""
    return np.random.default_rng((noise.uniform(4) * 2.0**53).astype(np.uint64))


def fit(measured: Measured, noise: Noise, *, profiles: int | None = None, steps: int = STEPS) -> Population:
    """Fit the mixture to all residuals of one, two and more columns. Takes seconds; random only in where it starts."""
    names = tuple(dict.fromkeys(name for part in measured.residual for name in part))
    layout = Layout(names, tuple(measured.plan.sizes[name] for name in names))
    total = max(1.0, float(measured.residual[()]))
    if not names:
        return Population(layout, total, np.ones(1), np.zeros((1, 0)))
    kinds = profiles or min(PROFILES, max(32, 4 * layout.width))
    work = _Fit(measured, layout, total, kinds, generator(noise))
    for step in range(steps):
        work.step(step, steps)
    weights, table = work.population()
    result = Population(layout, total, weights.astype(np.float64), table.astype(np.float64))
    return _raked(result, measured)


class _Fit:
    """The state of one fit. Everything is a share of the total; float32 is ample for what is noisy anyway."""

    def __init__(
        self, measured: Measured, layout: Layout, total: float, profiles: int, random: np.random.Generator
    ) -> None:
        self.layout, self.random = layout, random
        self.sums = np.zeros((layout.width, len(layout.names)), dtype=np.float32)
        for at, (start, size) in enumerate(zip(layout.starts, layout.sizes, strict=True)):
            self.sums[start : start + size, at] = 1
        self.means = self.sums / np.asarray(layout.sizes, dtype=np.float32)
        self.wanted = np.zeros((layout.width, layout.width), dtype=np.float32)
        self.pull = np.zeros_like(self.wanted)
        self.wanted1 = np.zeros(layout.width, dtype=np.float32)
        self.pull1 = np.zeros_like(self.wanted1)
        self.larger: list[tuple[Set, Real32, float]] = []
        self._take(measured, total)
        even = (self.means.sum(axis=1)).astype(np.float32)
        start_at = np.log(np.clip(self.wanted1 + even, 1e-4, None))
        self.logits = start_at + random.normal(size=(profiles, layout.width)).astype(np.float32)
        self.heights = np.zeros(profiles, dtype=np.float32)
        self.moments = [np.zeros_like(x) for x in (self.logits, self.logits, self.heights, self.heights)]
        self.turn = 0

    def _take(self, measured: Measured, total: float) -> None:
        for part, residual in measured.residual.items():
            if not measured.plan.cost(part):
                continue
            pull = total**2 / measured.plan.sigma2(part)
            share = (residual / total).astype(np.float32)
            places = [self.layout.place(name) for name in part]
            if len(part) == 1:
                self.wanted1[places[0]], self.pull1[places[0]] = share, pull
            elif len(part) == 2:
                self.wanted[places[0], places[1]], self.pull[places[0], places[1]] = share, pull
                self.wanted[places[1], places[0]], self.pull[places[1], places[0]] = share.T, pull
            elif len(part) > 2:
                order = np.argsort([-size for size in share.shape], kind="stable")  # the widest column first
                self.larger.append((tuple(part[i] for i in order), share.transpose(order), pull))
        self.random.shuffle(self.larger)

    def population(self) -> tuple[Real32, Real32]:
        """Weights and profiles as they stand."""
        self.heights = np.maximum(self.heights - self.heights.max(), LEAST)
        heights = np.asarray(np.exp(self.heights), dtype=np.float32)
        self.logits -= self.logits.max(axis=1, keepdims=True)
        np.maximum(self.logits, LEAST, out=self.logits)
        table = np.asarray(np.exp(self.logits), dtype=np.float32)
        weights = heights / np.float32(heights.sum())
        shares = table / ((table @ self.sums) @ self.sums.T)
        return weights.astype(np.float32), shares.astype(np.float32)

    def _centred(self, table: Real32) -> Real32:
        means = (table @ self.sums) @ self.means.T
        return np.asarray(table - means, dtype=np.float32)

    def step(self, step: int, steps: int) -> None:
        """One step of Adam down the weighted squared distance from all residuals."""
        weights, table = self.population()
        off = self._centred(self._centred(table.T @ (table * weights[:, None])).T).T - self.wanted
        pulled = table @ (off * self.pull)
        off1 = (self._centred((weights @ table)[None, :])[0] - self.wanted1) * self.pull1
        slope = weights[:, None] * (pulled + off1)
        rise = 0.5 * (table * pulled).sum(axis=1) + table @ off1
        for part, wanted, pull in self._some_larger():
            rise += self._add_larger(slope, weights, table, part, wanted, pull)
        slope = table * (slope - ((table * slope) @ self.sums) @ self.sums.T)
        rise = weights * (rise - float(weights @ rise))
        rate = RATE * (1 - 0.9 * step / steps)
        self._adam(self.logits, slope, self.moments[0], self.moments[1], rate, step)
        self._adam(self.heights, rise, self.moments[2], self.moments[3], rate, step)

    def _some_larger(self) -> list[tuple[Set, Real32, float]]:
        """The next of the larger residuals, in turn, weighed as if all had been looked at."""
        chosen: list[tuple[Set, Real32, float]] = []
        room = WORK
        while self.larger and len(chosen) < len(self.larger) and (room > 0 or not chosen):
            chosen.append(self.larger[self.turn % len(self.larger)])
            room -= chosen[-1][1].size
            self.turn += 1
        more = len(self.larger) / len(chosen) if chosen else 0.0
        return [(part, wanted, pull * more) for part, wanted, pull in chosen]

    def _add_larger(
        self, slope: Real32, weights: Real32, table: Real32, part: Set, wanted: Real32, pull: float
    ) -> Real32:
        places = [self.layout.place(name) for name in part]
        factors = [table[:, place] for place in places]
        rest = _crossed(factors[1:])
        off = (factors[0] * weights[:, None]).T @ rest
        off = (centred(off.reshape(wanted.shape)) - wanted).astype(np.float32).reshape(off.shape) * np.float32(pull)
        first = rest @ off.T
        slope[:, places[0]] += weights[:, None] * first
        against = (factors[0] @ off).reshape(len(weights), *wanted.shape[1:])
        letters = "abcdefghij"[: len(part) - 1]
        for at, place in enumerate(places[1:]):
            others = [(f, letters[i]) for i, f in enumerate(factors[1:]) if i != at]
            terms = ",".join(["z" + letters, *("z" + letter for _, letter in others)])
            found = np.einsum(f"{terms}->z{letters[at]}", against, *(f for f, _ in others), optimize=True)
            slope[:, place] += weights[:, None] * found
        return np.asarray((first * factors[0]).sum(axis=1), dtype=np.float32)

    def _adam(self, value: Real32, slope: Real32, mean: Real32, square: Real32, rate: float, step: int) -> None:
        mean *= 0.9
        mean += 0.1 * slope
        square *= 0.99
        square += 0.01 * slope * slope + 1e-24
        ahead = mean * (rate / (1 - 0.9 ** (step + 1)))
        value -= ahead / (np.sqrt(square / (1 - 0.99 ** (step + 1))) + 1e-12)


def pair(population: Population, measured: Measured, columns: Set) -> Real:
    """A table of two columns: the population's, moved towards what was measured as far as noise cannot explain.

    Per residual the difference is kept by the factor ``1 - (d + 2 sqrt(2 d)) / chi²`` (none if negative), ``d`` degrees
    of freedom: James & Stein's shrinkage, with two standard deviations of chi² in favour of the fit.
    """
    table = population.marginal(columns)
    for part in (columns[:1], columns[1:], columns):
        if part not in measured.residual or not measured.plan.cost(part):
            continue
        off = measured.residual[part] - centred(population.marginal(part))
        free = math.prod(size - 1 for size in off.shape)
        excess = float((off**2).sum()) / measured.plan.sigma2(part)
        keep = max(0.0, 1 - (free + 2 * math.sqrt(2 * free)) / max(excess, 1e-9))
        if len(part) == 2:
            table = table + keep * off
        else:
            axis = columns.index(part[0])
            table = table + keep * np.expand_dims(off, 1 - axis) / table.shape[1 - axis]
    return np.asarray(np.clip(table, 0.0, None), dtype=np.float64)


def nearest_counts(values: Real, total: float) -> Real:
    """The nearest non-negative values with this sum (Euclidean projection onto the simplex)."""
    ordered = np.sort(values)[::-1]
    excess = (np.cumsum(ordered) - total) / np.arange(1, len(values) + 1)
    last = int(np.flatnonzero(ordered - excess > 0)[-1])
    return np.asarray(np.clip(values - excess[last], 0.0, None), dtype=np.float64)


def _raked(population: Population, measured: Measured) -> Population:
    """Tilt the profiles until the tables of one column are the measured ones (which are the most exact of all)."""
    layout, table = population.layout, population.profiles.copy()
    singles: Mapping[str, Real] = {
        name: nearest_counts(measured.marginal((name,)), population.total) / population.total for name in layout.names
    }
    for _ in range(20):
        for name, wanted in singles.items():
            place = layout.place(name)
            now = population.weights @ table[:, place]
            tilt = np.where(now > 0, wanted / np.maximum(now, 1e-300), 0.0)
            moved = table[:, place] * np.clip(tilt, 1e-6, 1e6)
            table[:, place] = moved / moved.sum(axis=1, keepdims=True)
    if not math.isfinite(float(table.sum())):  # pragma: no cover (a guard: the tables would be useless)
        raise ArithmeticError("the fit did not stay finite")
    return Population(layout, population.total, population.weights, table)
