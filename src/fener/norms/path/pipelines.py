"""Pipelines to work and income: steps in their order, people counted at each, who pays which month (rule RI-09)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from fener.norms.packs import PackError, Packs, Source, cross_check, load_packs
from fener.norms.vocab import vocabulary

LEFT = "left"


@dataclass(frozen=True)
class Pays:
    """Who pays during a step, and for how many months."""

    step: str
    payer: str
    months: int


@dataclass(frozen=True)
class Pipeline:
    """One pipeline: its steps in order (list ``pipeline_step``), and the steps that are its success."""

    code: str
    label: str
    line: str
    steps: tuple[str, ...]
    success: tuple[str, ...]
    pays: tuple[Pays, ...]
    source: Source
    needs_gate: str = ""


@dataclass(frozen=True)
class Month:
    """One month of a subsidised wage, from ``starts`` to ``ends`` (both included), numbered from 1."""

    number: int
    starts: date
    ends: date
    payer: str


def pipelines(packs: Packs | None = None) -> dict[str, Pipeline]:
    """All pipelines by code, in the order of the pack."""
    found = (packs or load_packs()).get("pipeline", "pipelines").data["pipelines"]
    return {raw["code"]: _pipeline(raw) for raw in found}


def _pipeline(raw: dict[str, Any]) -> Pipeline:
    return Pipeline(
        code=raw["code"],
        label=raw["label"],
        line=raw["line"],
        steps=tuple(raw["steps"]),
        success=tuple(raw["success"]),
        pays=tuple(Pays(**entry) for entry in raw.get("pays", ())),
        source=Source.of(raw["source"]),
        needs_gate=raw.get("needs_gate", ""),
    )


def next_steps(code: str, done: Collection[str], packs: Packs | None = None) -> tuple[str, ...]:
    """What may follow: the next step, or leaving. Nothing follows leaving or the last step.

    Raises KeyError for an unknown pipeline, ValueError for a step that is not its own.
    """
    steps = pipelines(packs)[code].steps
    if strange := sorted(set(done) - {*steps, LEFT}):
        raise ValueError(f"{strange[0]!r} is no step of {code!r}")
    if LEFT in done or steps[-1] in done:
        return ()
    reached = max((steps.index(step) for step in done), default=-1)
    return (steps[reached + 1], LEFT)


def counts(code: str, people: Iterable[Collection[str]], packs: Packs | None = None) -> dict[str, int]:
    """How many people reached each step, and how many left. Who reached a later step has passed the earlier ones."""
    steps = pipelines(packs)[code].steps
    found = dict.fromkeys((*steps, LEFT), 0)
    for done in people:
        next_steps(code, done, packs)
        reached = max((steps.index(step) for step in done if step != LEFT), default=-1)
        for step in steps[: reached + 1]:
            found[step] += 1
        found[LEFT] += LEFT in done
    return found


def wage_schedule(start: date, *, code: str = "wage_subsidy", packs: Packs | None = None) -> tuple[Month, ...]:
    """Month by month who pays: six the public, then eighteen the employer.

    Counted from the first day of work, so that a month of 31 days loses nothing in a shorter one. Raises KeyError.
    """
    payers = [entry.payer for entry in pipelines(packs)[code].pays for _ in range(entry.months)]
    return tuple(
        Month(
            number=index + 1,
            starts=start + relativedelta(months=index),
            ends=start + relativedelta(months=index + 1) - timedelta(days=1),
            payer=payer,
        )
        for index, payer in enumerate(payers)
    )


def payer_on(start: date, day: date, *, code: str = "wage_subsidy", packs: Packs | None = None) -> str | None:
    """Who pays on a day; None before the first and after the last month."""
    for month in wage_schedule(start, code=code, packs=packs):
        if month.starts <= day <= month.ends:
            return month.payer
    return None


@cross_check
def check_pipelines(packs: Packs) -> None:
    """Steps, lines and gates exist; a success and a payer belong to the pipeline's own steps."""
    for pack in packs.of_kind("pipeline").values():
        known = vocabulary("pipeline_step", packs)
        for raw in pack.data["pipelines"]:
            where = f"data/pipelines/{raw['code']}"
            for step in raw["steps"]:
                if step not in known or step == LEFT:
                    raise PackError(pack.file, f"{where}/steps", f"{step!r} is no step")
            for step in (*raw["success"], *(entry["step"] for entry in raw.get("pays", ()))):
                if step not in raw["steps"]:
                    raise PackError(pack.file, where, f"{step!r} is not among its steps")
            if raw["line"] not in vocabulary("reintegration_line", packs):
                raise PackError(pack.file, f"{where}/line", f"{raw['line']!r} is no line of a plan")
            gates = packs.of_kind("gates").get("gates")
            if gates is not None and raw.get("needs_gate", "") not in {"", *gates.data}:
                raise PackError(pack.file, f"{where}/needs_gate", f"no gate {raw['needs_gate']!r}")
