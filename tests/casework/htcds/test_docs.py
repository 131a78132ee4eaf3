"""docs/htcds.md: its commands run, and every option of the commands stands in it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from fener.casework.htcds import cli
from fener.cli import main

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "htcds.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.S) for line in block.splitlines() if line]


@pytest.mark.parametrize("command", [cli.import_htcds, cli.export_htcds], ids=["import", "export"])
def test_every_option_is_told(command: click.Command) -> None:
    options = {name for parameter in command.params for name in parameter.opts if name.startswith("--")}
    assert not {option for option in options if option not in PAGE}


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_is_one_that_the_program_knows(line: str) -> None:
    name, group, command, *words = shlex.split(line)
    assert name == "fener"
    known = {"import": cli.import_group, "export": cli.export_group}[group].commands[command]
    options = {name for parameter in known.params for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


def test_the_dry_run_of_the_page_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (line,) = [line for line in COMMANDS if "--dry-run" in line]
    told = CliRunner().invoke(main, shlex.split(line)[1:])
    assert told.exit_code == 0, told.output
    assert "3 rows read, 0 errors" in told.stdout
