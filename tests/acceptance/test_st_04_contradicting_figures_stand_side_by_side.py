"""ST-04: contradicting figures are told, side by side, and never corrected."""

from __future__ import annotations

from pathlib import Path

from fener.evidence.claims import check
from fener.evidence.claims.pages import findings_report
from fener.evidence.output.write import page
from tests.evidence.claims.made_up import book, row, written

ROWS = (
    row("gov", 40, source="Ministry", source_type="ministry", as_of="2004-01-31"),
    row("ngo", 90, source="Haven", source_type="ngo", as_of="2004-02-28"),
)


def test_st_04_both_are_named_with_source_and_date_and_none_is_changed(tmp_path: Path) -> None:
    file = written(tmp_path, ROWS)
    before = file.read_bytes()
    made = book(tmp_path, *ROWS)
    (found,) = check(made)
    assert (found.kind, found.claims) == ("conflict", ("gov", "ngo"))
    shown = page(findings_report(made, [found]))
    for part in ("gov (40) by Ministry", "ngo (90) by Haven", "stated 2004-01-31", "stated 2004-02-28"):
        assert part in shown
    assert "65" not in found.message  # nobody took the mean
    assert file.read_bytes() == before
