"""ST-07: a share has its base and recomputes from whole numbers; what is left over is printed."""

from __future__ import annotations

from pathlib import Path

from fener.evidence.claims import check, derive
from tests.evidence.claims.made_up import book, classes, row

SHARE = {"measure": "share", "unit": "percent"}


def test_st_07_a_share_that_no_whole_number_gives_is_told(tmp_path: Path) -> None:
    assert classes(tmp_path, row("w", 21), row("s", 14, base="w", **SHARE)) == []
    assert classes(tmp_path, row("w", 21), row("s", 16, base="w", **SHARE)) == ["denominator"]


def test_st_07_a_rate_without_its_base_gives_no_count(tmp_path: Path) -> None:
    made = book(tmp_path, row("s", 16, **SHARE))
    assert [found.kind for found in check(made)] == ["missing"]
    (value,) = derive(made)
    assert value.refused == "a share without its base gives no count"


def test_st_07_the_remainder_is_printed(tmp_path: Path) -> None:
    made = book(tmp_path, row("w", 21), row("a", 9, part_of="w"), row("b", 5, part_of="w"))
    (left,) = derive(made, kind="difference")
    assert (left.value, left.formula) == (7, "w - a - b")
