"""Which cells are left out, so that the sensitive ones cannot be computed from the rest: the cheapest such pattern.

The problem is the cell suppression problem; it is solved exactly by cutting planes after Fischetti and Salazar-González
(Management Science 47, 2001): a master integer program chooses the pattern, the attack on each target is a linear
program, and its dual prices give a valid inequality wherever the attack succeeds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf, log2

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from fener.evidence.release.audit.attack import CLOSE, Attack, Seen
from fener.evidence.release.national.cells import Cell, Line

MOST_NODES = 200_000  # of one search tree; a count, not a clock, so that the result is the same everywhere
MOST_ROUNDS = 60
CUTS_AT_ONCE = 24  # more at once are mostly the same again


Cut = tuple[dict[int, float], float]  # weights of cells that may be left out, and what those left out must reach


class Unprotectable(Exception):
    """No pattern protects this target: what is fixed (earlier releases) already gives it away."""

    def __init__(self, target: int) -> None:
        super().__init__(target)
        self.target = target


@dataclass(frozen=True)
class Problem:
    """A cell suppression problem.

    ``cells``: matrix (cells, unknowns) of the cells that may be left out, with their true ``counts`` and ``costs``;
    ``must``: mask of those that are left out in any case. ``fixed``, ``fixed_low``, ``fixed_high``: what is published
    already, exact where the two are equal.
    ``targets``: matrix (targets, unknowns); each must stay uncertain from ``low`` to ``high``. ``starts``: sets of
    cells of which at least one is left out (valid inequalities known beforehand). ``quick``: the same problem with
    fewer sums (smaller, and weaker as an attack).
    """

    cells: sparse.csr_matrix
    counts: NDArray[np.float64]
    costs: NDArray[np.float64]
    must: NDArray[np.bool_]
    fixed: sparse.csr_matrix
    fixed_low: NDArray[np.float64]
    fixed_high: NDArray[np.float64]
    equations: sparse.csr_matrix
    targets: sparse.csr_matrix
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    starts: Sequence[Sequence[int]] = ()
    quick: Problem | None = None


@dataclass(frozen=True)
class Pattern:
    """``hidden``: mask over the cells. ``gap``: how much cheaper another could be; 0 where none is (proven)."""

    hidden: NDArray[np.bool_]
    cost: float
    gap: float
    rounds: int


def cost(count: int) -> float:
    """What is lost with a cell: 1 for its existence and one for each doubling of its count, so totals go last."""
    return round(1 + log2(1 + count), 3)


def starting_sets(lines: Sequence[Line], index: Mapping[Cell, int], must: NDArray[np.bool_]) -> list[list[int]]:
    """A small cell cannot be the only one that is left out of a sum: for each, the others of each of its sums."""
    sets: list[list[int]] = []
    for line in lines:
        members = [index[cell] for cell in (line.whole, *line.parts)]
        inside = [member for member in members if must[member]]
        if len(inside) == 1:
            sets.append([member for member in members if member != inside[0]])
    return sets


def suppress(problem: Problem) -> Pattern:
    """The cheapest pattern that protects every target. Raises Unprotectable, or Impossible if counts contradict.

    Each round the master gives a lower bound and its repair a pattern that protects; where they meet, that is proven
    the cheapest. Where the rounds run out, the best pattern so far stands, with the gap that is left.
    """
    cuts: list[Cut] = [(dict.fromkeys(s, 1.0), 1.0) for s in problem.starts]
    best, least = np.ones(len(problem.costs), dtype=bool), 0.0
    top = float(problem.costs.sum())
    for round_ in range(1, MOST_ROUNDS + 1):
        hidden, proven = _master(problem, cuts) if cuts else (problem.must.copy(), True)
        if proven:
            least = float(problem.costs[hidden].sum())
        safe = _repair(problem, hidden, cuts, _fractions)
        if (now := float(problem.costs[safe].sum())) < top:
            best, top = safe, now
        if top <= least + CLOSE:
            if not (found := _violations(problem, best)):
                return Pattern(best, top, 0.0, round_)
            cuts += found
            best, top = np.ones(len(problem.costs), dtype=bool), float(problem.costs.sum())
    best = _repair(problem, best, cuts, _violations)
    top = float(problem.costs[best].sum())
    return Pattern(best, top, top - least, MOST_ROUNDS)


Check = Callable[["Problem", NDArray[np.bool_]], list[Cut]]


def _repair(problem: Problem, hidden: NDArray[np.bool_], cuts: list[Cut], check: Check) -> NDArray[np.bool_]:
    """Leave out the cheapest cells of each violated inequality until ``check`` finds none; ``cuts`` grows."""
    hidden = hidden.copy()
    while found := check(problem, hidden):
        cuts += found
        for cut, need in found:
            for i in sorted(cut, key=lambda i: (problem.costs[i] / cut[i], i)):
                if sum(weight for j, weight in cut.items() if hidden[j]) >= need:
                    break
                hidden[i] = True
    return hidden


def _master(problem: Problem, cuts: list[Cut]) -> tuple[NDArray[np.bool_], bool]:
    size = len(problem.costs)
    rows = [row for row, (cut, _) in enumerate(cuts) for _ in cut]
    columns = [column for cut, _ in cuts for column in cut]
    values = [value for cut, _ in cuts for value in cut.values()]
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(cuts), size))
    result = milp(
        problem.costs,
        integrality=np.ones(size, dtype=np.int8),
        bounds=Bounds(problem.must.astype(float), np.ones(size)),
        constraints=LinearConstraint(matrix, np.array([need for _, need in cuts]), inf),
        options={"node_limit": MOST_NODES, "mip_rel_gap": 1e-6},
    )
    if result.x is None:  # cannot be: leaving out everything meets every cut
        return np.ones(size, dtype=bool), False
    return result.x > 0.5, result.status == 0


def _fractions(problem: Problem, hidden: NDArray[np.bool_]) -> list[Cut]:
    """Inequalities for ends of targets that the pattern does not protect; empty if all are protected.

    What an attacker finds who uses fewer sums (``quick``) is found anyway, and sooner.
    """
    if problem.quick is not None and (found := _fractional(problem.quick, hidden, None)):
        return found
    return _fractional(problem, hidden, None)


def _violations(problem: Problem, hidden: NDArray[np.bool_]) -> list[Cut]:
    """The same for whole numbers, for persons are whole: what withstands fractions is confirmed by whole tables."""
    whole = Seen(problem.targets)
    return _fractional(problem, hidden, whole) or _whole(problem, hidden, whole)


def _attack(problem: Problem, shown: NDArray[np.int64], *, prices: bool) -> Attack:
    known = sparse.csr_matrix(sparse.vstack([problem.cells[shown], problem.fixed]))
    low = np.concatenate([problem.counts[shown], problem.fixed_low])
    high = np.concatenate([problem.counts[shown], problem.fixed_high])
    return Attack(known, low, high, problem.equations, prices=prices)


def _fractional(problem: Problem, hidden: NDArray[np.bool_], whole: Seen | None) -> list[Cut]:
    shown = np.flatnonzero(~hidden)
    attack = _attack(problem, shown, prices=True)
    seen = Seen(problem.targets)
    found: dict[tuple[tuple[int, float], ...], None] = {}
    for number, most, enough in _ends(problem, attack, seen):
        if not seen.lacks(number, most=most, enough=enough):
            continue
        end = attack.end(problem.targets[number], most=most)
        if end.table is not None:
            seen.take(end.table)
            if whole is not None and end.whole:
                whole.take(np.round(end.table))
        gap = enough - end.value if most else end.value - enough
        if gap > CLOSE:
            cut = _cut(end.prices[: len(shown)], problem.counts[shown], gap, most=most)
            if not cut:
                raise Unprotectable(number)
            found[tuple((int(shown[i]), weight) for i, weight in cut.items())] = None
            if len(found) == CUTS_AT_ONCE:
                break
    return [(dict(terms), 1.0) for terms in found]


def _whole(problem: Problem, hidden: NDArray[np.bool_], whole: Seen) -> list[Cut]:
    """Fractions would do; where whole numbers do not, something more must go, whatever it is."""
    shown = np.flatnonzero(~hidden)
    attack = _attack(problem, shown, prices=False)
    ends = list(_ends(problem, attack, None))
    for number, most, enough in ends:
        if not whole.lacks(number, most=most, enough=enough):
            continue
        lows = [n for n, up, level in ends if not up and whole.lacks(n, most=up, enough=level)]
        table = attack.whole_table(problem.targets[number], at=enough, most=most, small=problem.targets[lows])
        if table is None:
            if not len(shown):
                raise Unprotectable(number)
            return [({int(i): 1.0 for i in shown}, 1.0)]
        whole.take(table)
    return []


def _ends(problem: Problem, attack: Attack, seen: Seen | None) -> Iterator[tuple[int, bool, float]]:
    """Each end of each target; before them, two tables that take many targets to an end at once."""
    size = problem.targets.shape[0]
    if seen is not None and size:
        everything = sparse.csr_matrix(problem.targets.sum(axis=0))
        for most in (False, True):
            if (table := attack.end(everything, most=most).table) is not None:
                seen.take(table)
    for number in range(size):
        yield number, True, float(problem.high[number])
        yield number, False, float(problem.low[number])


def _cut(prices: NDArray[np.float64], counts: NDArray[np.float64], gap: float, *, most: bool) -> dict[int, float]:
    """Sum of (what leaving a cell out can move the end, at most the gap) must reach the gap; divided by the gap.

    A hidden cell may grow without bound and shrink by its count.
    """
    grows = prices > CLOSE if most else prices < -CLOSE
    shrinks = prices < -CLOSE if most else prices > CLOSE
    cut: dict[int, float] = {}
    for i in np.flatnonzero(grows | shrinks):
        weight = 1.0 if grows[i] else min(1.0, float(abs(prices[i]) * counts[i] / gap))
        if weight > CLOSE:
            cut[int(i)] = round(weight + CLOSE, 6)  # rounded up: a cut may be weak, never wrong
    return cut
