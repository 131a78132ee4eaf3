"""Tables for these tests: the shipped ones, and small ones made on the spot."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from fener.evidence.prevalence.reading import Table, read_overlap

EXAMPLES = Path(__file__).parents[3] / "examples" / "prevalence"


def example(name: str) -> Table:
    return read_overlap(EXAMPLES / f"{name}.csv").total


def drawn(number: int, chances: list[float], seed: int) -> Table:
    """A population of ``number`` on independent lists with these chances; those on none are not seen."""
    on = np.random.default_rng(seed).random((number, len(chances))) < np.array(chances)
    counts = np.bincount((on << np.arange(len(chances))).sum(axis=1), minlength=1 << len(chances)).astype(np.int64)
    counts[0] = 0
    return Table(tuple("ABCDEFGH"[: len(chances)]), counts)
