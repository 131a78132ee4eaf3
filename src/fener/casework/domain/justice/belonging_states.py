"""The states of something that was left behind (list ``belonging_state``; rule CP-05)."""

from __future__ import annotations

from fener.casework.domain.machine import Machine, Step

ASK, CLAIM, RECOVER, LOSE, WAIVE = "ask", "claim", "recover", "lose", "waive"
LEFT, ASKED, CLAIMED = "left_behind", "asked_for", "claim"
OPEN = (LEFT, ASKED, CLAIMED)

BELONGING = Machine(
    name="belonging",
    title="Something that stayed behind: wages, belongings, papers",
    start=LEFT,
    states=(*OPEN, "recovered", "lost", "not_wanted"),
    acts=(ASK, CLAIM, RECOVER, LOSE, WAIVE),
    steps={
        (LEFT, ASK): Step(ASKED, "asked whoever has it to give it back"),
        **{(state, CLAIM): Step(CLAIMED, "a claim of this same case is named") for state in (LEFT, ASKED)},
        **{(state, RECOVER): Step("recovered", "the day") for state in OPEN},
        **{(state, LOSE): Step("lost", "the day; a claim for it goes on by itself") for state in OPEN},
        **{(state, WAIVE): Step("not_wanted", "the person does not want it", own_decision=True) for state in OPEN},
    },
    rules=("CP-05",),
)
MACHINES = (BELONGING,)
