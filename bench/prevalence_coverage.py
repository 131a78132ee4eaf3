"""How often do the intervals of ``fener prevalence`` hold the true number? On populations whose number is known.

    python -m bench.prevalence_coverage [SETS] [--resamples 1000] [--latent 100] [--design western|kosovo|korea]

Design as in Chan, Silverman and Vincent (JASA 2021, section 3.4): the stepwise model fitted to a real table is taken
for the truth; its estimate N is the true number; each set distributes N cases over all histories by the fitted
probabilities, hides those on no list, and every method estimates N from the rest. One line a method: sets, share of
intervals that hold N, shares wholly below and wholly above it, median of the estimates, median ends.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterator

import numpy as np

from fener.evidence.prevalence.fit import fit
from fener.evidence.prevalence.graphs import decomposable_average
from fener.evidence.prevalence.intervals import bootstrap, profile
from fener.evidence.prevalence.latent import latent_class
from fener.evidence.prevalence.model import every_model, notation
from fener.evidence.prevalence.reading import read_overlap
from fener.evidence.prevalence.search import by_bic, stepwise

LEVEL = 0.95
Answer = tuple[str, float, float, float]


def answers(table: np.ndarray, seed: int, resamples: int, latent: bool, counted: bool) -> Iterator[Answer]:
    """(method, estimate, low, high) of every method on one simulated table."""
    lists = len(table).bit_length() - 1
    choice, interval = bootstrap(stepwise, table, LEVEL, resamples, seed)
    yield "stepwise, BCa", float(choice.estimates[0]), interval.low, interval.high
    if choice.model is not None:
        inside = profile(choice.model, table, float(choice.estimates[0]), LEVEL)
        yield "stepwise, profile", float(choice.estimates[0]), inside.low, inside.high
    models = list(every_model(lists, 2))
    picked = by_bic(models, table[None].astype(float))
    if picked.model is not None:
        inside = profile(picked.model, table, float(picked.estimates[0]), LEVEL)
        yield "bic_order2, profile", float(picked.estimates[0]), inside.low, inside.high
    if counted:

        def choose(tables: np.ndarray) -> object:
            return by_bic(models, tables)

        choice, interval = bootstrap(choose, table, LEVEL, resamples, seed)  # type: ignore[arg-type]
        yield "bic_order2, BCa", float(choice.estimates[0]), interval.low, interval.high
    posterior = decomposable_average(table, LEVEL)
    yield "bma_decomposable", posterior.estimate, posterior.low, posterior.high
    if latent:
        posterior = latent_class(table, LEVEL, seed)
        yield "latent_class", posterior.estimate, posterior.low, posterior.high


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="?", type=int, default=500)
    parser.add_argument("--resamples", type=int, default=1000)
    parser.add_argument("--latent", type=int, default=100, help="sets on which latent classes run too")
    parser.add_argument("--counted", type=int, default=0, help="sets on which the order-2 BIC bootstrap runs too")
    parser.add_argument("--design", default="western")
    options = parser.parse_args()
    table = read_overlap(f"examples/prevalence/{options.design}.csv").total
    choice = stepwise(table.counts[None].astype(float))
    assert choice.model is not None
    truth = fit(choice.model, table.counts)
    number, chances = round(truth.estimate), truth.expected / truth.expected.sum()
    print(f"{options.design}: {notation(choice.model, table.lists)}, true number {number}", flush=True)
    found: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    began = time.perf_counter()
    for at in range(options.sets):
        drawn = np.random.default_rng(10_000 + at).multinomial(number, chances)
        drawn[0] = 0
        for method, *rest in answers(drawn, at, options.resamples, at < options.latent, at < options.counted):
            found[method].append((rest[0], rest[1], rest[2]))
        if at + 1 in (25, 100, 250, options.sets):
            report(found, number, at + 1, time.perf_counter() - began)


def report(found: dict[str, list[tuple[float, float, float]]], number: int, sets: int, seconds: float) -> None:
    """Print the state of the simulation."""
    print(f"after {sets} sets, {seconds:.0f} s", flush=True)
    share: Callable[[np.ndarray], str] = lambda hits: f"{100 * hits.mean():5.1f}"  # noqa: E731
    for method, rows in found.items():
        estimate, low, high = np.array(rows).T
        holds = share((low <= number) & (number <= high))
        print(
            f"  {method:20} {len(rows):4} sets  holds {holds} %  below {share(high < number)} %  above "
            f"{share(low > number)} %  median "
            f"{np.median(estimate):8.0f}  {np.median(low):8.0f} to {np.median(high):8.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
