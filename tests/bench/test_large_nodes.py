"""The tools of bench/ work, at the size of a toy. What they measure is measured elsewhere, on a free machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench import growth
from bench.accounts import chosen
from bench.scale.bodies import shares
from bench.users import MIX, Done

ROOT = Path(__file__).resolve().parent.parent.parent
FENER = str(Path(sys.executable).with_name("fener"))


def _run(home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("FENER_", "DJANGO_"))}
    environment |= {"FENER_HOME": str(home), "FENER_DEMO": "1", "DJANGO_SETTINGS_MODULE": "fener.settings"}
    return subprocess.run([*command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("large")
    words = ("--cases", "60", "--bodies", "2", "--templates", "8", "--audit", "2400", "--no-story")
    done = _run(home, sys.executable, "bench/make_node.py", "--home", str(home), *words)
    assert done.returncode == 0, done.stderr
    return home


def test_copied_cases_have_an_audit_that_holds(made: Path) -> None:
    said = _run(made, FENER, "audit", "verify")
    assert said.returncode == 0, said.stdout + said.stderr
    # Of the mechanism, of eight cases through the services, and 40 of each copy: nothing was left out.
    assert json.loads((made / "bench-node.json").read_text())["finished"]


def test_a_made_node_lacks_none_of_its_indexes_and_fences(made: Path) -> None:
    said = _run(made, FENER, "check", "--json")
    found = [json.loads(line)["check"] for line in said.stdout.splitlines() if line.startswith("{")]
    assert not {"audit", "database", "triggers", "migrations"} & set(found), said.stdout
    assert "this node is made" in _run(made, sys.executable, "bench/make_node.py", "--home", str(made)).stdout


def test_people_of_copied_bodies_find_open_and_create(made: Path, tmp_path: Path) -> None:
    words = ("--users", "6", "--rate", "6", "--minutes", "0.1", "--warm-up", "2", "--json", str(tmp_path / "seen.json"))
    done = _run(made, sys.executable, "bench/load.py", "--home", str(made), *words)
    seen = json.loads((tmp_path / "seen.json").read_text())
    assert not seen["errors"], done.stdout
    assert {"list", "case"} <= set(seen["actions"])


def test_a_name_is_found_in_the_process_itself(made: Path) -> None:
    words = ("--home", str(made), "--searches", "20", "--limit-ms", "0")
    done = _run(made, sys.executable, "bench/search_time.py", *words)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["found_each"] > 0


def test_those_who_sign_in_are_of_many_bodies_and_of_each_role(tmp_path: Path) -> None:
    people = [
        {"username": f"{role}{body}{n}", "role": role, "body": body}
        for role in set(MIX)
        for body in (0, 1)
        for n in (0, 1)
    ]
    (tmp_path / "bench-accounts.json").write_text(json.dumps(people))
    found = chosen(tmp_path, 10, MIX)
    assert [each["role"] for each in found] == list(MIX)
    assert [each["body"] for each in found[:2]] == [0, 1]


def test_the_bodies_share_all_cases() -> None:
    parts = shares(40)
    assert sum(parts) == pytest.approx(1)
    assert parts == sorted(parts, reverse=True)
    assert 2000 <= 50_000 * parts[0] <= 5000


def _samples(grows: float) -> list[dict[str, float]]:
    return [{"at": 30.0 * n, "resident": 200 + grows * n + (n % 3), "handles": 40} for n in range(60)]


def test_growth_is_told_from_noise() -> None:
    steady = [Done("list", 30.0 * n, 0.05) for n in range(60)]
    assert growth.of(steady, _samples(0))["found"] == []
    assert any("resident" in words for words in growth.of(steady, _samples(1))["found"])


def test_waiting_that_grows_is_told() -> None:
    slower = [Done("list", 30.0 * n, 0.05 + n * 0.002) for n in range(60)]
    assert any("p95" in words for words in growth.of(slower, _samples(0))["found"])
