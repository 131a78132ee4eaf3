"""The budget persists, is charged before noise, refuses what exceeds it, survives a kill, and notices tampering."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from fractions import Fraction
from pathlib import Path

import pytest

from fener.bad_input import BadInput
from fener.evidence.release.private.accounting import rho_of_pure, rho_within
from fener.evidence.release.private.ledger import Budget, Charge, charge, read

BUDGET = Budget(Fraction(2), Fraction(1, 100_000))


def pure(epsilon: Fraction | int) -> Charge:
    return Charge("a table", Fraction(epsilon), Fraction(0), rho_of_pure(Fraction(epsilon)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledgers" / "region.jsonl"


def test_what_was_spent_stays_spent(file: Path) -> None:
    assert read(file).budget is None
    charge(file, pure(1), BUDGET)
    charge(file, pure(1), None)
    account = read(file)
    assert account.budget == BUDGET
    assert [one.epsilon for one in account.charges] == [1, 1]
    assert account.spent(BUDGET.delta) == pytest.approx(2, rel=1e-6)


def test_what_exceeds_the_budget_is_refused_and_changes_nothing(file: Path) -> None:
    charge(file, pure(Fraction(3, 2)), BUDGET)
    before = file.read_bytes()
    with pytest.raises(BadInput, match="does not carry"):
        charge(file, pure(1), BUDGET)
    assert file.read_bytes() == before
    charge(file, pure(Fraction(1, 2)), BUDGET)  # exactly what is left


def test_many_small_releases_are_counted_together_and_not_only_added(file: Path) -> None:
    """Ten releases of epsilon 0.25 and delta 1e-6 cost less than 2 together; the plain sum is the other account."""
    part = Charge("month", Fraction(1, 4), Fraction(1, 10**6), rho_within(0.25, 1e-6))
    for _ in range(10):
        account = charge(file, part, BUDGET)
    assert account.spent(BUDGET.delta) < 1.5
    with pytest.raises(BadInput, match="does not carry"):
        charge(file, pure(2), BUDGET)


def test_a_new_ledger_needs_a_budget_and_keeps_it(file: Path) -> None:
    with pytest.raises(BadInput, match="must name private/budget"):
        charge(file, pure(1), None)
    charge(file, pure(1), BUDGET)
    with pytest.raises(BadInput, match="cannot be changed"):
        charge(file, pure(1), Budget(Fraction(50), Fraction(1, 10)))


def _four(file: Path) -> list[str]:
    for _ in range(4):
        charge(file, pure(Fraction(1, 4)), BUDGET)
    return file.read_text().splitlines(keepends=True)


def _changed(lines: list[str]) -> list[str]:
    line = json.loads(lines[1]) | {"epsilon": "1/100"}
    return [lines[0], json.dumps(line) + "\n", *lines[2:]]


@pytest.mark.parametrize(
    "harm",
    [
        _changed,
        lambda lines: [lines[0], *lines[2:]],
        lambda lines: lines[:2],
        lambda lines: [],
        lambda lines: [lines[1], lines[0], *lines[2:]],
        lambda lines: [*lines[:3], "nonsense\n"],
    ],
    ids=["changed", "cut out", "cut off", "emptied", "exchanged", "overwritten"],
)
def test_tampering_is_noticed_and_nothing_is_published(file: Path, harm) -> None:
    file.write_text("".join(harm(_four(file))))
    with pytest.raises(BadInput):
        charge(file, pure(Fraction(1, 100)), BUDGET)


def test_a_head_that_was_taken_away_is_noticed(file: Path) -> None:
    _four(file)
    file.with_name(file.name + ".head").unlink()
    with pytest.raises(BadInput, match="missing"):
        read(file)


def test_a_line_that_was_being_written_when_the_process_died_is_taken_away(file: Path) -> None:
    lines = _four(file)
    with file.open("a") as stream:
        stream.write(lines[-1][: len(lines[-1]) // 2])
    assert len(read(file).charges) == 4
    charge(file, pure(Fraction(1, 4)), BUDGET)
    assert len(read(file).charges) == 5


def test_killed_between_the_line_and_the_head_the_charge_counts(file: Path) -> None:
    lines = _four(file)
    last = json.loads(lines[2])
    file.with_name(file.name + ".head").write_text(json.dumps({"n": 3, "hash": last["hash"]}))
    assert len(read(file).charges) == 4


KILLED = """
import sys
from fractions import Fraction
from pathlib import Path
from fener.evidence.release.private.ledger import Budget, Charge, charge
print("ready", flush=True)
for _ in range(100_000):
    cost = Charge("x", Fraction(1, 10**6), Fraction(0), 1e-12)
    charge(Path(sys.argv[1]), cost, Budget(Fraction(2), Fraction(1, 10**5)))
    print("paid", flush=True)
"""


def test_a_killed_process_has_paid_for_everything_that_it_was_told_was_paid(file: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(file)]
    told = 0
    for _ in range(2):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))
        assert process.stdout is not None
        for _ in range(8):
            told += process.stdout.readline() == "paid\n"
        process.send_signal(signal.SIGKILL)
        told += process.stdout.read().count("paid\n")
        process.wait()
        process.stdout.close()
    assert told >= 14
    assert told <= len(read(file).charges) <= told + 2
    charge(file, pure(1), BUDGET)  # and it goes on


def test_two_releases_at_one_time_cannot_both_take_the_last_of_the_budget(file: Path) -> None:
    charge(file, pure(1), BUDGET)
    refused: list[str] = []

    def take() -> None:
        try:
            charge(file, pure(1), BUDGET)
        except BadInput as error:
            refused.append(error.message)

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 5
    assert len(read(file).charges) == 2
