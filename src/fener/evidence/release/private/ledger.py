"""The budget of a population, kept in a file across releases: charged before any noise is drawn, never paid back.

One JSON line a charge, each with the hash of the line before, so that a changed or missing line is noticed; a second,
small file (``.head``) holds how many there are, so that lines missing at the end are noticed too. A charge is on the
disk before ``charge`` returns: a process that is killed later has paid and published nothing, which is the safe side.
A last line that is not whole was never answered for (no noise followed it) and is taken away.

Two accounts are kept, each valid by itself; a release passes if one of them stays within the budget: the plain sum of
epsilons and of deltas, and the sum of rho (``accounting``) read at the budget's delta.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from fener.bad_input import BadInput
from fener.evidence.release.private.accounting import epsilon_of

FIRST = "0" * 64  # what stands for the hash before the first line


@dataclass(frozen=True)
class Budget:
    """What may be spent on one population in all: exact epsilon and delta."""

    epsilon: Fraction
    delta: Fraction


@dataclass(frozen=True)
class Charge:
    """What one release costs. ``rho``: in zCDP, rounded up. ``what``: a short name without anything personal."""

    what: str
    epsilon: Fraction
    delta: Fraction
    rho: float


@dataclass(frozen=True)
class Account:
    """What was spent so far, and under which budget (None before the first charge)."""

    budget: Budget | None
    charges: tuple[Charge, ...]

    def spent(self, delta: Fraction) -> float:
        """Epsilon spent at ``delta``, by the better of the two accounts."""
        total = sum((charge.delta for charge in self.charges), Fraction(0))
        plain = float(sum((charge.epsilon for charge in self.charges), Fraction(0)))
        together = epsilon_of(sum(charge.rho for charge in self.charges), delta)
        return min(plain, together) if total <= delta else together

    def carries(self, charge: Charge, budget: Budget) -> bool:
        """Whether the budget still holds after this charge."""
        after = Account(budget, (*self.charges, charge))
        epsilon = sum((one.epsilon for one in after.charges), Fraction(0))
        delta = sum((one.delta for one in after.charges), Fraction(0))
        if epsilon <= budget.epsilon and delta <= budget.delta:
            return True
        rho = sum(one.rho for one in after.charges)
        return budget.delta > 0 and epsilon_of(rho, budget.delta) <= float(budget.epsilon)


def read(file: Path) -> Account:
    """The account of a ledger; an absent file is an empty account. Raises BadInput where it was tampered with."""
    with _locked(file) as stream:
        return _account(file, _lines(file, stream))


def charge(file: Path, cost: Charge, budget: Budget | None) -> Account:
    """Take ``cost`` from the ledger's budget, on disk before this returns. ``budget``: fixed by the first release.

    Raises BadInput, with the ledger unchanged, where the budget does not carry it, where another budget is named than
    before, where none is known, and where the ledger is damaged.
    """
    with _locked(file) as stream:
        lines = _lines(file, stream)
        account = _account(file, lines)
        limit = account.budget or budget
        if limit is None:
            raise BadInput(f"{file}: is new; the specification must name private/budget for its first release")
        if account.budget is not None and budget is not None and budget != account.budget:
            raise BadInput(f"{file}: has another budget (epsilon {float(account.budget.epsilon):g}, delta"
                           f" {float(account.budget.delta):g}); a budget cannot be changed")  # fmt: skip
        if not account.carries(cost, limit):
            raise BadInput(
                f"{file}: the budget does not carry this release: epsilon {float(cost.epsilon):g} and delta"
                f" {float(cost.delta):g} are asked for, {account.spent(limit.delta):.4g} of"
                f" {float(limit.epsilon):g} are spent (at delta {float(limit.delta):g})"
            )
        _append(file, stream, lines, cost, limit)
        return Account(limit, (*account.charges, cost))


@contextmanager
def _locked(file: Path) -> Iterator[int]:
    """The open ledger, alone; created, with its name on the disk, if it was not there."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        stream = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror or 'cannot be opened'}") from error
    try:
        fcntl.flock(stream, fcntl.LOCK_EX)
        _sync_folder(file)
        yield stream
    finally:
        os.close(stream)


