"""ST-02: identified, assisted, returned, registered and investigated are different things."""

from __future__ import annotations

from pathlib import Path

import pytest

from fener.evidence.claims import derive
from tests.evidence.claims.made_up import book, classes, row, year

MEASURES = ("identified", "assisted", "returned", "registered", "investigated", "encountered")


@pytest.mark.parametrize("other", MEASURES[1:])
def test_st_02_no_total_of_victims_mixes_them(other: str, tmp_path: Path) -> None:
    made = book(tmp_path, row("a", 40, **year(2002)), row("b", 30, measure=other, **year(2003)))
    (value,) = derive(made, kind="sum", inputs=["a", "b"])
    assert value.value is None
    assert "different measures" in str(value.refused)


def test_st_02_a_whole_whose_parts_are_of_several_measures_is_told(tmp_path: Path) -> None:
    whole = row("w", 70, parts_complete="yes")
    found = classes(tmp_path, whole, row("a", 40, part_of="w"), row("b", 30, part_of="w", measure="assisted"))
    assert found == ["unit"]


def test_st_02_assisted_keeps_its_countrys_definition(tmp_path: Path) -> None:
    made = book(tmp_path, row("a", 40, measure="assisted"), row("b", 30, measure="assisted", jurisdiction="XY"))
    (value,) = derive(made, kind="sum", inputs=["a", "b"])
    assert "no definition is stated" in str(value.refused)
