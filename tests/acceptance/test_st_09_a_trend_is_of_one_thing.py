"""ST-09: no trend over a change of measure or definition; the break is drawn."""

from __future__ import annotations

from pathlib import Path

from fener.evidence.claims import check, derive
from fener.evidence.claims.pages import values_report
from fener.evidence.output.write import page
from tests.evidence.claims.made_up import book, row, year


def test_st_09_a_spliced_series_is_told_and_not_trended(tmp_path: Path) -> None:
    made = book(tmp_path, row("a", 117, **year(2002)), row("b", 104, measure="assisted", **year(2003)))
    assert [found.kind for found in check(made)] == ["unit"]
    (value,) = derive(made, kind="change")
    assert (value.value, value.tag) == (None, "new_measure")
    (answered,) = derive(made, kind="change", acknowledged_by="A. Statistician")
    assert round(float(answered.value or 0), 1) == -11.1
    assert "different measures" in str(answered.warning)


def test_st_09_a_new_definition_breaks_the_line(tmp_path: Path) -> None:
    made = book(tmp_path, row("a", 1, definition="old", **year(2002)), row("b", 2, definition="new", **year(2003)))
    (value,) = derive(made, kind="change")
    assert (value.value, value.tag) == (None, "new_definition")
    assert "Break: the definition changes from old to new" in page(values_report(made, [value]))


def test_st_09_a_new_group_is_tagged_and_its_break_drawn(tmp_path: Path) -> None:
    rows = (row("a", 1, **year(2002)), row("b", 9, note="New group: internal trafficking", **year(2003)))
    made = book(tmp_path, *rows)
    (value,) = derive(made, kind="change")
    assert (value.value, value.tag) == (800, "new_group")
    assert "Break: a new group is counted" in page(values_report(made, [value]))
