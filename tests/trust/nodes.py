"""A node at a home of its own, driven by the command as an operator drives it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.trust.people import PASSWORD

FENER = [sys.executable, "-m", "fener.cli"]


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a command finds around it: nothing of the tests' own settings."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("FENER_", "DJANGO_", "PG"))}
    return env | {"FENER_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path), **more}


def fener(*args: str | Path, home: Path, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    words = [*FENER, *map(str, args)]
    return subprocess.run(
        words, input=typed, capture_output=True, text=True, env=environment(home, **more), timeout=120
    )


def new_node(home: Path, **more: str) -> Path:
    """A node with its first account, ``mira``."""
    words = ["--username", "mira", "--full-name", "Mira Савић", "--organisation", "Office for the mechanism"]
    made = fener("init", *words, "--password-stdin", home=home, typed=PASSWORD + "\n", **more)
    assert made.returncode == 0, made.stderr
    return home


def refused(answer: subprocess.CompletedProcess[str]) -> str:
    """The one line with which a command refused."""
    assert answer.returncode == 2, answer.stdout + answer.stderr
    lines = answer.stderr.strip().splitlines()
    assert len(lines) == 1, answer.stderr
    return lines[0]
