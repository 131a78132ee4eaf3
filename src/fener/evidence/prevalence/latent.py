"""Bayesian latent classes: the cases fall into unseen classes, and within a class the lists are independent.

Non-parametric latent classes of Manrique-Vallier (Biometrics 72, 2016): a Dirichlet process, cut at ``classes`` sticks,
mixes the classes; its concentration has a Gamma(1/4, 1/4) prior, each chance of a list a uniform one, N a prior
proportional to 1/N. Gibbs sampling, many chains side by side. Because most cases are hidden, plain Gibbs sampling
moves slowly along N; so in each sweep some hidden numbers also move with chances and sticks integrated out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, gammaln

from fener.evidence.prevalence.graphs import Posterior

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

SHAPE = RATE = 0.25  # of the prior of the concentration
CHAINS, SWEEPS, BURN = 16, 4000, 1000
MIXED, LONGER = 1.1, 2  # chains that agree no better go on, up to so many times as long
SCALES = np.array([3.0, 12.0, 50.0, 200.0, 800.0])  # of the moves of hidden numbers, in cases
TINY = 1e-300


def latent_class(
    counts: NDArray[np.int64], level: float, seed: int, classes: int = 10, sweeps: int = SWEEPS, burn: int = BURN
) -> Posterior:
    """Posterior median and credible interval of N.

    ``effective`` and ``agreement`` say how well the chains have mixed.
    """
    chains = chains_of(counts, seed, classes, CHAINS, burn)
    draws = np.concatenate(list(islice(chains, sweeps)), axis=0)
    agreement, effective = _mixing(draws)
    while agreement > MIXED and len(draws) < LONGER * sweeps:
        draws = np.concatenate([draws, *islice(chains, sweeps)], axis=0)
        agreement, effective = _mixing(draws)
    observed = int(counts.sum())
    tail = (1 - level) / 2
    low, middle, high = (float(x) for x in np.quantile(draws, [tail, 0.5, 1 - tail]))
    return Posterior(observed + middle, observed + low, observed + high, None, None, effective, agreement)


def _mixing(draws: Array) -> tuple[float, float]:
    """Potential scale reduction of the chains (columns), and how many independent draws they are worth."""
    length, within, between = len(draws), draws.var(axis=0, ddof=1).mean(), draws.mean(axis=0).var(ddof=1)
    agreement = float(np.sqrt((within * (length - 1) / length + between) / within)) if within > 0 else 1.0
    # the means of the chains vary as the mean of their effective number of draws does
    return agreement, float(min(draws.size, draws.shape[1] * draws.var() / max(between, 1e-12)))


def chains_of(counts: NDArray[np.int64], seed: int, classes: int, chains: int, burn: int) -> Iterator[Array]:
    """Hidden numbers, shape (1, chains), of each sweep after the first ``burn``, without end."""
    random = np.random.default_rng(seed)
    lists = len(counts).bit_length() - 1
    seen = np.flatnonzero(counts)
    on = ((seen[:, None] >> np.arange(lists)) & 1).astype(np.float64)
    cases = counts[seen]
    observed = int(cases.sum())
    chance = random.beta(1.0, 2.0, size=(chains, classes, lists))
    log_share = np.log(random.dirichlet(np.ones(classes), size=chains))
    concentration = random.gamma(1.0, 1.0, size=chains)
    for sweep in count():
        positive, negative = np.log(chance), np.log1p(-chance)
        belongs = log_share[:, None, :] + on @ positive.transpose(0, 2, 1) + (1 - on) @ negative.transpose(0, 2, 1)
        belongs = np.exp(belongs - belongs.max(axis=2, keepdims=True))
        seen_in = random.multinomial(cases[None], belongs / belongs.sum(axis=2, keepdims=True))
        none = np.exp(log_share + negative.sum(axis=2))
        nobody = none.sum(axis=1)
        hidden = random.negative_binomial(observed, np.clip(1 - nobody, 1e-6, 1.0))
        hidden_in = random.multinomial(hidden, none / nobody[:, None])
        listed = seen_in.transpose(0, 2, 1) @ on
        hidden_in = _moved(random, hidden_in, seen_in.sum(axis=1), listed, concentration)
        size = seen_in.sum(axis=1) + hidden_in
        chance = np.clip(random.beta(1 + listed, 1 + size[:, :, None] - listed), 1e-12, 1 - 1e-12)
        concentration = _concentrated(random, size, concentration)
        log_share = _sticks(random, size, concentration)
        if sweep >= burn:
            yield hidden_in.sum(axis=1)[None].astype(np.float64)


def _concentrated(random: np.random.Generator, size: Whole, concentration: Array) -> Array:
    """Metropolis moves of the concentration's logarithm, with the sticks integrated out.

    Given the sticks it hardly moves once it is small: a stick that leaves 1e-100 keeps it small, and it the stick.
    """
    after = size[:, ::-1].cumsum(axis=1)[:, ::-1] - size

    def weight(a: Array) -> Array:
        sticks = np.log(a)[:, None] + betaln(1.0 + size[:, :-1], a[:, None] + after[:, :-1])
        total: Array = SHAPE * np.log(a) - RATE * a + sticks.sum(axis=1)  # the Jacobian of the logarithm is in SHAPE
        return total

    now = weight(concentration)
    for scale in (0.7, 2.0, 5.0):
        proposed = np.clip(concentration * np.exp(random.normal(0.0, scale, size=len(size))), 1e-100, 1e100)
        then = weight(proposed)
        accept = np.log(np.maximum(random.random(len(size)), TINY)) < then - now
        concentration, now = np.where(accept, proposed, concentration), np.where(accept, then, now)
    return concentration


def _sticks(random: np.random.Generator, size: Whole, concentration: Array) -> Array:
    """Logarithms of the shares of the classes; with a small concentration the first leaves less than 1e-100."""
    after = size[:, ::-1].cumsum(axis=1)[:, ::-1] - size
    taken = np.log(np.maximum(random.standard_gamma(1.0 + size[:, :-1]), TINY))
    shape = concentration[:, None] + after[:, :-1]
    left = np.log(np.maximum(random.standard_gamma(shape + 1.0), TINY))
    left += np.log(np.maximum(random.random(shape.shape), TINY)) / shape  # a Gamma of any small shape
    whole = np.logaddexp(taken, left)
    rests = np.cumsum(left - whole, axis=1)
    log_share = np.zeros(size.shape)
    log_share[:, :-1] = taken - whole
    log_share[:, 1:] += rests
    return log_share


def _moved(random: np.random.Generator, hidden_in: Whole, seen: Whole, listed: Array, concentration: Array) -> Whole:
    """Metropolis moves of one class's hidden number at a time, with chances and sticks integrated out."""
    chains = len(hidden_in)
    rows = np.arange(chains)
    now = _collapsed(hidden_in, seen, listed, concentration)
    # the class is chosen by its seen size, which the move does not change: so proposals are symmetric
    chosen_by = np.cumsum((seen + 0.5) / (seen + 0.5).sum(axis=1, keepdims=True), axis=1)
    for scale in SCALES:
        which = (random.random(chains)[:, None] > chosen_by[:, :-1]).sum(axis=1)
        step = np.rint(random.normal(0.0, scale, size=chains)).astype(np.int64)
        proposed = hidden_in.copy()
        proposed[rows, which] += step
        possible = proposed[rows, which] >= 0
        proposed[rows, which] = np.maximum(proposed[rows, which], 0)
        then = _collapsed(proposed, seen, listed, concentration)
        accept = possible & (np.log(np.maximum(random.random(chains), TINY)) < then - now)
        hidden_in = np.where(accept[:, None], proposed, hidden_in)
        now = np.where(accept, then, now)
    return hidden_in


def _collapsed(hidden_in: Whole, seen: Whole, listed: Array, concentration: Array) -> Array:
    """Logarithm of the joint weight of the hidden numbers of the classes, chances and sticks integrated out."""
    size = seen + hidden_in
    after = size[:, ::-1].cumsum(axis=1)[:, ::-1] - size
    weight = gammaln(size.sum(axis=1)) - gammaln(hidden_in + 1.0).sum(axis=1)
    weight += (gammaln(1.0 + size[:, :, None] - listed) - gammaln(2.0 + size)[:, :, None]).sum(axis=(1, 2))
    a, b = 1.0 + size[:, :-1], concentration[:, None] + after[:, :-1]
    total: Array = weight + (gammaln(a) + gammaln(b) - gammaln(a + b)).sum(axis=1)
    return total
