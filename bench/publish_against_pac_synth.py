"""Private tables against pac-synth 0.0.8, in one run: same records, epsilon and delta; what is suppressed counts as 0.

    .venv/bin/python -m bench.publish_against_pac_synth             # about five minutes on two cores
    .venv/bin/python -m bench.publish_against_pac_synth --quick     # without the table of 100,000 rows

pac-synth has no counts of empty values, so both are judged by counts of values that are not empty: those that occur
("present") and all that the public code lists allow ("all"). Its best is the best of all its twelve settings, for each
number of columns by itself; ours is one setting, the one that ``fener publish`` uses.
"""

from __future__ import annotations

import argparse
import itertools
import math
import platform
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pacsynth

from bench.publish_table import Codes, make
from fener.evidence.release.microdata import Coded, Microdata
from fener.evidence.release.private import make as publish
from fener.evidence.release.private.residuals import tabulate

ACCURACY = ("balanced", "prioritize_long_combinations", "prioritize_short_combinations")
FABRICATION = ("uncontrolled", "balanced", "progressive", "minimize")
LIMITS = {1: 1.0, 2: 0.65, 3: 0.6}
PAIRS_LIMIT, SECONDS_LIMIT = 0.25, 10.0
Errors = dict[tuple[int, str], float]
Counts = npt.NDArray[np.float64]


def sizes_of(table: Mapping[str, Codes]) -> dict[str, int]:
    """How many codes each column has, NULL included."""
    return {name: int(codes.max()) + 1 for name, codes in table.items()}


def errors(table: Mapping[str, Codes], counts: Callable[[tuple[str, ...]], Counts], orders: tuple[int, ...]) -> Errors:
    """Mean absolute error by number of columns, over what occurs and over everything."""
    found: Errors = {}
    for order in orders:
        off, true = [], []
        for by in itertools.combinations(table, order):
            told = (slice(1, None),) * order
            exact = tabulate(table, by, sizes_of(table))[told].ravel()
            off.append(np.abs(counts(by)[told].ravel() - exact))
            true.append(exact)
        every, there = np.concatenate(off), np.concatenate(true) > 0
        found |= {(order, "present"): float(every[there].mean()), (order, "all"): float(every.mean())}
    return found


def pac_fit(table: Mapping[str, Codes], epsilon: float, delta: float, accuracy: str, fabrication: str) -> Any:
    """A fitted pac-synth synthesizer, one of its settings."""
    columns = [np.where(codes == 0, "", codes.astype(str)) for codes in table.values()]
    raw = [list(table), *(list(row) for row in zip(*columns, strict=True))]
    parameters = (
        pacsynth.DpAggregateSeededParametersBuilder()
        .reporting_length(3)
        .epsilon(epsilon)
        .delta(delta)
        .accuracy_mode(getattr(pacsynth.AccuracyMode, accuracy)())
        .fabrication_mode(getattr(pacsynth.FabricationMode, fabrication)())
        .build()
    )
    made = pacsynth.DpAggregateSeededSynthesizer(parameters)
    made.fit(pacsynth.Dataset(raw))
    return made


def pac_counts(made: Any, table: Mapping[str, Codes]) -> Callable[[tuple[str, ...]], Counts]:
    """Its counts; absent means 0."""
    sizes, place = sizes_of(table), {name: at for at, name in enumerate(table)}
    known: dict[tuple[str, ...], Counts] = {}
    for key, count in made.get_dp_aggregates(";").items():
        parts = sorted((part.split(":") for part in key.split(";")), key=lambda part: place[part[0]])
        by = tuple(part[0] for part in parts)
        cells = known.setdefault(by, np.zeros([sizes[name] for name in by]))
        cells[tuple(int(part[1]) for part in parts)] = count
    return lambda by: known.get(by, np.zeros([sizes[name] for name in by]))


def pac_rows(made: Any) -> dict[str, Codes]:
    """Its synthetic rows."""
    head, *rows = made.sample()
    values = np.array([[int(value) if value else 0 for value in row] for row in rows], dtype=np.int32)
    return {name: values[:, at] for at, name in enumerate(head)}


