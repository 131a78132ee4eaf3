"""The address of a PostgreSQL database: read in one place, refused in one line, its password never repeated."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from fener.settings.environment import database_url, number


@pytest.mark.parametrize(
    "url, expected",
    [
        ("postgres://ana:lamp@db.example:6432/fener", ("ana", "lamp", "db.example", "6432", "fener", {})),
        ("postgresql://ana:p%40ss%2Fw%3Ard@db/fener", ("ana", "p@ss/w:rd", "db", "", "fener", {})),
        ("postgres://ana@/fener?host=/run/postgresql", ("ana", "", "/run/postgresql", "", "fener", {})),
        ("postgres://ana@%2Frun%2Fpostgresql/fener", ("ana", "", "/run/postgresql", "", "fener", {})),
        ("postgres:///fener", ("", "", "", "", "fener", {})),
        ("postgres://[::1]:5433/fener", ("", "", "::1", "5433", "fener", {})),
        (" postgres://a:b@db/fener?sslmode=verify-full ", ("a", "b", "db", "", "fener", {"sslmode": "verify-full"})),
    ],
)
def test_an_address_is_read(url: str, expected: tuple[object, ...]) -> None:
    found = database_url(url)
    assert tuple(found[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")) == expected


@pytest.mark.parametrize(
    "url",
    [
        "mysql://ana:geheim@db/fener",
        "ana:geheim@db/fener",
        "postgres://ana:geheim@db",
        "postgres://ana:geheim@db/",
        "postgres://ana:geheim@db/fener/more",
        "postgres://ana:geheim@db:many/fener",
        "postgres://ana:geheim@db:99999/fener",
        "postgres://ana:geheim@[::1/fener",
        "postgres://ana:geheim@db/fener?sslmod=require",
        "postgres://ana:geheim@db/fener?sslmode",
        "postgres://ana:ge/heim@db/fener",
        "postgres://ana:ge?heim=a@db/fener",
    ],
)
def test_a_wrong_address_is_refused_in_one_line_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        database_url(url)
    text = str(refused.value)
    assert text.startswith("FENER_DATABASE_URL ")
    assert "\n" not in text
    assert "heim" not in text


def fener(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "fener.cli", *arguments],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "fener.settings", "FENER_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("url", ["postgres://ana:geheim@db:many/fener", "mongodb://ana:geheim@db/fener"])
def test_a_command_says_what_is_wrong_with_the_address_and_ends_with_2(tmp_path: Path, url: str) -> None:
    done = fener(tmp_path, "check", FENER_DATABASE_URL=url)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "FENER_DATABASE_URL" in done.stderr
    assert "geheim" not in done.stdout + done.stderr


def test_a_server_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    url = f"postgres://ana:geheim@/fener?host={tmp_path}"
    done = fener(
        tmp_path, "init", "--username", "mira", "--full-name", "M", "--organisation", "O", FENER_DATABASE_URL=url
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "geheim" not in done.stdout + done.stderr


def test_a_number_has_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert number("FENER_MADE_UP", 3, least=1, most=9) == 3
    for raw in ("0", "10", "two", "-1", "1.5"):
        monkeypatch.setenv("FENER_MADE_UP", raw)
        with pytest.raises(ImproperlyConfigured, match="from 1 to 9"):
            number("FENER_MADE_UP", 3, least=1, most=9)
    monkeypatch.setenv("FENER_MADE_UP", "7")
    assert number("FENER_MADE_UP", 3, least=1, most=9) == 7
