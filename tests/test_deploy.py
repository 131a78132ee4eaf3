"""The examples in ``deploy/`` are what they say: units that systemd reads, settings and commands that exist."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from fener.cli import main
from tests.test_docs import SETTINGS, commands

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
EVERYTHING = sorted(path for path in DEPLOY.iterdir() if path.is_file())
OPERATE = ROOT / "docs" / "operate.md"


def test_there_is_a_unit_for_serving_for_what_is_due_and_for_backups() -> None:
    names = {unit.name for unit in UNITS}
    assert {"fener.service", "fener-tick.service", "fener-backup.service"} <= names
    assert {"fener-tick.timer", "fener-backup.timer"} <= names


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_reads_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        # The program is not installed where the example says; everything else is read as it stands.
        text = unit.read_text(encoding="utf-8").replace(
            "/opt/fener/.venv/bin/fener", shutil.which("true") or "/bin/true"
        )
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    words = ["systemd-analyze", "verify", *(str(tmp_path / unit.name) for unit in UNITS)]
    said = subprocess.run(words, capture_output=True, text=True, timeout=60)
    ours = [line for line in said.stderr.splitlines() if "fener" in line]
    assert ours == []


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
@pytest.mark.parametrize(
    "line",
    [
        "User=fener",
        "UMask=0077",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "PrivateTmp=yes",
        "CapabilityBoundingSet=",
        "LimitCORE=0",
        "StateDirectoryMode=0700",
        "SystemCallFilter=@system-service",
    ],
)
def test_each_service_has_no_more_rights_than_it_needs(unit: Path, line: str) -> None:
    assert line in unit.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("file", EVERYTHING, ids=lambda file: file.name)
def test_what_an_example_runs_and_sets_exists(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    known = commands(main)
    for words in re.findall(r"^ExecStart=\S+/fener (.+)$", text, re.MULTILINE):
        name, *rest = words.split()
        command = known[f"fener {name}"]
        options = {option for param in command.params for option in (*param.opts, *param.secondary_opts)}
        assert {word for word in rest if word.startswith("--")} <= options
    assert set(re.findall(r"\bFENER_[A-Z0-9_]+", text)) <= set(re.findall(r"`(FENER_[A-Z0-9_]+)`", SETTINGS))


def test_options_in_the_operators_guide_exist() -> None:
    known = commands(main)
    for line in re.findall(r"^(?:FENER_\S+ )?(fener .+)$", OPERATE.read_text(encoding="utf-8"), re.MULTILINE):
        words = line.split()
        command: click.Command = known[" ".join(words[:2])]
        options = {option for param in command.params for option in param.opts}
        assert {word for word in words[2:] if word.startswith("--")} <= options, line


def test_the_guide_names_only_settings_that_exist() -> None:
    named = set(re.findall(r"\b(FENER_[A-Z0-9_]+)", OPERATE.read_text(encoding="utf-8")))
    assert named <= set(re.findall(r"`(FENER_[A-Z0-9_]+)`", SETTINGS))


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_keeps_no_addresses_and_says_who_asks(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert ("access_log off" in text) or ("log_skip" in text)
    assert "X-Forwarded-Proto" in text
    assert "/metrics" in text


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not here")
def test_nginx_reads_its_example(tmp_path: Path) -> None:
    for name in ("fullchain.pem", "privkey.pem"):
        words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-days", "1"]
        words += ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")]
        if not (tmp_path / name).exists():
            subprocess.run(words, check=True, capture_output=True)
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("/etc/letsencrypt/live/fener.example.org", str(tmp_path))
    text = text.replace("/var/log/nginx", str(tmp_path))
    whole = f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n{text}\n}}\n"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    tried = subprocess.run(["nginx", "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True)
    assert tried.returncode == 0, tried.stderr


def test_the_container_runs_without_root_and_installs_only_what_is_locked() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER fener$", text, re.MULTILINE)
    assert "--require-hashes" in text
    assert ":latest" not in text
    for copied in re.findall(r"^COPY (?!--)(.+) \S+$", text, re.MULTILINE):
        assert [name for name in copied.split() if not (ROOT / name).exists()] == []
