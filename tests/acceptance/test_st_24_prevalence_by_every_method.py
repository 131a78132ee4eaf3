"""ST-24: a prevalence estimate is intervals by every method with their assumptions, or a refusal; never one number."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from fener.cli import main
from fener.evidence.prevalence import METHODS, Options, estimate, estimate_all, read_overlap
from fener.evidence.prevalence.assumptions import ASSUMPTIONS, METHOD_ASSUMPTIONS
from fener.evidence.prevalence.latent import latent_class

EXAMPLES = Path(__file__).parents[2] / "examples" / "prevalence"


@pytest.fixture(autouse=True)
def _few_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule is about what is printed, not about how long the sampler of latent classes runs."""
    monkeypatch.setattr(estimate, "latent_class", partial(latent_class, sweeps=80, burn=80))


def test_st_24_every_method_stands_beside_the_others_with_an_interval() -> None:
    answers = estimate_all(read_overlap(EXAMPLES / "korea.csv").total, Options(resamples=100))
    assert [a.method for a in answers] == list(METHODS)
    for answer in answers:
        assert answer.refused or (answer.low is not None and answer.low <= (answer.estimate or 0))
        assert answer.interval != "none" or answer.refused


def test_st_24_the_page_prints_the_assumptions_of_each_method(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    words = ["prevalence", "estimate", str(EXAMPLES / "korea.csv"), "--resamples", "20", "--html", str(page)]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0
    assert "no single one of these figures is the answer" in result.stdout
    text = page.read_text(encoding="utf-8")
    for assumed in (*ASSUMPTIONS, *METHOD_ASSUMPTIONS.values()):
        assert assumed.split(":")[0].split(";")[0] in text


def test_st_24_thin_data_are_refused_with_the_reason() -> None:
    words = ["prevalence", "estimate", str(EXAMPLES / "artificial_3.csv"), "--json"]
    lines = [json.loads(line) for line in CliRunner().invoke(main, words).stdout.splitlines()]
    assert len(lines) == len(METHODS)
    for line in lines:
        assert line["estimate"] is line["low"] is line["high"] is None
        assert "only 6 of 96 cases" in line["refused"]
