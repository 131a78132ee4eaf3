"""Noise on whole numbers, drawn exactly: OpenDP's discrete Laplace and discrete Gaussian samplers.

Ordinary floating-point samplers leave traces in their last bits from which a true count can be read (Mironov, 2012).
OpenDP draws with exact rational arithmetic from the system's random source, and cannot be seeded. Scales are fractions
whose denominator is a power of two, so that the number that OpenDP reads is the number that was accounted for.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]

BITS = 20  # binary places of a scale
PIECE = 20_000  # draws asked for at a time; pieces run side by side


class Noise(Protocol):
    """A source of noise. A release uses ``ExactNoise``; tests have one of their own with a seed."""

    def laplace(self, size: int, scale: Fraction) -> Whole:
        """Independent draws, P(k) proportional to exp(-|k| / scale)."""

    def gaussian(self, size: int, scale: Fraction) -> Whole:
        """Independent draws, P(k) proportional to exp(-k² / (2 scale²))."""

    def uniform(self, size: int) -> Real:
        """Independent draws from [0, 1), for choices that need no exact law (which rows of a person, invented rows)."""


def dyadic(value: Fraction | float) -> Fraction:
    """The scale rounded up to ``BITS`` binary places (more noise, never less), exact as a floating-point number."""
    scaled = Fraction(value) * 2**BITS
    bits = max(0, scaled.numerator.bit_length() - scaled.denominator.bit_length() - 50)
    step = Fraction(2**bits)
    up: int = math.ceil(scaled / step)
    result: Fraction = up * step / 2**BITS
    if Fraction(float(result)) != result:
        raise ValueError("a scale that no floating-point number holds")
    return result


class ExactNoise:
    """OpenDP's samplers. ``scale`` must be what ``dyadic`` gives; 0 draws nothing but zeros and is refused."""

    def laplace(self, size: int, scale: Fraction) -> Whole:
        """See ``Noise``."""
        return _drawn(size, scale, "l1_distance", "i64", "make_geometric")

    def gaussian(self, size: int, scale: Fraction) -> Whole:
        """See ``Noise``."""
        return _drawn(size, scale, "l2_distance", "f64", "make_gaussian")

    def uniform(self, size: int) -> Real:
        """See ``Noise``; from the system's random source, 53 bits each."""
        bits = np.frombuffer(os.urandom(8 * size), dtype=np.uint64) >> np.uint64(11)
        return np.asarray(bits * 2.0**-53, dtype=np.float64)


def _drawn(size: int, scale: Fraction, metric: str, distance: str, maker: str) -> Whole:
    if scale <= 0 or Fraction(float(scale)) != scale:
        raise ValueError(f"scale {scale} must be positive and exact as a floating-point number")
    draw = _sampler(float(scale), metric, distance, maker)
    sizes = [PIECE] * (size // PIECE) + ([size % PIECE] if size % PIECE else [])
    if not sizes:
        return np.zeros(0, dtype=np.int64)

    def piece(length: int) -> Whole:
        return np.asarray(draw(np.zeros(length, dtype=np.int64)), dtype=np.int64)

    if len(sizes) == 1:
        return piece(sizes[0])
    with ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        return np.concatenate(list(pool.map(piece, sizes)))


def _sampler(scale: float, metric: str, distance: str, maker: str) -> Callable[[Any], Any]:
    import opendp.prelude as dp  # slow to load; a command that needs no noise should not wait for it

    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T="i64")), getattr(dp, metric)(T=distance)
    measurement: Callable[[Any], Any] = getattr(dp.m, maker)(*space, scale=scale)
    return measurement
