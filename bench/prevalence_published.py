"""Published intervals for the shipped tables against those of ten seeds, and the pooled posterior of latent classes.

    python -m bench.prevalence_published [--seeds 10] [--latent 0]

One line an interval: mean and spread (standard deviation) of each end over the seeds, the published end, and how many
spreads it lies away. The published ends come from one seed each, so they are within chance up to some two spreads.
"""

from __future__ import annotations

import argparse

import numpy as np

from fener.evidence.prevalence.estimate import Options, estimate_all
from fener.evidence.prevalence.latent import latent_class
from fener.evidence.prevalence.reading import read_overlap

PUBLISHED = (
    ("korea", "bic_all", 0.95, 128, 349),
    ("korea", "bic_all", 0.80, 135, 288),
    ("kosovo", "bic_all", 0.95, 6_947, 18_010),
    ("kosovo", "bic_order2", 0.95, 12_451, 16_273),
    ("western", "stepwise", 0.95, 1_293, 3_670),
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--latent", type=int, default=0, help="seeds of latent classes on western (published 1836)")
    options = parser.parse_args()
    for name, method, level, low, high in PUBLISHED:
        table = read_overlap(f"examples/prevalence/{name}.csv").total
        ends = []
        for seed in range(options.seeds):
            (answer,) = estimate_all(table, Options(level=level, seed=seed), [method])
            ends.append((answer.low, answer.high))
        found = np.array(ends, dtype=float)
        mean, spread = found.mean(axis=0), found.std(axis=0, ddof=1)
        away = (np.array([low, high]) - mean) / spread
        print(
            f"{name:8} {method:11} {level:.2f}  "
            f"low {mean[0]:8.1f} ± {spread[0]:5.1f} (published {low}, {away[0]:+.1f})  "
            f"high {mean[1]:8.1f} ± {spread[1]:5.1f} (published {high}, {away[1]:+.1f})",
            flush=True,
        )
    if options.latent:
        table = read_overlap("examples/prevalence/western.csv").total
        medians = [latent_class(table.counts, 0.95, seed).estimate for seed in range(options.latent)]
        spread = np.std(medians, ddof=1)
        print(f"western  latent_class  median {np.mean(medians):.0f}, spread of seeds {spread:.0f} (published 1836)")


if __name__ == "__main__":
    main()
