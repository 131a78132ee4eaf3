"""Intervals: what they hold, what they do with resamples that have no estimate, and that batches equal single fits."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from fener.evidence.prevalence.fit import fit, fit_models, fit_tables, product
from fener.evidence.prevalence.intervals import bca, bootstrap, jackknife, profile, resample
from fener.evidence.prevalence.model import every_model, independence
from fener.evidence.prevalence.search import by_bic, downhill, stepwise
from tests.evidence.prevalence.tables import drawn, example


def test_without_bias_and_acceleration_the_ends_are_quantiles() -> None:
    resampled = norm.ppf((np.arange(9999) + 0.5) / 9999)
    found = bca(0.0, resampled, np.zeros(3), np.ones(3), 0.95)
    assert (found.low, found.high) == (pytest.approx(-1.96, abs=0.01), pytest.approx(1.96, abs=0.01))


def test_resamples_without_an_estimate_open_the_upper_end() -> None:
    resampled = np.concatenate([np.linspace(90, 110, 950), np.full(50, np.inf)])
    found = bca(100.0, resampled, np.array([99.0, 101.0]), np.ones(2), 0.95)
    assert found.high == float("inf")
    assert np.isfinite(found.low)
    assert found.unbounded == pytest.approx(0.05)


def test_a_table_is_left_out_once_for_each_case() -> None:
    table = example("korea")
    left, weights = jackknife(table.counts)
    assert weights.sum() == table.observed
    assert (left.sum(axis=1) == table.observed - 1).all()


def test_resamples_have_as_many_cases_and_no_new_histories() -> None:
    table = example("western")
    found = resample(table.counts, 50, 3)
    assert (found.sum(axis=1) == table.observed).all()
    assert not found[:, table.counts == 0].any()
    assert (found == resample(table.counts, 50, 3)).all()


def test_fits_in_one_batch_equal_fits_one_by_one() -> None:
    table = example("western")
    models = list(every_model(5, 2))[::37]
    batch = fit_models(models, table.counts)
    for i, model in enumerate(models):
        alone = fit(model, table.counts)
        assert batch.loglik[i] == pytest.approx(alone.loglik, abs=1e-4)
        assert batch.bic[i] == pytest.approx(alone.bic, abs=1e-4)


def test_one_model_on_many_tables_equals_one_by_one() -> None:
    table = example("korea")
    tables = resample(table.counts, 20, 5)
    model = independence(3)
    batch = fit_tables(model, tables, fit(model, table.counts).beta)
    for i, one in enumerate(tables):
        assert batch.estimate[i] == pytest.approx(fit(model, one.astype(np.int64)).estimate, rel=1e-4)


def test_products_in_blocks_are_products() -> None:
    random = np.random.default_rng(1)
    for rows in (0, 1, 7, 400):
        left, right = random.random((rows, 31)), random.random((31, 256))
        assert np.allclose(product(left, right), left @ right)


def test_the_profile_interval_holds_the_estimate_and_widens_with_the_level() -> None:
    table = example("western")
    estimate = fit(independence(5), table.counts).estimate
    narrow, wide = (profile(independence(5), table.counts, estimate, level) for level in (0.8, 0.95))
    assert wide.low < narrow.low < estimate < narrow.high < wide.high


@pytest.mark.parametrize("choose", [stepwise, downhill, lambda t: by_bic(list(every_model(3)), t)])
def test_the_choice_on_each_resample_is_the_choice_on_it_alone(choose: object) -> None:
    table = example("korea")
    assert callable(choose)
    tables = np.vstack([table.counts[None].astype(float), resample(table.counts, 12, 9)])
    together = choose(tables).estimates
    for i, one in enumerate(tables):
        assert together[i] == pytest.approx(choose(one[None]).estimates[0], rel=1e-4)


def test_the_same_seed_gives_the_same_interval() -> None:
    table = drawn(600, [0.3, 0.2, 0.25], 4)
    first, second = (bootstrap(stepwise, table.counts, 0.95, 100, 7)[1] for _ in range(2))
    assert first == second
