"""Figures that others have published for the shipped tables, reached within half a percent.

Ends of intervals hang on the resamples drawn: here with two seeds and a tolerance of four times the spread that
``bench/prevalence_published.py`` finds over ten.
"""

from __future__ import annotations

import pytest

from fener.evidence.prevalence.estimate import Options, estimate_all
from fener.evidence.prevalence.existence import FINE, code
from fener.evidence.prevalence.fit import fit
from fener.evidence.prevalence.graphs import decomposable_average
from fener.evidence.prevalence.model import every_model, notation, parse
from tests.evidence.prevalence.tables import example

KOREA = {
    "[b,c][c,d]": (157.1667, 57.14081),
    "[b,c][d]": (268.7778, 58.96860),
    "[b,d][c,d]": (123.4630, 91.89711),
    "[b][c,d]": (126.1944, 138.06368),
    "[b,d][c]": (126.9394, 155.16018),
    "[b][c][d]": (141.9926, 184.14431),
}


def test_korea_every_hierarchical_model_that_exists() -> None:
    table = example("korea")
    found = {}
    for model in every_model(3):
        if code(model, table.counts) == FINE:
            answer = fit(model, table.counts)
            found[notation(model, table.lists)] = (answer.estimate, answer.bic)
    assert found.keys() == KOREA.keys()
    for model, (estimate, bic) in KOREA.items():
        assert found[model][0] == pytest.approx(estimate, abs=1e-3)
        assert found[model][1] == pytest.approx(bic, abs=1e-4)


@pytest.mark.parametrize(
    "table, method, model, estimate",
    [
        ("korea", "bic_all", "[b,c][c,d]", 157.17),
        ("korea", "bic_order2", "[b,c][c,d]", 157.17),
        ("korea", "bic_downhill", "[b,c][c,d]", 157.17),
        ("korea", "stepwise", "[b,c][d]", 268.78),
        ("western", "stepwise", "[A,E][B][C][D]", 2483.38),
        ("western", "independence", "[A][B][C][D][E]", 2007.14),
        ("kosovo", "bic_all", "[EXH,ABA,OSCE][EXH,HRW][OSCE,HRW]", 10_357),
        ("kosovo", "bic_order2", "[EXH,ABA][EXH,OSCE][EXH,HRW][ABA,OSCE][OSCE,HRW]", 14_342),
    ],
)
def test_the_model_chosen_and_its_estimate(table: str, method: str, model: str, estimate: float) -> None:
    (answer,) = estimate_all(example(table), Options(resamples=0), [method])
    assert answer.model == model
    assert answer.estimate == pytest.approx(estimate, rel=5e-5)


def test_western_averaged_over_decomposable_graphs() -> None:
    assert decomposable_average(example("western").counts, 0.95).estimate == pytest.approx(2128, rel=0.005)


def test_western_independence_by_notation() -> None:
    table = example("western")
    assert fit(parse("[A]", table.lists), table.counts).estimate == pytest.approx(2007.14, abs=0.01)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    "table, method, level, low, high, spread",
    [
        ("korea", "bic_all", 0.95, 128, 349, (1.1, 11.6)),
        ("korea", "bic_all", 0.80, 135, 288, (1.0, 7.8)),
        ("kosovo", "bic_all", 0.95, 6_947, 18_010, (204, 354)),
        ("kosovo", "bic_order2", 0.95, 12_451, 16_273, (76, 141)),
        ("western", "stepwise", 0.95, 1_293, 3_670, (55, 102)),
    ],
)
def test_the_interval_within_what_chance_does(
    table: str, method: str, level: float, low: float, high: float, spread: tuple[float, float], seed: int
) -> None:
    (answer,) = estimate_all(example(table), Options(level=level, seed=seed), [method])
    assert answer.interval == "bca"
    assert answer.low == pytest.approx(low, abs=4 * spread[0])
    assert answer.high == pytest.approx(high, abs=4 * spread[1])
