"""Bayesian averaging over decomposable graphs. The prior of the whole number N is proportional to 1/N."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from fener.evidence.prevalence.model import Model, closed, members

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Posterior:
    """Median and equal-tailed credible interval of N, and the model with most weight where there is one."""

    estimate: float
    low: float
    high: float
    model: Model | None = None
    weight: float | None = None
    effective: float | None = None  # effective number of independent draws, for a simulated posterior
    agreement: float | None = None  # potential scale reduction between chains, for a simulated posterior


@cache
def decomposable(lists: int) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """Every decomposable graph on ``lists`` vertices, as (cliques, separators), both sets of lists.

    61 for 4, 822 for 5.
    """
    edges = list(combinations(range(lists), 2))
    found = []
    for pick in range(1 << len(edges)):
        beside = [0] * lists
        for i, (a, b) in enumerate(edges):
            if pick >> i & 1:
                beside[a] |= 1 << b
                beside[b] |= 1 << a
        parts = _eliminate(lists, beside)
        if parts is not None:
            found.append(parts)
    return tuple(found)


def _eliminate(lists: int, beside: list[int]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Cliques and separators by taking away simplicial vertices; None if the graph is not decomposable.

    The vertex taken with its neighbours is a clique of the rest and its neighbours alone separate it, so the product
    over vertices of (closed neighbourhood) / (neighbourhood) is the product over cliques and separators after
    cancelling.
    """
    left, above, below = (1 << lists) - 1, [], []
    while left:
        for vertex in members(left):
            around = beside[vertex] & left
            if all(around & ~(beside[u] | 1 << u) == 0 for u in members(around)):
                break
        else:
            return None
        above.append(around | 1 << vertex)
        if around:
            below.append(around)
        left ^= 1 << vertex
    cliques = list(above)
    for separator in list(below):
        if separator in cliques:  # a neighbourhood that is taken whole later cancels
            cliques.remove(separator)
            below.remove(separator)
    return tuple(sorted(cliques)), tuple(sorted(below))


def decomposable_average(
    counts: NDArray[np.int64], level: float, delta: float | None = None, most: float = 40.0
) -> Posterior:
    """Averaging over all decomposable graphs (Madigan and York, Biometrika 84, 1997).

    Each graph has a hyper-Dirichlet prior with ``delta`` for each history (default 2^-lists) and the same prior weight.
    With the hidden count h, N = n + h: the weight of (graph, N) is proportional to ``(1/N) N!/h!`` times the product of
    the marginal likelihoods ``D(S) = prod Gamma(a_i + n_i)/Gamma(a_i)`` of cliques over those of separators, times
    ``Gamma(1)/Gamma(1 + N)``-type totals with ``a = delta 2^lists``. The hidden number is summed up to ``most`` times
    the observed one and further while the tail holds weight.
    """
    lists = len(counts).bit_length() - 1
    delta = 2.0**-lists if delta is None else delta
    observed = int(counts.sum())
    graphs = decomposable(lists)
    use, index = _incidence(lists)
    for _ in range(6):
        hidden = _grid(int(most * observed))
        by_total, by_graph = _posterior(counts, hidden, delta, use, index)
        if by_total[-len(hidden) // 50 :].sum() < 1e-4:
            break
        most *= 4
    share = np.cumsum(by_total)
    tail = (1 - level) / 2
    low, middle, high = (float(np.interp(q, share, hidden)) for q in (tail, 0.5, 1 - tail))
    best = int(by_graph.argmax())
    return Posterior(
        observed + middle, observed + low, observed + high, closed(lists, graphs[best][0]), float(by_graph[best])
    )


def _posterior(
    counts: NDArray[np.int64], hidden: Array, delta: float, use: Array, sets: tuple[int, ...]
) -> tuple[Array, Array]:
    """Posterior of each hidden number and of each graph, both adding up to 1; graphs in chunks that bound memory."""
    marginal, common = _marginals(counts, hidden, delta, sets)
    widths = np.gradient(hidden)
    highest = -np.inf
    by_total, by_graph = np.zeros(len(hidden)), np.zeros(len(use))
    step = max(1, 4_000_000 // len(hidden))
    for first in range(0, len(use), step):
        weight = use[first : first + step] @ marginal + common[None]
        top = float(weight.max())
        if top > highest:
            scale = np.exp(highest - top)
            by_total, by_graph, highest = by_total * scale, by_graph * scale, top
        density = np.exp(weight - highest) * widths[None]
        by_total += density.sum(axis=0)
        by_graph[first : first + step] = density.sum(axis=1)
    return by_total / by_total.sum(), by_graph / by_graph.sum()


def _grid(top: int) -> Array:
    """Hidden numbers: each up to 2,000, then steps that widen by half a percent; few enough for 18,000 graphs."""
    fine = np.arange(min(top, 2000) + 1, dtype=np.float64)
    if top <= 2000:
        return fine
    wide = np.unique(np.rint(2000 * np.exp(np.arange(0.002, np.log(top / 2000) + 0.002, 0.002))))
    return np.concatenate([fine, wide[wide > 2000]])


@cache
def _incidence(lists: int) -> tuple[Array, tuple[int, ...]]:
    """How often each set of lists stands above (cliques) less below (separators) in each graph.

    (graphs, sets), sets.
    """
    graphs = decomposable(lists)
    sets = tuple(range(1, 1 << lists))
    use = np.zeros((len(graphs), len(sets)))
    for g, (cliques, separators) in enumerate(graphs):
        for clique in cliques:
            use[g, clique - 1] += 1
        for separator in separators:
            use[g, separator - 1] -= 1
    return use, sets


def _marginals(counts: NDArray[np.int64], hidden: Array, delta: float, sets: tuple[int, ...]) -> tuple[Array, Array]:
    """Logarithms: marginal likelihood of each set of lists (sets, hidden numbers); what all graphs share (numbers,)."""
    lists = len(counts).bit_length() - 1
    total = counts.sum() + hidden
    mass = delta * 2**lists
    marginal = np.empty((len(sets), len(hidden)))
    for i, subset in enumerate(sets):
        cells = np.bincount(np.arange(len(counts)) & subset, weights=counts, minlength=subset + 1)
        seen = np.array([cells[h] for h in range(1, subset + 1) if h & subset == h])
        prior = delta * 2 ** (lists - subset.bit_count())
        fixed = float(np.sum(gammaln(prior + seen) - gammaln(prior)))
        marginal[i] = fixed + gammaln(prior + cells[0] + hidden) - gammaln(prior)
        marginal[i] += gammaln(mass) - gammaln(mass + total)
    return marginal, gammaln(total + 1) - gammaln(hidden + 1) - np.log(total)
