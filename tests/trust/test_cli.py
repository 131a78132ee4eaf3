"""A node's life from its first account: init, check, serve, as an operator runs them."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings

from fener.trust import installation
from tests.trust.people import PASSWORD, Person

FENER = [sys.executable, "-m", "fener.cli"]


def fener(*args: str, home: Path, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("FENER_", "DJANGO_"))}
    env |= {"FENER_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path), **environment}
    return subprocess.run([*FENER, *args], input=typed, capture_output=True, text=True, env=env, timeout=120)


def init(home: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    options = {"username": "mira", "full-name": "Mira Савић", "organisation": "Office for the mechanism"} | changed
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return fener("init", *words, "--password-stdin", home=home, typed=PASSWORD + "\n")


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A node that was prepared once, and what was printed."""
    home = tmp_path_factory.mktemp("node") / "home"
    made = init(home)
    assert made.returncode == 0, made.stderr
    return home, made.stdout


def test_init_prints_the_codes_of_account_and_organisation_and_nothing_secret_else(node: tuple[Path, str]) -> None:
    _home, told = node
    codes = [line.strip() for line in told.splitlines() if line.startswith("    ")]
    assert [len(code) for code in codes] == [39, 39]
    assert "recovery code of the organisation" in told
    assert PASSWORD not in told


def test_what_a_node_writes_is_for_its_owner_alone(node: tuple[Path, str]) -> None:
    home, _told = node
    assert (home.stat().st_mode & 0o777) == 0o700
    files = sorted(path for path in home.iterdir() if path.is_file())
    assert {"database.key", "fener.db", "secret.key"} <= {path.name for path in files}
    assert [oct(path.stat().st_mode & 0o777) for path in files] == ["0o600"] * len(files)


def test_a_second_first_account_is_refused(node: tuple[Path, str]) -> None:
    refused = init(node[0], username="second")
    assert refused.returncode == 2
    assert "first account already" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_a_node_that_has_its_account_says_so_before_it_asks_anything(node: tuple[Path, str]) -> None:
    refused = fener("init", home=node[0])
    assert refused.returncode == 2
    assert "first account already" in refused.stderr
    assert "User name" not in refused.stdout


def test_an_empty_home_is_told_how_to_begin(tmp_path: Path) -> None:
    found = fener("check", home=tmp_path / "new")
    assert found.returncode == 1
    assert "holds no data yet" in found.stdout
    assert "fener init --username NAME" in found.stdout


