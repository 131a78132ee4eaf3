"""A file that cannot be used: one line with file, row and column, exit code 2, nothing written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fener.cli import main
from fener.evidence.claims.reading import COLUMNS
from tests.evidence.claims.made_up import Row, consistent, row, written


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["claims", *args])


BAD: dict[str, tuple[list[Row], str]] = {
    "text in a number": ([row("a", "many")], 'row 2, column value: "many" is not a number'),
    "a thousands mark": ([row("a", "5,415")], 'row 2, column value: "5,415" is not a number'),
    "a negative count": ([row("a", 1), row("b", -3)], 'row 3, column value: "-3" is negative'),
    "a fractional count": ([row("a", 2.5)], 'row 2, column value: "2.5" is no whole number of person'),
    "a date that is none": ([row("a", 1, period_start="2003")], 'row 2, column period_start: "2003" is not a date'),
    "a measure misspelt": ([row("a", 1, measure="identifed")], "row 2, column measure"),
    "a measure that is none": ([row("a", 1, measure="victms")], 'write "other:victms"'),
    "a country by its name": (
        [row("a", 1, jurisdiction="Romania")],
        'row 2, column jurisdiction: "Romania" is no code',
    ),
    "a code of no country": ([row("a", 1), row("b", 1, jurisdiction="RM")], "row 3, column jurisdiction"),
    "an unknown kind of source": ([row("a", 1, source_type="policeman")], "row 2, column source_type"),
    "no id": ([row("", 1)], "row 2, column id: is empty"),
    "no measure": ([row("a", 1, measure="")], "row 2, column measure: is empty"),
    "an unknown qualifier": ([row("a", 1, qualifier="≈")], "row 2, column qualifier"),
    "an unknown reason": ([row("a", None, missing="lost")], "row 2, column missing"),
    "a value that is missing": ([row("a", 1, missing="refused")], "row 2, column missing: says that there is no value"),
    "a range without its end": ([row("a", 1, qualifier="range")], "row 2, column value_high: is empty"),
    "a range turned round": ([row("a", 5, qualifier="range", value_high=3)], "row 2, column value_high: is 3"),
    "an end alone": ([row("a", None, value_high=3)], "row 2, column value: is empty"),
    "a whole that is not there": ([row("a", 1, part_of="w")], 'row 2, column part_of: no figure has the id "w"'),
    "a base that is not there": ([row("a", 1, base="w")], 'row 2, column base: no figure has the id "w"'),
    "an overlap with nothing": (
        [row("a", 1, overlaps="b;c"), row("b", 1)],
        'row 2, column overlaps: no figure has the id "c"',
    ),
    "a part of itself": ([row("a", 1, part_of="a")], "row 2, column part_of: names itself"),
    "a circle": (
        [row("a", 1, part_of="b"), row("b", 1, part_of="c"), row("c", 1, part_of="a")],
        "column part_of: goes round in a circle (a → b → c → a)",
    ),
    "nothing in it": ([], "row 2: the file has a header but no figure"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["check", "derive"])
def test_what_is_wrong_is_said_in_one_line(name: str, command: str, tmp_path: Path) -> None:
    rows, message = BAD[name]
    file = written(tmp_path, rows)
    told = run(command, str(file), "--json", "--html", str(tmp_path / "out.html"))
    assert told.exit_code == 2
    assert message in told.stderr
    assert str(file) in told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert told.stdout == ""
    assert [one.name for one in tmp_path.iterdir()] == ["claims.csv"]


@pytest.mark.parametrize("column", ["id", "jurisdiction", "measure", "unit", "value"])
def test_a_missing_column_is_told(column: str, tmp_path: Path) -> None:
    file = written(tmp_path, consistent(1), [name for name in COLUMNS if name != column])
    told = run("check", str(file))
    assert told.exit_code == 2
    assert f"row 1, column {column}: is missing" in told.stderr


def test_a_column_that_is_nearly_one_of_the_contract_is_told(tmp_path: Path) -> None:
    file = written(tmp_path, [row("a", 1)], [*(c for c in COLUMNS if c != "qualifier"), "qualifer"])
    assert "is qualifier meant?" in run("check", str(file)).stderr


def test_other_columns_are_let_be(tmp_path: Path) -> None:
    file = written(tmp_path, [row("a", 1, colour="red")], [*COLUMNS, "colour"])
    assert run("check", str(file)).exit_code == 0


def test_the_command_answers_in_three_forms(tmp_path: Path) -> None:
    file = written(tmp_path, [row("w", 5), row("p", 7, part_of="w")])
    told = run("check", str(file), "--json", "--html", str(tmp_path / "out.html"))
    assert told.exit_code == 1
    (record,) = [json.loads(line) for line in told.stdout.splitlines()]
    assert record == {
        "class": "sum",
        "claims": ["w", "p"],
        "message": "The part p (7) is more than its whole w (5).",
        "severity": "warning",
    }
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert record["message"] in page
    assert "<script" not in page
    assert record["message"][:20] in run("check", str(file)).stdout
    assert run("check", str(written(tmp_path, [row("a", 1)]))).exit_code == 0


def test_a_part_that_the_row_makes_more_than_its_whole_is_not_corrected(tmp_path: Path) -> None:
    file = written(tmp_path, [row("w", 5), row("p", 7, part_of="w")])
    before = file.read_bytes()
    run("check", str(file))
    run("derive", str(file))
    assert file.read_bytes() == before


def test_one_is_counted_as_one(tmp_path: Path) -> None:
    assert (
        "2 figures, 1 finding." in run("check", str(written(tmp_path, [row("w", 5), row("p", 7, part_of="w")]))).stdout
    )


@pytest.mark.parametrize("code", ["ro", "XK", "BA-SRP", "YU", "CSXX", ""])
def test_codes_of_countries_parts_of_them_and_countries_that_were(code: str, tmp_path: Path) -> None:
    assert run("check", str(written(tmp_path, [row("a", 1, jurisdiction=code)]))).exit_code == 0


def test_a_unit_of_ones_own_is_let_be(tmp_path: Path) -> None:
    assert run("check", str(written(tmp_path, [row("a", 1, measure="other:boats", unit="boats")]))).exit_code == 0
