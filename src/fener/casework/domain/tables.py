"""The state machines of this room as one page: ``docs/state-machines.md`` is written from here, and tested."""

from __future__ import annotations

from functools import cache

from fener.casework.domain.machine import Machine
from fener.casework.domain.reasons import DECLINE_REASONS, OUTCOMES
from fener.casework.domain.referral_states import REFERRAL
from fener.casework.domain.service_states import SERVICE
from fener.trust.finding import gathered

HEAD = """\
# State machines

Written by `python -m fener.casework.domain.tables > docs/state-machines.md` from the tables in
`src/fener/casework/domain/`; a test fails when this page is older than they are. A pair of state and act that has no
row is refused.
"""


@cache
def machines() -> tuple[Machine, ...]:
    """Every table: those of the referral and of services, and what a chapter's module here names in ``MACHINES``."""
    found = gathered("fener.casework.domain", "MACHINES", leave_out=("fener.casework.domain.tables",))
    return (SERVICE, REFERRAL, *found)


def render(machine: Machine) -> str:
    """One machine as Markdown: a row for each step, and the states that nothing leads out of."""
    rows = [
        f"| {state} | {act.replace('_', ' ')} | {step.to} | {step.guard} | {_needs(step.own_decision, step.consent)} |"
        for (state, act), step in machine.steps.items()
    ]
    ends = ", ".join(machine.end_states())
    return "\n".join(
        [
            f"## {machine.title}",
            "",
            f"Rules {', '.join(machine.rules)}. Starts as *{machine.start}*."
            + (f" Nothing leads out of: {ends}." if ends else " Nothing is final: a no can be taken back."),
            "",
            "| state | act | becomes | checked | needs |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def document() -> str:
    """The whole page."""
    reasons = [f"| {r.code} | {r.label} | {r.consequence} |" for r in DECLINE_REASONS.values()]
    outcomes = [
        f"| {o.code} | {o.label} | {'yes' if o.ends else 'no'} | {', '.join(sorted(o.kinds))} |"
        for o in OUTCOMES.values()
    ]
    lists = [
        "## Why a desk declines, and what follows",
        "",
        "| code | reason | what follows |",
        "| --- | --- | --- |",
        *reasons,
        "",
        "## Outcomes that are written back",
        "",
        "| code | outcome | ends it | of |",
        "| --- | --- | --- | --- |",
        *outcomes,
        "",
    ]
    return "\n".join([HEAD, *(render(machine) for machine in machines()), *lists])


def _needs(own_decision: bool, consent: bool) -> str:
    wanted = ["the person's own decision"] if own_decision else []
    return ", ".join([*wanted, "a living consent"] if consent else wanted)


if __name__ == "__main__":
    import os
    import sys

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fener.settings")
    django.setup()
    sys.stdout.write(document())
