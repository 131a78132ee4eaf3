"""Noise with a seed, for tests and only here: the command and the library have no way to reach it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from fener.evidence.release.private.samplers import Real, Whole


class SeededNoise:
    """Rounded floating-point noise: quick, the same each time, and no protection at all."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.asked = 0

    def laplace(self, size: int, scale: Fraction) -> Whole:
        """Difference of two geometric draws: the discrete Laplace law."""
        self.asked += size
        chance = 1 - np.exp(-1 / float(scale))
        return np.asarray(self.random.geometric(chance, size) - self.random.geometric(chance, size), dtype=np.int64)

    def gaussian(self, size: int, scale: Fraction) -> Whole:
        """A rounded Gaussian."""
        self.asked += size
        return np.asarray(np.rint(self.random.normal(0, float(scale), size)), dtype=np.int64)

    def uniform(self, size: int) -> Real:
        """Floating-point uniform."""
        return self.random.random(size)
