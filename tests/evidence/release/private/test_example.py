"""The example of a private release works as its first lines say, through the command."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from click.testing import CliRunner

from fener.evidence.release.cli import publish

EXAMPLES = Path(__file__).parents[4] / "examples" / "publish"


def test_the_example_is_published_once_and_the_ledger_refuses_it_the_second_time(tmp_path: Path) -> None:
    for file in ("cases.csv", "private.yaml"):
        shutil.copy(EXAMPLES / file, tmp_path)
    command = [str(tmp_path / "cases.csv"), "--spec", str(tmp_path / "private.yaml"), "--out"]
    first = CliRunner().invoke(publish, [*command, str(tmp_path / "one"), "--json"])
    assert first.exit_code == 0, first.output
    said = json.loads(first.output.splitlines()[-1])
    assert said["published"]
    assert said["cells"] == 2 + 5 + 5 + 10 + 10 + 25
    assert "bound" in (tmp_path / "one" / "report.html").read_text(encoding="utf-8")
    second = CliRunner().invoke(publish, [*command, str(tmp_path / "two")])
    assert second.exit_code == 2
    assert "does not carry" in second.output
    assert len(second.output.strip().splitlines()) == 1
    assert not (tmp_path / "two").exists()
