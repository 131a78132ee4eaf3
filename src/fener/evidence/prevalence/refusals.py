"""When nothing, or nothing without a warning, is said: the rules by which an estimate is refused."""

from __future__ import annotations

from math import isfinite

from fener.evidence.prevalence.reading import Table

LEAST_OVERLAP = 7  # cases on two or more lists (Robson and Regier, Trans. Am. Fisheries Soc. 93, 1964)
THIN_OVERLAP = 30
LEAST_IDENTIFIED = 0.01  # share of the estimate that was observed
LITTLE_IDENTIFIED = 0.10
MOST_UNBOUNDED = 0.5  # share of resamples without a finite estimate
WIDE = 10.0  # upper end over lower end


def overlapping(table: Table) -> int:
    """Cases on two or more lists."""
    return int(sum(int(c) for h, c in enumerate(table.counts) if h.bit_count() > 1))


def of_the_table(table: Table) -> str | None:
    """Why no method at all may be applied to these data, or None."""
    if len(table.lists) < 2:
        return "fewer than two lists have a case, so nothing overlaps"
    shared = overlapping(table)
    if shared == 0:
        return "no case stands on two lists: without overlap the data say nothing about how many were missed"
    if shared < LEAST_OVERLAP:
        return (
            f"only {shared} of {table.observed} cases stand on two or more lists; below {LEAST_OVERLAP} one case more "
            "or less moves the estimate more than any method can say"
        )
    return None


def warnings_of_the_table(table: Table) -> list[str]:
    """What must be said beside every estimate from these data."""
    found = []
    shared = overlapping(table)
    if len(table.lists) == 2:
        found.append("two lists only: whether they depend on each other cannot be seen in the data")
    if shared < THIN_OVERLAP:
        found.append(f"thin overlap: {shared} of {table.observed} cases stand on two or more lists")
    alone = [
        name
        for j, name in enumerate(table.lists)
        if not any(h >> j & 1 and h.bit_count() > 1 and c for h, c in enumerate(table.counts))
    ]
    if alone:
        found.append(f"no case of list {', '.join(alone)} stands on any other list")
    return found


def of_the_result(observed: int, estimate: float, unbounded: float) -> str | None:
    """Why a number that came out is not given, or None."""
    if not isfinite(estimate) or observed < LEAST_IDENTIFIED * estimate:
        return "the estimate has no bound: the model would have less than one case in a hundred observed"
    if unbounded > MOST_UNBOUNDED:
        return f"{100 * unbounded:.0f} % of the resamples have no estimate: the data do not carry this method"
    return None


def warnings_of_the_result(observed: int, estimate: float, low: float, high: float, unbounded: float) -> list[str]:
    """What must be said beside this number."""
    found = []
    if unbounded:
        found.append(f"{100 * unbounded:.1f} % of the resamples have no finite estimate; they count as larger than any")
    if not isfinite(high):
        found.append("the data set no upper end")
    elif high > WIDE * low:
        found.append(f"the upper end is more than {WIDE:.0f} times the lower: little more is known than a lower end")
    if observed < LITTLE_IDENTIFIED * estimate:
        found.append("less than a tenth of the estimate was observed: nearly all of it rests on the model")
    return found
