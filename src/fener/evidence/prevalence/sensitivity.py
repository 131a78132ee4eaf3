"""What happens to the estimates when a list is left out, when two lists are made one, and within groups of cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from fener.evidence.prevalence.estimate import QUICK, Estimate, Options, estimate_all
from fener.evidence.prevalence.reading import Overlap, Table, chosen, merged

MERGED_RESAMPLES = 500


def without_each(table: Table, options: Options, methods: Sequence[str] = QUICK) -> list[Estimate]:
    """The estimates with each list left out; cases that stood on that list alone are then among the hidden ones."""
    if len(table.lists) < 3:
        return []
    found = []
    for j, name in enumerate(table.lists):
        smaller = chosen(table, [i for i in range(len(table.lists)) if i != j])
        found += estimate_all(smaller, _shorter(options), methods, {"variant": f"without {name}"})
    return found


def merged_each(table: Table, options: Options, methods: Sequence[str] = QUICK) -> list[Estimate]:
    """The estimates with each two lists as one, as if their owners had kept one list together."""
    if len(table.lists) < 3:
        return []
    found = []
    for i, j in combinations(range(len(table.lists)), 2):
        names = f"{table.lists[i]} and {table.lists[j]} as one list"
        found += estimate_all(merged(table, i, j), _shorter(options), methods, {"variant": names})
    return found


def by_group(overlap: Overlap, options: Options, methods: Sequence[str] = QUICK) -> list[Estimate]:
    """The estimates within each value of each group column. They do not add up to the estimate of all cases.

    Each group is modelled by itself, so that the sum of the groups is another estimate of the whole, not a check of it.
    """
    found = []
    for group, values in overlap.groups.items():
        for value, table in values.items():
            found += estimate_all(table, _shorter(options), methods, {"group": group, "value": value})
    return found


def _shorter(options: Options) -> Options:
    return replace(options, resamples=min(options.resamples, MERGED_RESAMPLES))
