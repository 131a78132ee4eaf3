"""Overlap files, the commands, and the page: what is read, what is refused in one line, what is printed."""

from __future__ import annotations

import doctest
import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fener.cli import main
from fener.evidence import prevalence
from fener.evidence.prevalence.reading import read_overlap
from tests.evidence.prevalence.tables import EXAMPLES

KEYS = {"method", "model", "n", "estimate", "low", "high", "level", "interval", "bic", "refused", "warnings"}


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["prevalence", *words])


def written(folder: Path, text: str) -> str:
    file = folder / "lists.csv"
    file.write_text(text, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "row 1: the file is empty"),
        ("A,B,count\n", "row 2: the file has a header but no data"),
        ("A,B\n1,0\n", "row 1, column count: is missing"),
        ("A,count\n1,3\n", "row 1: 1 list; at least two are needed"),
        ("A,B,count\n1,0,3\n1,x,4\n", 'row 3, column B: "x" is neither 0 nor 1'),
        ("A,B,count\n1,,3\n", "row 2, column B: is empty"),
        ("A,B,count\n1,0,2.5\n", 'row 2, column count: "2.5" is not a whole number'),
        ("A,B,count\n1,0,-2\n", 'row 2, column count: "-2" is negative'),
        ("A,B,count\n1,0,many\n", 'row 2, column count: "many" is not a number'),
        ("A,B,count\n1,0,2\n0,1,3\n1,0,4\n", "row 4, column A: this capture history stood in an earlier row"),
        ("A,B,count\n1,0,2\n0,0,3\n", "row 3, column count: 3 cases on no list"),
        ("A,B,C,count\n1,0,0,2\n1,1,0,3\n0,1,0,4\n", "row 1, column C: nobody is on this list"),
        ("A,B,count\n1,0,0\n0,1,0\n", "there is not a single case"),
        ("A,B,A,count\n1,0,1,2\n", "row 1, column A: stands in the header twice"),
        ('"A,x",B,count\n1,0,2\n', "a list's name holds none of"),
    ],
)
def test_a_bad_file_is_one_line_and_exit_2(tmp_path: Path, text: str, message: str) -> None:
    for words in (["estimate"], ["exists", "--model", "[A]"]):
        result = run(words[0], written(tmp_path, text), *words[1:])
        assert result.exit_code == 2
        assert result.stdout == ""
        assert message in result.stderr
        assert result.stderr.count("\n") == 1


def test_a_million_rows_are_answered_within_a_minute(tmp_path: Path) -> None:
    file = written(
        tmp_path, "A,B,nationality,count\n" + "".join(f"1,1,n{i},1\n" for i in range(1_000_000)) + "0,0,x,1\n"
    )
    began = time.process_time()
    result = run("estimate", file)
    assert result.exit_code == 2
    assert "row 1000002, column count: 1 cases on no list" in result.stderr
    assert time.process_time() - began < 30


def test_absent_histories_count_as_none_and_groups_add_up(tmp_path: Path) -> None:
    file = written(tmp_path, "sex,A,B,count\nfemale,1,0,3\nmale,1,0,4\nfemale,1,1,2\n,0,1,1\n")
    overlap = read_overlap(file)
    assert overlap.total.counts.tolist() == [0, 7, 1, 2]
    assert overlap.groups["sex"].keys() == {"female", "male", "not stated"}
    assert overlap.groups["sex"]["male"].lists == ("A",)  # nobody of them is on B


def test_one_line_a_method_in_the_form_of_the_contract() -> None:
    result = run("estimate", str(EXAMPLES / "korea.csv"), "--json", "--resamples", "50")
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["method"] for line in lines] == list(prevalence.METHODS)
    for line in lines:
        assert line.keys() >= KEYS
        assert line["n"] == 123
        assert line["level"] == 0.95
        assert line["interval"] in {"bca", "profile", "credible", "none"}


def test_the_table_names_every_method_and_says_that_none_is_the_answer() -> None:
    result = run("estimate", str(EXAMPLES / "artificial_3.csv"))
    assert result.exit_code == 0
    for method in prevalence.METHODS:
        assert method in result.stdout
    assert "No method gives an estimate" in result.stdout


def test_methods_groups_and_sensitivity_are_asked_by_name(tmp_path: Path) -> None:
    rows = "".join(f"{sex},{h >> 2 & 1},{h >> 1 & 1},{h & 1},{20 + h}\n" for sex in "fm" for h in range(1, 8))
    words = ["--method", "independence", "--resamples", "0", "--sensitivity", "--json"]
    result = run("estimate", written(tmp_path, "sex,A,B,C,count\n" + rows), *words)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert {line["method"] for line in lines} == {"independence"}
    assert {line["variant"] for line in lines if "variant" in line} >= {"without A", "A and B as one list"}
    assert [line["value"] for line in lines if "group" in line] == ["f", "m"]
    assert "is none of" in run("estimate", str(EXAMPLES / "korea.csv"), "--method", "guess").stderr
    assert "region" in run("estimate", str(EXAMPLES / "korea.csv"), "--group", "region").stderr


def test_the_page_holds_chart_table_assumptions_dispute_and_no_script(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    words = ["--resamples", "50", "--method", "stepwise", "--method", "bma_decomposable", "--sensitivity"]
    assert run("estimate", str(EXAMPLES / "korea.csv"), "--html", str(file), *words).exit_code == 0
    page = file.read_text(encoding="utf-8")
    for text in ("<svg", "Closed population", "disputed", "bma_decomposable", "Without", "without b", "Madigan"):
        assert text.lower() in page.lower()
    assert "<script" not in page


@pytest.mark.parametrize("model, code", [("[A,B][C]", "1"), ("[A][B][C]", "0"), ("[A,B][A,C][B,C]", "2")])
def test_exists_prints_the_code(model: str, code: str) -> None:
    result = run("exists", str(EXAMPLES / "artificial_3.csv"), "--model", model)
    assert (result.exit_code, result.stdout) == (0, f"{code}\n")
    line = json.loads(run("exists", str(EXAMPLES / "artificial_3.csv"), "--model", model, "--json").stdout)
    assert line["code"] == int(code)


def test_a_model_that_names_no_list_is_one_line_and_exit_2() -> None:
    result = run("exists", str(EXAMPLES / "korea.csv"), "--model", "[b,x]")
    assert result.exit_code == 2
    assert "names 'x', but the lists are b, c, d" in result.stderr


def test_the_example_of_the_package_is_true() -> None:
    assert doctest.testmod(prevalence).failed == 0
