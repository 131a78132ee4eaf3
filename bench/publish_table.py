"""A table of invented records about victims, with the skew of regional k-anonymised data: long tails, many NULLs.

Each variable depends on earlier ones (country of exploitation on citizenship, age on gender, what was done on all of
them and on each other), some flags on two others together; so neither pairs nor a few classes explain everything.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int32]
Weights = npt.NDArray[np.float64]

# the share of records in which the flag is set, and how many of the others it follows
FLAGS = (
    ("debt", 0.12), ("threats", 0.14), ("violence", 0.13), ("movement", 0.17), ("false_promises", 0.11),
    ("forced_labour", 0.34), ("sexual", 0.42), ("domestic", 0.06), ("construction", 0.05), ("by_partner", 0.07),
    ("by_family", 0.09),
)  # fmt: skip
YEARS, CITIZENSHIPS, PLACES, GENDERS, AGES = 18, 44, 48, 4, 9


def _zipf(random: np.random.Generator, size: int, power: float) -> Weights:
    weights = np.arange(1, size + 1, dtype=np.float64) ** -power
    return np.asarray(random.permutation(weights) / weights.sum())


def _draw(random: np.random.Generator, weights: Weights) -> Codes:
    """One code (from 1) for each row of weights."""
    ends = np.cumsum(weights, axis=1)
    at = random.random((len(ends), 1)) * ends[:, -1:]
    return np.asarray(1 + np.minimum((at >= ends).sum(axis=1), weights.shape[1] - 1), dtype=np.int32)


def _given(random: np.random.Generator, by: Codes, size: int, power: float, own: float) -> Codes:
    """Codes whose weights differ by the code of another variable: a share ``own`` is that code's alone."""
    common = _zipf(random, size, power)
    table = np.array([own * _zipf(random, size, 1.5 * power) + (1 - own) * common for _ in range(int(by.max()) + 1)])
    return _draw(random, table[by])


def make(rows: int, variables: int = 16, seed: int = 7) -> dict[str, Codes]:
    """``rows`` × ``variables`` codes; 0 is NULL (unknown or no)."""
    random = np.random.default_rng(seed)
    citizenship = _draw(random, np.tile(_zipf(random, CITIZENSHIPS, 1.15), (rows, 1)))
    year = _given(random, citizenship, YEARS, 0.7, 0.5)
    place = _given(random, citizenship, PLACES, 1.2, 0.7)
    home = random.random(rows) < 0.25
    place[home] = citizenship[home]
    gender = _given(random, place, GENDERS, 1.8, 0.5)
    age = _given(random, (gender * 3 + citizenship % 3).astype(np.int32), AGES, 0.9, 0.6)
    base = {"gender": gender, "age": age, "year": year, "citizenship": citizenship, "place": place}
    told = random.normal(0.0, 1.3, rows)  # some records say much, many say nothing
    table: dict[str, Codes] = {}
    lean = {name: random.normal(0, 0.8, (int(column.max()) + 1)) for name, column in base.items()}
    for name, share in FLAGS:
        score = told + random.normal(0, 0.4, rows)
        for key, column in base.items():
            score = score + random.permutation(lean[key])[column]
        for earlier in table.values():
            score = score + random.normal(0, 0.7) * (earlier == 1)
        score = score + random.normal(0, 1.2, (GENDERS + 1, AGES + 1))[gender, age]
        table[name] = np.asarray(score > np.quantile(score, 1 - share), dtype=np.int32)
    for column in base.values():
        column[random.random(rows) < 0.08] = 0
    return dict(list((base | table).items())[:variables])
