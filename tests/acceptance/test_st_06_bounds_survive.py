"""ST-06: more than, about, below and ranges survive arithmetic, charts and exports."""

from __future__ import annotations

from pathlib import Path

from fener.evidence.claims import derive
from fener.evidence.claims.pages import values_report
from fener.evidence.output.write import page
from tests.evidence.claims.made_up import book, row, year


def test_st_06_below_20_is_never_20(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        row("w", 100, **year(2002)),
        row("p", 20, qualifier="<", part_of="w", population="foreign", **year(2002)),
        row("v", 150, qualifier=">", **year(2003)),
    )
    share = next(v for v in derive(made) if v.kind == "share")
    change = next(v for v in derive(made) if v.kind == "change")
    assert (share.value, share.low, share.high) == (None, 0, 19)
    assert (change.value, change.low, change.high) == (None, 51, None)
    assert share.to_json()["high"] == 19
    assert change.said() == "at least 51 %"
    shown = page(values_report(made, derive(made)))
    assert "more than 150" in shown
    assert "fewer than 20" in str([claim.said() for claim in made.claims])
