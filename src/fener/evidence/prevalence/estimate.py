"""All methods on one table, side by side: ``estimate_all`` and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from math import isfinite
from typing import Any

import numpy as np

from fener.evidence.prevalence import refusals
from fener.evidence.prevalence.existence import WORDS, code
from fener.evidence.prevalence.fit import Array
from fener.evidence.prevalence.graphs import Posterior, decomposable_average
from fener.evidence.prevalence.intervals import Interval, bootstrap, profile
from fener.evidence.prevalence.latent import MIXED, latent_class
from fener.evidence.prevalence.model import NUMBER_OF_MODELS, every_model, independence, notation
from fener.evidence.prevalence.reading import Table
from fener.evidence.prevalence.search import THRESHOLD, Choice, always, by_bic, downhill, stepwise

METHODS = (
    "independence",
    "stepwise",
    "bic_all",
    "bic_order2",
    "bic_downhill",
    "bma_decomposable",
    "latent_class",
)
QUICK = ("independence", "stepwise", "bma_decomposable")  # for groups and for sensitivity
MOST_MODELS = 40_000  # an exhaustive search looks at, on the data
MOST_RESAMPLED = 1_100  # models that every resample chooses among; beyond, the best by BIC on the data
MOST_RESAMPLED_SIX = 300
MANY, FEW_RESAMPLES = 6, 100  # lists, and how often the downhill search runs again with more
CLOSE = 2.0  # a difference of BIC that is hardly worth mentioning (Kass and Raftery, JASA 90, 1995)
NOT_MIXED = 1.5  # agreement of the chains of latent classes


@dataclass(frozen=True)
class Options:
    """``level`` of the intervals, ``resamples`` of the bootstrap (0: profile intervals), ``seed`` of everything drawn.

    ``order`` bounds the interactions of ``bic_all`` and ``bic_downhill``; ``threshold`` is the p-value of ``stepwise``.
    """

    level: float = 0.95
    resamples: int = 1000
    seed: int = 1
    order: int | None = None
    interval: str = "bca"
    threshold: float = THRESHOLD


@dataclass(frozen=True)
class Estimate:
    """One method's answer.

    ``estimate`` and the ends are numbers of cases in all, observed ones within; None: not given.
    """

    method: str
    n: int
    model: str | None = None
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    interval: str = "none"
    bic: float | None = None
    refused: str | None = None
    warnings: tuple[str, ...] = ()
    about: dict[str, str] = field(default_factory=dict)  # group and value, or the variant of a sensitivity analysis

    @property
    def identified(self) -> tuple[float | None, float | None, float | None]:
        """Share of the estimate that was observed: (at the estimate, at the upper end, at the lower end)."""
        point, least, most = (
            None if end is None else round(self.n / end, 4) for end in (self.estimate, self.high, self.low)
        )
        return point, least, most

    def to_json(self) -> dict[str, Any]:
        """The line of the contract: numbers rounded to hundredths, no infinite ones."""
        share, least, most = self.identified
        line: dict[str, Any] = {
            **self.about,
            "method": self.method,
            "model": self.model,
            "n": self.n,
            "estimate": _rounded(self.estimate),
            "low": _rounded(self.low),
            "high": _rounded(self.high),
            "level": self.level,
            "interval": self.interval,
            "bic": None if self.bic is None else round(self.bic, 5),
            "refused": self.refused,
            "warnings": list(self.warnings),
            "identified": share,
            "identified_low": least,
            "identified_high": most,
        }
        return line


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def estimate_all(
    table: Table, options: Options | None = None, methods: Sequence[str] = METHODS, about: dict[str, str] | None = None
) -> list[Estimate]:
    """Every method's answer on ``table``; a refusal with its reason where the data do not carry a method."""
    options = options or Options()
    reason = refusals.of_the_table(table)
    common = tuple(refusals.warnings_of_the_table(table)) if reason is None else ()
    answers = []
    for method in methods:
        blank = Estimate(method, table.observed, level=options.level, about=dict(about or {}), warnings=common)
        why = reason or _too_much(method, table, options)
        answers.append(replace(blank, refused=why) if why else _one(method, table, options, blank))
    return answers


def _too_much(method: str, table: Table, options: Options) -> str | None:
    """Why this method does not apply to so few or so many lists, or None."""
    lists = len(table.lists)
    if lists == 2 and method != "independence":
        return "with two lists only independence can be assumed; a third list is needed"
    searched = NUMBER_OF_MODELS.get(lists)
    bounded = options.order is not None and options.order <= 2
    if method == "bic_all" and not bounded and (searched is None or searched > MOST_MODELS):
        number = f"{searched:,}".replace(",", " ") if searched else "many millions of"
        return f"{lists} lists have {number} hierarchical models; bic_order2 or bic_downhill search among fewer"
    if (method == "bic_order2" or (method == "bic_all" and bounded)) and lists > 6:
        return f"{lists} lists have 2^{lists * (lists - 1) // 2} models of pairs; bic_downhill searches among fewer"
    if method == "bma_decomposable" and lists > 6:
        return f"{lists} lists have more decomposable graphs than are averaged here (at most six lists)"
    return None


