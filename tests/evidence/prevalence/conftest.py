"""Latent classes with few sweeps: what is tested here is what is printed, not how well the chains mix."""

from __future__ import annotations

from functools import partial

import pytest

from fener.evidence.prevalence import estimate
from fener.evidence.prevalence.latent import latent_class


@pytest.fixture(autouse=True)
def _few_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estimate, "latent_class", partial(latent_class, sweeps=80, burn=80))
