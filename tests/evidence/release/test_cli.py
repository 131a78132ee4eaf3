"""``fener publish``: what it prints, its exit codes, and that a failure leaves nothing behind."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fener.cli import main
from tests.evidence.release.made_up import records, spec
from tests.evidence.release.test_national import NAMES, PLENTY

EXAMPLES = Path(__file__).parents[3] / "examples" / "publish"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["publish", *map(str, arguments)])


@pytest.fixture(name="files")
def files_made(tmp_path: Path) -> tuple[Path, Path]:
    return records(tmp_path / "data.csv", NAMES, {**PLENTY, ("m", "sexual"): 4}), spec(tmp_path / "spec.yaml")


def test_the_example_is_published(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "national.yaml", tmp_path)
    done = run(EXAMPLES / "cases.csv", "--spec", tmp_path / "national.yaml", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "none succeeded" in done.output
    assert (tmp_path / "out" / "tables" / "form-sex.csv").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["history", "national.yaml", "out"]


def test_json_is_one_record_a_line(files: tuple[Path, Path], tmp_path: Path) -> None:
    done = run(files[0], "--spec", files[1], "--out", tmp_path / "out", "--json")
    (line,) = done.stdout.splitlines()
    summary = json.loads(line)
    assert summary["published"] is True
    assert (summary["cells"], summary["left_out"]) == (12, 4)


def test_the_page_can_be_sent(files: tuple[Path, Path], tmp_path: Path) -> None:
    run(files[0], "--spec", files[1], "--out", tmp_path / "out", "--html", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text()
    assert page == (tmp_path / "out" / "report.html").read_text()
    assert "left out" in page
    assert "<script" not in page


@pytest.mark.parametrize("place", ["missing/page.html", "folder"])
def test_a_page_that_cannot_be_written_stops_everything_before(
    files: tuple[Path, Path], tmp_path: Path, place: str
) -> None:
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.iterdir())
    done = run(files[0], "--spec", files[1], "--out", tmp_path / "out", "--html", tmp_path / place)
    assert done.exit_code == 2
    assert done.output.startswith(f"{tmp_path / place}: ")
    assert sorted(tmp_path.iterdir()) == before


def test_a_page_that_cannot_be_written_spends_no_budget(tmp_path: Path) -> None:
    for name in ("cases.csv", "private.yaml"):
        shutil.copy(EXAMPLES / name, tmp_path)
    page = tmp_path / "missing" / "page.html"
    done = run(tmp_path / "cases.csv", "--spec", tmp_path / "private.yaml", "--out", tmp_path / "out", "--html", page)
    assert done.exit_code == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cases.csv", "private.yaml"]


def test_a_refused_release_writes_no_page(tmp_path: Path) -> None:
    few = records(tmp_path / "few.csv", NAMES, {("f", "labour"): 5, ("m", "labour"): 60})
    loose = spec(tmp_path / "loose.yaml", national={"minimum": 2, "protection": 1, "groups": "report"})
    run(few, "--spec", loose, "--out", tmp_path / "one")
    strict = spec(tmp_path / "strict.yaml")
    done = run(few, "--spec", strict, "--out", tmp_path / "two", "--html", tmp_path / "page.html")
    assert done.exit_code == 1
    assert [p.name for p in tmp_path.iterdir() if "page" in p.name] == []


def test_a_folder_that_exists_is_not_overwritten(files: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    done = run(files[0], "--spec", files[1], "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "exists already" in done.output


def test_bad_input_is_one_line_and_leaves_nothing(tmp_path: Path, files: tuple[Path, Path]) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("sex,form\nf,labour\nf,nothing\n")
    done = run(bad, "--spec", files[1], "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert done.output == f"{bad}: row 3, column form: 'nothing' is not in the specification's code list\n"
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "history" / "manifest.json").exists()
    assert [p for p in tmp_path.iterdir() if p.name.startswith(".out")] == []


def test_what_cannot_be_made_safe_is_refused_with_exit_code_1(tmp_path: Path) -> None:
    few = records(tmp_path / "few.csv", NAMES, {("f", "labour"): 5, ("m", "labour"): 60})
    loose = spec(tmp_path / "loose.yaml", national={"minimum": 2, "protection": 1, "groups": "report"})
    assert run(few, "--spec", loose, "--out", tmp_path / "one").exit_code == 0
    strict = spec(tmp_path / "strict.yaml")
    done = run(few, "--spec", strict, "--out", tmp_path / "two")
    assert done.exit_code == 1
    assert done.output.startswith("Nothing was published.")
    assert not (tmp_path / "two").exists()
    told = run(few, "--spec", strict, "--out", tmp_path / "two", "--json")
    assert json.loads(told.stdout.splitlines()[-1])["published"] is False


def test_a_write_that_fails_leaves_no_release_and_no_note(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("fener.evidence.release.exports.tables._write_workbook", full)
    done = run(files[0], "--spec", files[1], "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "No space left on device" in done.output
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "history" / "manifest.json").exists()
