"""The one command: every part of it explains itself, and says in one line what is wrong with what it was given."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from fener.cli import COMMANDS, main


def commands(group: click.Group, *above: str) -> list[tuple[str, ...]]:
    """Every command, with the words that lead to it."""
    found: list[tuple[str, ...]] = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        found.append((*above, name))
        if isinstance(command, click.Group):
            found += commands(command, *above, name)
    return found


def fener(*args: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as an operator runs it, at a home of its own."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("FENER_", "DJANGO_"))}
    env |= {"FENER_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path), **environment}
    run = [sys.executable, "-m", "fener.cli", *args]
    return subprocess.run(run, capture_output=True, text=True, env=env, timeout=120)


def test_every_command_that_is_listed_can_be_called() -> None:
    assert [name for (name, *rest) in commands(main) if not rest] == sorted(COMMANDS)


@pytest.mark.parametrize("words", commands(main), ids=" ".join)
def test_each_command_explains_itself_with_an_example(words: tuple[str, ...]) -> None:
    told = CliRunner().invoke(main, [*words, "--help"])
    assert told.exit_code == 0
    assert "Example" in told.output
    assert f"fener {words[0]}" in told.output


@pytest.mark.parametrize("words", commands(main), ids=" ".join)
def test_an_unknown_option_is_bad_input(words: tuple[str, ...]) -> None:
    refused = CliRunner().invoke(main, [*words, "--no-such-option"])
    assert refused.exit_code == 2
    assert "No such option" in refused.output


def test_an_unknown_command_is_bad_input() -> None:
    assert CliRunner().invoke(main, ["remember"]).exit_code == 2


def test_a_port_that_is_taken_is_told_in_one_line_and_nothing_is_changed(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        refused = fener("serve", "--port", str(other.getsockname()[1]), home=tmp_path, FENER_DEMO="1")
    assert refused.returncode == 2
    assert len(refused.stderr.strip().splitlines()) == 1
    assert "--port" in refused.stderr
    assert not (tmp_path / "fener.db").exists()


def test_time_that_passed_on_a_node_without_accounts_changes_nothing(tmp_path: Path) -> None:
    refused = fener("tick", home=tmp_path)
    assert refused.returncode == 2
    assert len(refused.stderr.strip().splitlines()) == 1
