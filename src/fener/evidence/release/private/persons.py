"""The person, not the row, is protected: of each person at most so many rows count."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fener.evidence.release.private.samplers import Noise


def bounded(person: NDArray[np.int64], most: int, noise: Noise) -> NDArray[np.int64]:
    """Positions of the rows that count: of each person ``most`` at random, all if there are fewer; in file order.

    The choice for one person depends on no other person's rows, so that adding or removing a person changes at most
    ``most`` rows: each count by at most ``most``, all counts of one table together by at most ``most``.
    """
    order = np.lexsort((noise.uniform(len(person)), person))
    starts = np.flatnonzero(np.diff(person[order], prepend=person[order][:1] - 1)) if len(person) else order
    lengths = np.diff(np.append(starts, len(person)))
    rank = np.arange(len(person)) - np.repeat(starts, lengths)
    return np.sort(order[rank < most])
