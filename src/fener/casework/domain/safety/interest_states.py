"""The states of a conflict with the person's interest (list ``interest_result``; rule NC-04)."""

from __future__ import annotations

from fener.casework.domain.machine import Machine, Step

PREVAIL, DECIDE_AGAINST = "prevail", "decide_against"
OPEN, PREVAILS, AGAINST = "open", "person_prevails", "decided_against"

INTEREST = Machine(
    name="interest",
    title="A conflict of an aim of law enforcement or migration with the person's interest",
    start=OPEN,
    states=(OPEN, PREVAILS, AGAINST),
    acts=(PREVAIL, DECIDE_AGAINST),
    steps={
        (OPEN, PREVAIL): Step(PREVAILS, "no reason is needed: while it is open, the person's interest prevails too"),
        (OPEN, DECIDE_AGAINST): Step(
            AGAINST, "gate decide_against_interest: who decides by name, on which legal basis"
        ),
        (AGAINST, PREVAIL): Step(PREVAILS, "the decision was taken back"),
    },
    rules=("NC-04",),
)
MACHINES = (INTEREST,)