def _sync_folder(file: Path) -> None:
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _lines(file: Path, stream: int) -> list[dict[str, Any]]:
    raw = b""
    os.lseek(stream, 0, os.SEEK_SET)
    while piece := os.read(stream, 1 << 20):
        raw += piece
    whole, _, torn = raw.rpartition(b"\n")
    if torn:  # killed while writing: nothing was drawn after it
        os.ftruncate(stream, len(raw) - len(torn))
        os.fsync(stream)
    lines: list[dict[str, Any]] = []
    before = FIRST
    for number, text in enumerate(whole.split(b"\n") if raw.count(b"\n") else [], 1):
        try:
            line = json.loads(text)
            honest = line["before"] == before and line["hash"] == _hash(line) and line["n"] == number
        except (ValueError, KeyError, TypeError) as error:
            raise BadInput(f"{file}: row {number}: is not a line of a ledger") from error
        if not honest:
            raise BadInput(f"{file}: row {number}: was changed, or a line before it is missing; nothing is published")
        before = line["hash"]
        lines.append(line)
    _check_head(file, lines)
    return lines


def _check_head(file: Path, lines: list[dict[str, Any]]) -> None:
    """The head may be one line behind (killed between the two files), never ahead."""
    head = _head(file)
    if not head.exists():
        if len(lines) > 1:
            raise BadInput(f"{head}: is missing; the ledger may have lost lines, nothing is published")
        return
    try:
        known = json.loads(head.read_text(encoding="ascii"))
        count, last = int(known["n"]), str(known["hash"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{head}: cannot be read; nothing is published") from error
    there = [FIRST, *(line["hash"] for line in lines)]
    if not len(lines) - 1 <= count <= len(lines) or there[count] != last:
        raise BadInput(f"{file}: lines are missing at its end or were replaced; nothing is published")


def _head(file: Path) -> Path:
    return file.with_name(file.name + ".head")


def _hash(line: Mapping[str, Any]) -> str:
    told = {key: value for key, value in line.items() if key != "hash"}
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=True).encode("ascii")).hexdigest()


def _account(file: Path, lines: list[dict[str, Any]]) -> Account:
    try:
        charges = tuple(
            Charge(line["what"], Fraction(line["epsilon"]), Fraction(line["delta"]), float.fromhex(line["rho"]))
            for line in lines
        )
        budgets = {Budget(Fraction(line["of_epsilon"]), Fraction(line["of_delta"])) for line in lines}
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{file}: is not a ledger that this version understands") from error
    if len(budgets) > 1:
        raise BadInput(f"{file}: names more than one budget; nothing is published")
    return Account(next(iter(budgets), None), charges)


def _append(file: Path, stream: int, lines: list[dict[str, Any]], cost: Charge, limit: Budget) -> None:
    line: dict[str, Any] = {
        "n": len(lines) + 1,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "what": cost.what,
        "epsilon": str(cost.epsilon),
        "delta": str(cost.delta),
        "rho": cost.rho.hex(),
        "of_epsilon": str(limit.epsilon),
        "of_delta": str(limit.delta),
        "before": lines[-1]["hash"] if lines else FIRST,
    }
    line["hash"] = _hash(line)
    os.lseek(stream, 0, os.SEEK_END)
    _write(stream, (json.dumps(line, ensure_ascii=True) + "\n").encode("ascii"))
    os.fsync(stream)
    part = _head(file).with_suffix(".part")
    target = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        _write(target, json.dumps({"n": line["n"], "hash": line["hash"]}).encode("ascii"))
        os.fsync(target)
    finally:
        os.close(target)
    os.replace(part, _head(file))
    _sync_folder(file)


def _write(stream: int, text: bytes) -> None:
    while text:
        text = text[os.write(stream, text) :]
