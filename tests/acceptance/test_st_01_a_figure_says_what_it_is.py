"""ST-01: a figure without what it says of itself is no figure."""

from __future__ import annotations

from pathlib import Path

from fener.evidence.claims import check
from fener.evidence.claims.pages import figures_table, findings_report
from fener.evidence.output.write import page
from tests.evidence.claims.made_up import book, classes, row


def test_st_01_everything_that_a_row_says_is_kept_and_shown(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        row(
            "a", 600, qualifier="~", population="foreign+minor", definition="Palermo", as_of="2004-02-01",
            method="survey", verified="no", interest="seeks funds", place="p. 7", note="rounded by the source",
        ),
    )  # fmt: skip
    (shown,) = figures_table(made, made.claims).rows
    told = " | ".join(shown.values())
    for part in ("XX", "identified", "person", "foreign+minor", "2003", "about 600", "Police (police)", "seeks funds",
                 "Palermo", "2004-02-01", "survey", "not verified", "p. 7", "rounded by the source"):  # fmt: skip
        assert part in told


def test_st_01_what_is_not_stated_is_asked_for(tmp_path: Path) -> None:
    assert classes(tmp_path, row("a", 3, period_start="", period_end="")) == ["period"]
    assert classes(tmp_path, row("a", 3, measure="share", unit="percent")) == ["missing"]
    made = book(tmp_path, row("a", 3, period_start="", period_end="", source=""))
    assert "not named" in page(findings_report(made, check(made)))
