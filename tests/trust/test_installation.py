"""What ``fener check`` sees, and that each finding says what, where and what to do."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.utils import timezone

from fener.trust import installation, runs, triggers
from fener.trust.installation import configuration, machine, state
from fener.trust.installation.finding import Finding, Severity
from tests.trust.nodes import fener, new_node
from tests.trust.people import Person

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def real(settings: Any, tmp_path: Path) -> Any:
    """A node in earnest: no demonstration, a home of its own, keys that are random."""
    settings.FENER_DEMO, settings.FENER_REQUIRE_MFA, settings.FENER_TLS = False, True, True
    settings.FENER_HOME, settings.SESSION_COOKIE_SECURE = tmp_path, True
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    tmp_path.chmod(0o700)
    return settings


def checks(found: list[Finding]) -> list[str]:
    return [finding.check for finding in found]


def test_a_finding_says_what_where_and_what_to_do(real: Any, tmp_path: Path) -> None:
    key = tmp_path / "database.key"
    key.write_text("x")
    key.chmod(0o644)
    (found,) = installation.permissions()
    assert found.where == str(key)
    assert "(644)" in found.message
    assert found.remedy == f"chmod 600 {key}"
    assert found.to_json()["severity"] == "error"


@pytest.mark.parametrize("name", ["secret.key", "fener.db", "fener.db-wal", "demonstration-accounts.json"])
def test_files_that_others_can_read_are_named(name: str, real: Any, tmp_path: Path) -> None:
    (tmp_path / name).write_text("x")
    (tmp_path / name).chmod(0o640)
    assert [found.where for found in installation.permissions()] == [str(tmp_path / name)]


def test_folders_with_attachments_and_backups_are_for_their_owner_alone(real: Any, tmp_path: Path) -> None:
    for name in ("media", "backups"):
        (tmp_path / name).mkdir(mode=0o755)
    assert len(list(installation.permissions())) == 2


@pytest.mark.parametrize("year, wrong", [(2025, True), (2026, False), (2050, False), (2099, True)])
def test_a_clock_of_an_absurd_year_is_noticed(year: int, wrong: bool) -> None:
    with time_machine.travel(datetime.datetime(year, 6, 1, tzinfo=datetime.UTC)):
        assert bool(list(installation.clock())) is wrong


def test_a_time_zone_that_is_not_there_is_noticed(settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Ruritania"
    (found,) = installation.clock()
    assert found.where == "FENER_TIME_ZONE"


@pytest.mark.parametrize("name", ["cryptography", "argon2-cffi", "pyrage", "django"])
def test_a_package_that_is_too_old_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(machine.packages()) == []
    real_version = machine.version
    monkeypatch.setattr(machine, "version", lambda one: "0.9" if one == name else real_version(one))
    (found,) = machine.packages()
    assert found.where == name
    assert "0.9" in found.message


@pytest.mark.parametrize(
    "text, numbers", [("4.6.1 community", (4, 6, 1)), ("48.0", (48, 0)), ("5.2rc1", (5,)), ("", ())]
)
def test_versions_are_compared_as_numbers(text: str, numbers: tuple[int, ...]) -> None:
    assert machine.numbers(text) == numbers


@pytest.mark.parametrize(
    "key", ["tiny-key", "0" * 64, "django-insecure-" + "x1y2z3w4" * 6, "change-me-" + "abcdefgh" * 5]
)
def test_a_key_that_can_be_guessed_is_noticed_and_not_repeated(key: str, settings: Any) -> None:
    settings.SECRET_KEY = key
    found = [one for one in configuration.machine_keys() if one.where.startswith("FENER_SECRET_KEY or")]
    assert len(found) == 1
    assert key not in json.dumps(found[0].to_json())


def test_two_keys_that_are_one_are_noticed(settings: Any) -> None:
    settings.SECRET_KEY = django_settings.DATABASES["default"]["KEY"]
    assert [one for one in configuration.machine_keys() if "same key" in one.message]


def test_keys_as_the_program_makes_them_are_fine(settings: Any) -> None:
    assert list(configuration.machine_keys()) == []


@pytest.mark.parametrize(
    "name, value, where",
    [
        ("ALLOWED_HOSTS", ["*"], "FENER_ALLOWED_HOSTS"),
        ("FENER_METRICS_TOKEN", "guess", "FENER_METRICS_TOKEN"),
        ("FENER_REQUIRE_MFA", False, "FENER_REQUIRE_MFA"),
        ("DEBUG", True, "FENER_DEBUG"),
        ("FENER_DEMO", True, "FENER_DEMO"),
    ],
)
def test_a_setting_for_ones_own_machine_is_named(name: str, value: object, where: str, real: Any) -> None:
    assert list(configuration.exposure()) == []
    setattr(real, name, value)
    assert where in [found.where for found in configuration.exposure()]


def test_a_node_behind_a_proxy_that_it_does_not_know_of_is_noticed(real: Any) -> None:
    real.ALLOWED_HOSTS = ["fener.example.org"]
    (found,) = configuration.exposure()
    assert (found.where, found.severity) == ("FENER_BEHIND_PROXY", Severity.WARNING)
    real.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert list(configuration.exposure()) == []


def test_style_that_is_missing_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(configuration.static_files()) == []
    monkeypatch.setattr(finders, "find", lambda _name: None)
    assert checks(list(configuration.static_files())) == ["static"]


# -- what has to happen again and again --------------------------------------------------------------------------------


def test_a_new_node_has_nothing_overdue(real: Any, mira: Person) -> None:
    assert [*state.backup(), *state.tick()] == []


def test_a_node_that_was_never_saved_and_whose_timer_never_ran_is_told_so(real: Any, mira: Person) -> None:
    with time_machine.travel(timezone.now() + 30 * HOUR):
        assert checks([*state.backup(), *state.tick()]) == ["custodians", "backup", "tick"]


def test_an_old_backup_and_a_timer_that_stopped_are_noticed(real: Any, mira: Person) -> None:
    real.FENER_BACKUP_RECIPIENTS = ["age1somebody"]
    at = timezone.now() + 100 * HOUR
    for name, before in ((runs.BACKUP, 27), (runs.TICK, 3)):
        runs.run_done(name=name, at=at - before * HOUR)
    with time_machine.travel(at):
        assert checks([*state.backup(), *state.tick()]) == ["backup", "tick"]
        real.FENER_BACKUP_MAX_HOURS = 48
        runs.run_done(name=runs.TICK, at=at - HOUR)
        assert [*state.backup(), *state.tick()] == []


def test_a_demonstration_needs_no_backup(settings: Any, mira: Person) -> None:
    with time_machine.travel(timezone.now() + 1000 * HOUR):
        assert [*state.backup(), *state.tick()] == []


def test_triggers_that_somebody_removed_are_noticed(mira: Person) -> None:
    assert list(state.audit_triggers()) == []
    triggers.remove(connection)
    (found,) = state.audit_triggers()
    assert "audit_entry_never_changes" in found.message
    triggers.install(connection)


@pytest.mark.parametrize("minutes, wrong", [(1, False), (30, True)])
def test_a_clock_that_went_back_behind_the_newest_act_is_noticed(minutes: int, wrong: bool, mira: Person) -> None:
    with time_machine.travel(timezone.now() - datetime.timedelta(minutes=minutes)):
        assert bool(list(state.time_went_back())) is wrong


def test_the_command_prints_every_finding_as_json(tmp_path: Path) -> None:
    home = new_node(tmp_path / "home")
    (home / "secret.key").chmod(0o604)
    checked = fener("check", "--json", home=home, FENER_DEBUG="1")
    found = [json.loads(line) for line in checked.stdout.splitlines()]
    assert checked.returncode == 1
    assert [one["check"] for one in found] == ["permissions", "exposure"]
    assert all(set(one) == {"check", "message", "remedy", "where", "severity"} for one in found)
    assert all(one["where"] and one["remedy"] for one in found)