def test_bad_input_is_told_in_one_line_and_leaves_no_account(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for changed in ({"username": "мира"}, {"username": "x"}, {"full-name": " "}, {"organisation": ""}):
        refused = init(home, **changed)
        assert refused.returncode == 2
        assert len(refused.stderr.strip().splitlines()) == 1
    checked = fener("check", "--json", home=home)
    assert [json.loads(line)["check"] for line in checked.stdout.splitlines()] == ["accounts"]


def test_a_sound_installation_has_nothing_wrong(node: tuple[Path, str]) -> None:
    checked = fener("check", home=node[0])
    assert (checked.returncode, checked.stdout) == (0, "Nothing is wrong.\n")


def test_check_says_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    checked = fener("check", "--json", home=tmp_path / "new")
    found = [json.loads(line) for line in checked.stdout.splitlines()]
    assert checked.returncode == 1
    assert [f["check"] for f in found] == ["database"]
    assert all(f["message"] and f["remedy"] for f in found)


def test_a_wrong_database_key_is_a_finding_and_not_a_trace(node: tuple[Path, str]) -> None:
    checked = fener("check", home=node[0], FENER_DATABASE_KEY="0" * 64)
    assert checked.returncode == 1
    assert "does not open with this key" in checked.stdout
    assert "Traceback" not in checked.stderr


def test_check_notices_files_that_others_can_read(node: tuple[Path, str]) -> None:
    key = node[0] / "database.key"
    key.chmod(0o644)
    try:
        checked = fener("check", home=node[0])
    finally:
        key.chmod(0o600)
    assert checked.returncode == 1
    assert f"chmod 600 {key}" in checked.stdout


@pytest.mark.parametrize(
    "environment, words",
    [
        ({"FENER_DEBUG": "1"}, "FENER_DEBUG"),
        ({"FENER_REQUIRE_MFA": "0"}, "FENER_REQUIRE_MFA"),
        ({"FENER_ALLOWED_HOSTS": "fener.example", "FENER_TLS": "0"}, "without TLS"),
        ({"FENER_ALLOWED_HOSTS": "fener.example", "FENER_DEMO": "1"}, "passwords are public"),
        ({"FENER_DEMO": "1"}, "is no demonstration"),
    ],
)
def test_check_notices_settings_for_ones_own_machine_on_a_node_that_others_reach(
    environment: dict[str, str], words: str, node: tuple[Path, str]
) -> None:
    checked = fener("check", home=node[0], **environment)
    assert checked.returncode == 1
    assert words in checked.stdout


def test_a_demonstration_that_is_served_as_a_real_node_is_noticed(tmp_path: Path, settings: Any) -> None:
    settings.FENER_HOME, settings.FENER_DEMO = tmp_path, False
    assert not [f for f in installation.exposure() if "passwords are public" in f.message]
    (tmp_path / installation.DEMONSTRATION).write_text("[]")
    assert [f for f in installation.exposure() if "passwords are public" in f.message]


def test_a_real_node_is_not_served_as_a_demonstration(node: tuple[Path, str]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    refused = fener("serve", "--port", port, home=node[0], FENER_DEMO="1")
    assert refused.returncode == 2
    assert "is no demonstration" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_a_clock_that_is_wrong_is_noticed(mira: Person) -> None:
    assert not list(installation.time_went_back())
    with time_machine.travel(datetime.datetime(2025, 12, 31, tzinfo=datetime.UTC)):
        assert [f.check for f in installation.clock()] == ["clock"]
        assert [f.check for f in installation.time_went_back()] == ["clock"]


def test_a_full_disk_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        free = 1024

    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage)
    assert [f.check for f in installation.disk()] == ["disk"]


def test_an_affected_library_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlcipher3.dbapi2

    monkeypatch.setattr(sqlcipher3.dbapi2, "sqlite_version_info", (3, 40, 1))
    assert [f.check for f in installation.library()] == ["library"]


def test_serve_serves_one_process_on_the_given_port(node: tuple[Path, str]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {k: v for k, v in os.environ.items() if not k.startswith(("FENER_", "DJANGO_"))}
    env |= {"FENER_HOME": str(node[0]), "PYTHONPATH": os.pathsep.join(sys.path)}
    server = subprocess.Popen(
        [*FENER, "serve", "--port", str(port)], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        status = _first_answer(port)
    finally:
        server.send_signal(signal.SIGINT)
        told, _err = server.communicate(timeout=30)
    assert status == 200, told
    assert f"http://127.0.0.1:{port}" in told
    assert "/account/login/" not in told  # addresses of pages stay out of logs


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder whose path is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="fener-") as made:
        yield Path(made)


def test_serve_listens_on_a_socket_that_others_of_the_machine_cannot_reach(
    node: tuple[Path, str], short_folder: Path
) -> None:
    place = short_folder / "node.sock"
    env = {k: v for k, v in os.environ.items() if not k.startswith(("FENER_", "DJANGO_"))}
    env |= {"FENER_HOME": str(node[0]), "PYTHONPATH": os.pathsep.join(sys.path)}
    server = subprocess.Popen(
        [*FENER, "serve", "--socket", str(place)], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        signed_out = _over_socket(place, "/account/login/")
        health = _over_socket(place, "/health/")
        through_proxy = _over_socket(place, "/health/", "X-Forwarded-For: 203.0.113.5")
        mode = stat.S_IMODE(place.stat().st_mode)
        second = fener("serve", "--socket", str(place), home=node[0])
    finally:
        server.send_signal(signal.SIGINT)
        told, _err = server.communicate(timeout=30)
    assert (signed_out, health, through_proxy) == (200, 200, 404), told
    assert mode == 0o660
    assert str(place) in told
    assert second.returncode == 2
    assert "listens on" in second.stderr


def _over_socket(place: Path, path: str, *headers: str) -> int | None:
    for _try in range(100):
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(5)
                line.connect(str(place))
                lines = [f"GET {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers, "", ""]
                line.sendall("\r\n".join(lines).encode())
                return int(line.recv(64).split()[1])
        except OSError:
            time.sleep(0.2)
    return None


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda folder: folder / "no" / "node.sock", "does not exist"),
        (lambda folder: folder.chmod(0o777) or folder / "node.sock", "others may write there"),
        (lambda folder: (folder / "node.sock").write_text("x") and folder / "node.sock", "is no socket"),
    ],
    ids=["no folder", "a folder of everybody", "a file"],
)
def test_a_socket_stands_where_nobody_can_take_its_place(
    node: tuple[Path, str], short_folder: Path, prepare: Callable[[Path], Path], said: str
) -> None:
    done = fener("serve", "--socket", str(prepare(short_folder)), home=node[0])
    assert done.returncode == 2
    assert said in done.stderr


def _first_answer(port: int) -> int | None:
    for _try in range(100):
        try:
            answer: Any = urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=5)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.2)
        else:
            return int(answer.status)
    return None


def test_the_tests_run_in_a_home_of_their_own() -> None:
    assert "fener-test-" in str(django_settings.FENER_HOME) or "FENER_HOME" in os.environ
    assert django_settings.FENER_DEMO