def _one(method: str, table: Table, options: Options, blank: Estimate) -> Estimate:
    if method == "bma_decomposable":
        return _bayes(decomposable_average(table.counts, options.level), table, blank)
    if method == "latent_class":
        return _bayes(latent_class(table.counts, options.level, options.seed), table, blank)
    choose, extra = _chooser(method, table, options)
    resamples = options.resamples
    if method == "bic_downhill" and len(table.lists) > MANY and resamples > FEW_RESAMPLES:
        resamples = FEW_RESAMPLES
        extra = (*extra, f"{resamples} resamples only: with more than {MANY} lists each takes long")
    if options.interval == "profile" or resamples == 0:
        choice = choose(table.counts[None].astype(np.float64))
        interval = None
    else:
        choice, interval = bootstrap(choose, table.counts, options.level, resamples, options.seed)
    return _classic(choice, interval, table, options, replace(blank, warnings=(*blank.warnings, *extra)))


def _chooser(method: str, table: Table, options: Options) -> tuple[Callable[[Array], Choice], tuple[str, ...]]:
    """The method as a function of tables, and what must be said of it."""
    lists = len(table.lists)
    if method == "independence":
        return partial(always, independence(lists)), ()
    if method == "stepwise":
        return partial(stepwise, threshold=options.threshold), ()
    if method == "bic_downhill":
        if lists > MANY and options.order is None:
            return partial(downhill, order=2), (f"among models of pairs: there are more than {MANY} lists",)
        return partial(downhill, order=options.order), ()
    models = list(every_model(lists, 2 if method == "bic_order2" else options.order))
    kept = MOST_RESAMPLED if lists < 6 else MOST_RESAMPLED_SIX
    if len(models) <= kept or options.interval == "profile" or options.resamples == 0:
        return partial(by_bic, models), ()
    said = f"every resample chose among the {kept} models with the smallest BIC on the data, not all {len(models)}"
    return partial(by_bic, models, best=kept), (said,)


def _classic(choice: Choice, interval: Interval | None, table: Table, options: Options, blank: Estimate) -> Estimate:
    estimate = float(choice.estimates[0])
    if choice.model is None:
        simplest = code(independence(len(table.lists)), table.counts)
        return replace(blank, refused=f"no model can be fitted: independence already has {WORDS[simplest]}")
    kind = "bca"
    if interval is None:
        kind, interval = "profile", profile(choice.model, table.counts, estimate, options.level)
    unbounded = interval.unbounded
    reason = refusals.of_the_result(table.observed, estimate, unbounded)
    named = replace(blank, model=notation(choice.model, table.lists), bic=choice.bic)
    if reason:
        return replace(named, refused=reason)
    more = refusals.warnings_of_the_result(table.observed, estimate, interval.low, interval.high, unbounded)
    others = [total for _, bic, total in choice.also if choice.bic is not None and bic <= choice.bic + CLOSE]
    if others:
        more.append(f"models within {CLOSE:.0f} of its BIC give {_range(others)}")
    if kind == "profile" and blank.method != "independence":
        more.append("the interval takes the chosen model for certain, so it is too narrow")
    return replace(
        named,
        estimate=estimate,
        low=interval.low,
        high=interval.high if isfinite(interval.high) else None,
        interval=kind,
        warnings=(*blank.warnings, *more),
    )


def _range(totals: list[float]) -> str:
    low, high = round(min(totals)), round(max(totals))
    return f"{low}" if low == high else f"{low} to {high}"


def _bayes(posterior: Posterior, table: Table, blank: Estimate) -> Estimate:
    if posterior.agreement is not None and posterior.agreement > NOT_MIXED:
        return replace(
            blank,
            refused=f"the chains of the sampler do not agree (factor {posterior.agreement:.2f}): no posterior is known",
        )
    reason = refusals.of_the_result(table.observed, posterior.estimate, 0.0)
    if reason:
        return replace(blank, refused=reason)
    more = refusals.warnings_of_the_result(table.observed, posterior.estimate, posterior.low, posterior.high, 0.0)
    model = None
    if posterior.model is not None and posterior.weight is not None:
        model = notation(posterior.model, table.lists)
        more.append(f"the model named has {100 * posterior.weight:.0f} % of the weight; the estimate averages over all")
    if posterior.agreement is not None and posterior.agreement > MIXED:
        more.append(
            f"the chains of the sampler agree to a factor of {posterior.agreement:.2f} only; more sweeps needed"
        )
    return replace(
        blank,
        model=model,
        estimate=posterior.estimate,
        low=posterior.low,
        high=posterior.high,
        interval="credible",
        warnings=(*blank.warnings, *more),
    )
