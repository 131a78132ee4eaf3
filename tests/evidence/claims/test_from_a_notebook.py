"""The package is used from a notebook as its docstring says."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from fener.evidence import claims


def test_the_example_of_the_docstring_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[3])
    done = doctest.testmod(claims)
    assert done.attempted == 4
    assert done.failed == 0
