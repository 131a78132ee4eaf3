"""What the exhaustive searches of ``fener prevalence`` take: wall and processor seconds, one line each.

python -m bench.prevalence_speed
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from fener.evidence.prevalence.estimate import METHODS, Options, estimate_all
from fener.evidence.prevalence.reading import Table, read_overlap


def timed(name: str, limit: str, work: Callable[[], object]) -> None:
    """Run once and print; ``limit`` is what was asked for."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    took = time.perf_counter() - wall, time.process_time() - processor
    print(f"{name:58} {took[0]:7.1f} s wall  {took[1]:7.1f} s processor  {limit}", flush=True)


def six_lists() -> Table:
    """4,000 cases on six independent lists."""
    on = np.random.default_rng(1).random((4000, 6)) < np.array([0.2, 0.15, 0.1, 0.12, 0.08, 0.1])
    counts = np.bincount((on << np.arange(6)).sum(axis=1), minlength=64).astype(np.int64)
    counts[0] = 0
    return Table(tuple("ABCDEF"), counts)


def main() -> None:
    kosovo = read_overlap("examples/prevalence/kosovo.csv").total
    western = read_overlap("examples/prevalence/western.csv").total
    timed("kosovo, 113 models x 1,000 resamples", "limit 5 s", lambda: estimate_all(kosovo, methods=["bic_all"]))
    timed(
        "western (five lists), 1,024 models x 1,000 resamples",
        "limit 60 s",
        lambda: estimate_all(western, methods=["bic_order2"]),
    )
    timed(
        "six lists, 32,768 models, point estimate",
        "limit 60 s",
        lambda: estimate_all(six_lists(), Options(resamples=0), ["bic_order2"]),
    )
    for method in METHODS:
        timed(f"western, {method}", "", lambda method=method: estimate_all(western, methods=[method]))  # type: ignore[misc]


if __name__ == "__main__":
    main()
