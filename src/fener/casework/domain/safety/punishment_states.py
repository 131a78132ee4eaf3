"""The states of a review of non-punishment (JU-05): only what takes the punishment away, or its cause, resolves it."""

from __future__ import annotations

from fener.casework.domain.machine import Machine, Step

WITHDRAW, ANNUL, NOT_LINKED = "withdraw", "annul", "not_linked"

PUNISHMENT = Machine(
    name="non_punishment_review",
    title="One charge, penalty or arrest of the person",
    start="open",
    states=("open", "withdrawn", "annulled", "not_linked"),
    acts=(WITHDRAW, ANNUL, NOT_LINKED),
    steps={
        ("open", WITHDRAW): Step("withdrawn", "whoever charged or punished took it back"),
        ("open", ANNUL): Step("annulled", "a court took it away"),
        ("open", NOT_LINKED): Step("not_linked", "the reasons are written down"),
    },
    rules=("JU-05",),
)
MACHINES = (PUNISHMENT,)
