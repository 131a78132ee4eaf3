"""``fener import htcds`` and ``fener export htcds`` as a shell sees them."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fener.casework.htcds import cli, importer
from fener.casework.models import Case
from fener.cli import main
from fener.network.models import Organisation
from fener.trust.actor import Actor
from fener.trust.models import Consent
from fener.trust.roles import Role
from tests.casework.htcds.books import PERSON, book, main_rows
from tests.factories.casework import CaseFactory
from tests.factories.network import PASSWORD, Mechanism


def call(*words: object, user: Actor | None = None, typed: str | None = None) -> Result:
    environment = {"FENER_USER": user.username, "FENER_PASSWORD": PASSWORD} if user else {}
    return CliRunner().invoke(main, [str(word) for word in words], env=environment, input=typed)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return book(tmp_path / "cases.xlsx", PERSON, {**PERSON, "prs_FirstName": "Mila"})


@pytest.mark.parametrize("words", [["import"], ["export"], ["import", "htcds"], ["export", "htcds"]])
def test_help_has_an_example(words: Sequence[str]) -> None:
    told = call(*words, "--help")
    assert told.exit_code == 0
    assert f"fener {words[0]} htcds" in told.stdout


def test_a_dry_run_needs_no_account_no_keys_and_no_database(path: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from fener.cli import main\n"
        "try: main(['import', 'htcds', sys.argv[1], '--dry-run', '--language', 'sr'])\n"
        "finally: assert 'fener.casework.models' not in sys.modules; assert 'fener.settings' not in sys.modules"
    )
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("FENER", "DJANGO"))}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "2 rows read, 0 errors" in done.stdout
    assert [entry.name for entry in tmp_path.iterdir()] == ["cases.xlsx"]


def test_errors_are_a_table_by_row_and_column_and_exit_1(tmp_path: Path) -> None:
    told = call("import", "htcds", book(tmp_path / "a.xlsx", {**PERSON, "prs_Gender": "Blue"}), "--dry-run")
    assert told.exit_code == 1
    header, first, *_rest = told.stdout.splitlines()
    assert header.split() == ["sheet", "row", "column", "what", "to", "do"]
    assert first.split()[:3] == ["Sheet1", "3", "con_Consent"]
    assert "Nothing was imported" in told.stdout


def test_json_is_one_finding_a_line(tmp_path: Path) -> None:
    told = call("import", "htcds", book(tmp_path / "a.xlsx", {**PERSON, "prs_Gender": "Blue"}), "--dry-run", "--json")
    findings = [json.loads(line) for line in told.stdout.splitlines()]
    assert told.exit_code == 1
    assert {finding["column"] for finding in findings} == {"con_Consent (C)", "prs_Gender (D)"}
    assert {"sheet", "row", "column", "severity", "message"} == set(findings[0])


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["nowhere.xlsx"], "nowhere.xlsx: there is no such file"),
        (["--keep-until", "soon"], "--keep-until: 'soon' is no date"),
        (["--keep-until", "2020-01-01"], "--keep-until: choose a date in the future"),
        (["--language", "Klingon"], "--language: 'Klingon'"),
        (["--guardian-agreed", "all"], "--guardian-agreed: 'all' names no rows"),
        (["--guardian-agreed", "1-999999999999"], "more rows than a file may have"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(path: Path, words: list[str], reason: str) -> None:
    told = call("import", "htcds", *(words if words[0].endswith("xlsx") else [path, *words]), "--dry-run")
    assert told.exit_code == 2
    assert reason in told.stderr
    assert told.stderr.count("\n") == 1
    assert not told.stdout


def test_an_import_opens_the_cases_and_says_their_codes(path: Path, case_manager: Actor) -> None:
    told = call("import", "htcds", path, "--language", "Serbian", "--json", user=case_manager)
    assert told.exit_code == 0, told.output
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    cases = Case.objects.unscoped(reason="test")
    assert [(line["row"], line["case"]) for line in lines] == [
        (row, cases.get(code=line["case"]).code) for row, line in zip((3, 4), lines, strict=True)
    ]
    assert set(Consent.objects.values_list("language", flat=True)) == {"sr"}


def test_the_password_is_asked_for_and_not_shown(path: Path, case_manager: Actor) -> None:
    told = call("import", "htcds", path, "--language", "sr", typed=f"{case_manager.username}\n{PASSWORD}\n")
    assert told.exit_code == 0, told.output
    assert PASSWORD not in told.output
    assert "2 cases opened" in told.stdout


@pytest.mark.parametrize("typed", ["{user}\nwrong\n", "nobody\nwrong\n", "!!\nwrong\n"])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(path: Path, case_manager: Actor, typed: str) -> None:
    told = call("import", "htcds", path, "--language", "sr", typed=typed.format(user=case_manager.username))
    assert told.exit_code == 2
    assert told.stderr.endswith("fener: user name or password is wrong\n")
    assert not Case.objects.unscoped(reason="test").exists()


def test_somebody_whose_role_does_not_allow_it_is_refused(path: Path, mechanism: Mechanism, tmp_path: Path) -> None:
    worker = mechanism.ngo.actor(Role.SHELTER_WORKER)
    for words in (["import", "htcds", path, "--language", "sr"], ["export", "htcds", tmp_path / "out.xlsx"]):
        told = call(*words, user=worker)
        assert told.exit_code == 2
        assert "role does not allow" in told.stderr
    assert not (tmp_path / "out.xlsx").exists()


def test_ctrl_c_leaves_nothing_and_says_so(path: Path, case_manager: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    open_case = importer.cases.open_case

    def stopped(**told: Any) -> Case:
        if told["compartments"]["identity"]["first_name"] == "Mila":
            raise KeyboardInterrupt
        return open_case(**told)

    monkeypatch.setattr(importer.cases, "open_case", stopped)
    told = call("import", "htcds", path, "--language", "sr", user=case_manager)
    assert told.exit_code == cli.STOPPED
    assert "stopped; nothing was imported" in told.stderr
    assert not Case.objects.unscoped(reason="test").exists()


def test_an_export_is_readable_by_its_owner_alone_and_warns(case_manager: Actor, tmp_path: Path) -> None:
    CaseFactory(actor=case_manager)
    out = tmp_path / "out.xlsx"
    told = call("export", "htcds", out, user=case_manager)
    assert told.exit_code == 0, told.output
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "names in the clear" in told.stderr
    assert told.stdout == f"1 cases written to {out}\n"
    assert len(main_rows(out)) == 1


def test_an_export_does_not_write_over_a_file_unless_told(case_manager: Actor, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    out.write_bytes(b"mine")
    told = call("export", "htcds", out, user=case_manager)
    assert told.exit_code == 2
    assert "--force" in told.stderr
    assert out.read_bytes() == b"mine"
    assert call("export", "htcds", out, "--force", user=case_manager).exit_code == 0
    assert out.read_bytes() != b"mine"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_an_export_that_fails_leaves_what_was_there(
    case_manager: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    CaseFactory(actor=case_manager)
    from fener.casework.htcds import exporter

    def full(*_anything: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporter, "_write", full)
    out = tmp_path / "out.xlsx"
    told = call("export", "htcds", out, user=case_manager)
    assert told.exit_code == 2
    assert told.stderr == f"fener: {out}: No space left on device\n"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_and_a_missing_folder_are_said(case_manager: Actor, tmp_path: Path) -> None:
    assert "is a folder" in call("export", "htcds", tmp_path, user=case_manager).stderr
    assert "does not exist" in call("export", "htcds", tmp_path / "no" / "out.xlsx", user=case_manager).stderr
    assert Organisation.objects.exists()
