"""``fener tick``: what time alone brings about, once, without a key."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from click.testing import CliRunner

from fener.casework.models import Clock
from fener.trust import cli, jobs, runs
from fener.trust.actor import Actor
from fener.trust.jobs import Job
from fener.trust.models import AuditEntry, AuditRoot
from fener.trust.tick import tick
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
    assert run()["recovery_periods_ended"] == 0
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


def test_the_first_run_of_a_day_signs_the_root_of_the_audit(case_manager: Actor) -> None:
    CaseFactory(actor=case_manager)
    assert (run()["roots_made"], run()["roots_made"]) == (1, 0)
    with time_machine.travel(AuditRoot.objects.get().day + timedelta(days=1, hours=12), tick=False):
        assert run()["roots_made"] == 1
    assert AuditRoot.objects.count() == 2


def test_work_that_fails_stops_no_other_and_is_named(case_manager: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_at: object) -> int:
        raise RuntimeError("planted-reason")

    monkeypatch.setattr(
        jobs, "jobs", lambda: iter([Job("breaks", "Breaks", fail), Job("works", "Works", lambda _at: 3)])
    )
    told = CliRunner().invoke(tick)
    assert told.exit_code == 1
    assert "Works: 3." in told.output
    assert "failed, and is tried again next time: breaks" in told.stderr
    assert "planted-reason" not in told.output + told.stderr
    assert runs.last_run(runs.TICK) is None, "a run that failed in part is not told as done"


def test_a_good_run_is_noted(case_manager: Actor) -> None:
    run()
    assert runs.last_run(runs.TICK) is not None
