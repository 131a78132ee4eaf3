"""States of a development (WP-07): told in time, or not told because the person does not want it."""

from __future__ import annotations

from fener.casework.domain.machine import Machine, Step

TELL, RESPECT, ASK_AGAIN = "tell", "respect", "ask_again"

DEVELOPMENT = Machine(
    name="development",
    title="One development in the proceedings",
    start="waiting",
    states=("waiting", "told", "not_wanted"),
    acts=(TELL, RESPECT, ASK_AGAIN),
    steps={
        ("waiting", TELL): Step("told", "when, by whom, through the channel that the person chose"),
        ("waiting", RESPECT): Step("not_wanted", "the person does not want to be told", own_decision=True),
        ("not_wanted", ASK_AGAIN): Step("waiting", "the person wants to be told after all", own_decision=True),
    },
    rules=("WP-07",),
)
MACHINES = (DEVELOPMENT,)
