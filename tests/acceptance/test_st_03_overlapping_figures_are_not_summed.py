"""ST-03: what may count the same persons is summed only when a named person answers for it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from fener.cli import main
from fener.evidence.claims import derive
from tests.evidence.claims.made_up import book, row, written

TWO = (row("a", 10, measure="assisted", source="A"), row("b", 12, measure="assisted", source="B", overlaps="a"))


def test_st_03_the_sum_is_refused_whether_the_overlap_is_marked_or_only_possible(tmp_path: Path) -> None:
    for second in (TWO[1], TWO[1] | {"overlaps": ""}):
        (value,) = derive(book(tmp_path, TWO[0], second), kind="sum", inputs=["a", "b"])
        assert value.value is None
        assert "may count the same persons" in str(value.refused)


def test_st_03_a_named_person_answers_and_the_warning_is_printed(tmp_path: Path) -> None:
    file = written(tmp_path, TWO)
    asked = ["claims", "derive", str(file), "--kind", "sum", "--inputs", "a,b", "--acknowledged-by", "A. Statistician"]
    told = " ".join(CliRunner().invoke(main, asked).output.split())
    assert "22" in told
    assert "12 to 22" in told
    assert "may count the same persons" in told
    assert "answered for by A. Statistician" in told
