"""``fener tick``: what time alone brings about, once, without a key."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from click.testing import CliRunner

from fener.casework.models import Clock
from fener.casework.tick import tick
from fener.trust import cli
from fener.trust.actor import Actor
from fener.trust.models import AuditEntry
from tests.factories.casework import CaseFactory


@pytest.fixture(autouse=True)
def _set_up_already(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_django", lambda: None)


def run() -> dict[str, int]:
    told = CliRunner().invoke(tick, ["--json"])
    assert told.exit_code == 0, told.output
    return {line["kind"]: line["count"] for line in map(json.loads, told.output.splitlines())}


def test_a_recovery_period_ends_after_its_last_day_and_running_twice_changes_nothing(case_manager: Actor) -> None:
    clock = Clock.objects.get(case=CaseFactory(actor=case_manager), code="recovery_reflection")
    assert run() == {"referrals_gone_on": 0, "recovery_periods_ended": 0}
    with time_machine.travel(clock.due_on + timedelta(minutes=1), tick=False):
        assert run()["recovery_periods_ended"] == 1
        kept = AuditEntry.objects.count()
        assert run()["recovery_periods_ended"] == 0
    assert AuditEntry.objects.count() == kept
    clock.refresh_from_db()
    assert clock.end_reason == "ran_out"


def test_it_says_in_words_what_it_did(case_manager: Actor) -> None:
    told = CliRunner().invoke(tick)
    assert "Referrals that went on to the next desk: 0." in told.output
    assert "Recovery periods that ended with their last day: 0." in told.output