def ours(table: Mapping[str, Codes], epsilon: float, delta: float, order: int) -> tuple[Any, float, float]:
    """Our release of all tables up to ``order`` columns with invented records: it, wall and processor seconds."""
    sizes = sizes_of(table)
    data = Microdata({n: Coded(c, tuple(map(str, range(sizes[n])))) for n, c in table.items()})
    tables = [by for length in range(1, order + 1) for by in itertools.combinations(table, length)]
    start, work = time.perf_counter(), time.process_time()
    made = publish(data, tables, epsilon=epsilon, delta=f"{delta:.12f}")
    return made, time.perf_counter() - start, time.process_time() - work


def compare(rows: int, columns: int, epsilon: float, seed: int) -> None:
    """One table, all settings of pac-synth, one of ours."""
    table = make(rows, columns, seed)
    delta = 1 / (rows * math.log(rows))
    print(f"\n{rows:,} x {columns}, epsilon {epsilon:g}, delta {delta:.3g}, seed {seed}")
    theirs: dict[str, Errors] = {}
    pairs: dict[str, Errors] = {}
    for accuracy, fabrication in itertools.product(ACCURACY, FABRICATION):
        made = pac_fit(table, epsilon, delta, accuracy, fabrication)
        theirs[f"{accuracy}/{fabrication}"] = errors(table, pac_counts(made, table), (1, 2, 3))
        if fabrication == "uncontrolled":
            rows_made = pac_rows(made)
            pairs[f"{accuracy}/{fabrication}"] = errors(table, _counting(rows_made, table), (2,))
    release, wall, work = ours(table, epsilon, delta, 3)
    by = {one.by: one.count.astype(np.float64) for one in release.tables}
    mine = errors(table, lambda columns: by[columns], (1, 2, 3))
    for order, kind in mine:
        best = min(theirs, key=lambda name: theirs[name][order, kind])
        ratio = mine[order, kind] / theirs[best][order, kind]
        print(
            f"{order}-way, {kind:8} ours {mine[order, kind]:8.3f}  its best {theirs[best][order, kind]:8.3f} ({best})"
            f"  ratio {ratio:.2f}  limit {LIMITS[order]}  {'kept' if ratio <= LIMITS[order] else 'BROKEN'}"
        )
    invented = errors(table, _counting(release.invented, table), (2,))
    for kind in ("present", "all"):
        best = min(pairs, key=lambda name: pairs[name][2, kind])
        ratio = invented[2, kind] / pairs[best][2, kind]
        print(
            f"rows, pairs, {kind:8} ours {invented[2, kind]:8.3f}  its best {pairs[best][2, kind]:8.3f} ({best})"
            f"  ratio {ratio:.2f}  limit {PAIRS_LIMIT}  {'kept' if ratio <= PAIRS_LIMIT else 'BROKEN'}"
        )
    print(f"ours took {wall:.1f} s ({work:.1f} s of processor)")


def _counting(rows: Mapping[str, Codes], table: Mapping[str, Codes]) -> Callable[[tuple[str, ...]], Counts]:
    sizes = sizes_of(table)
    return lambda by: tabulate(rows, by, sizes).astype(np.float64)


def hurry(rows: int, columns: int, epsilon: float, seed: int) -> None:
    """Fit and sample a long table; both wall clocks in one run."""
    table = make(rows, columns, seed)
    delta = 1 / (rows * math.log(rows))
    release, wall, work = ours(table, epsilon, delta, 3)
    invented = errors(table, _counting(release.invented, table), (2,))
    print(
        f"\n{rows:,} x {columns}: ours fit and sample {wall:.1f} s ({work:.1f} s of processor), limit {SECONDS_LIMIT:g}"
    )
    start = time.perf_counter()
    made = pac_fit(table, epsilon, delta, "prioritize_long_combinations", "uncontrolled")
    rows_made = pac_rows(made)
    theirs = errors(table, _counting(rows_made, table), (2,))
    print(f"pac-synth (its usual setting) fit and sample {time.perf_counter() - start:.1f} s")
    print(f"rows, pairs: ours {invented[2, 'present']:.2f}, its {theirs[2, 'present']:.2f}")


def main() -> None:
    """Print all ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epsilon", type=float, nargs="*", default=[4.0])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}")
    for epsilon in given.epsilon:
        compare(21_000, 16, epsilon, given.seed)
    if not given.quick:
        hurry(100_000, 12, given.epsilon[0], given.seed)


if __name__ == "__main__":
    main()
