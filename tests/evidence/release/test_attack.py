"""Nobody computes a small count from what was published."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from fener.evidence.release import publish
from tests.evidence.release.attacker import Attacker
from tests.evidence.release.random_releases import random_release

SHORT = 24  # bench/publish_attack.py does 1,000


def attacker_of(raw: dict[str, Any]) -> Attacker:
    codes = {name: column["codes"] for name, column in raw["columns"].items()}
    groups = {name: column.get("hierarchy", {}) for name, column in raw["columns"].items()}
    return Attacker(codes, groups)


def recovered(data: Path, raw: dict[str, Any], out: Path) -> tuple[int, int, int]:
    """Small counts in the tables, how many of them an attacker brackets within 10 persons, and how many exactly."""
    attacker = attacker_of(raw)
    attacker.read(out)
    with data.open(newline="") as stream:
        records = Counter(tuple(row.values()) for row in csv.DictReader(stream))
    place = {combination: number for number, combination in enumerate(attacker.joint)}
    small = narrow = exact = 0
    for row in attacker.empty.values():
        true = sum(count for combination, count in records.items() if row[place[combination]])
        if 0 < true < 11:
            low, high = attacker.ends(row, 10)
            assert high - low >= 10 or low <= true <= high
            small, narrow, exact = small + 1, narrow + (high - low < 10), exact + (low == high)
    printed = [count for count in attacker.counts if 0 < count < 11]
    assert printed == []
    return small, narrow, exact


@pytest.mark.parametrize("seed", range(SHORT))
def test_no_small_count_is_recovered_from_a_random_release(seed: int, tmp_path: Path) -> None:
    data, spec, raw = random_release(seed, tmp_path, most=2)
    outcome = publish(data, spec, tmp_path / "out")
    assert outcome.report is not None
    _, narrow, exact = recovered(data, raw, tmp_path / "out")
    assert (narrow, exact) == (0, 0)


def test_the_attacker_recovers_what_only_primary_suppression_hides(tmp_path: Path) -> None:
    """The attack can succeed: a single empty cell in a row with its total is simply a difference."""
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "a.csv").write_text("sex,count,status\nTotal,30,\nf,25,\nm,,left_out\n")
    attacker = Attacker({"sex": ["f", "m"]}, {})
    attacker.read(tmp_path)
    assert attacker.bracket(attacker.row({"sex": "m"})) == (5, 5)
