"""The states of a test (HE-03): offered and counselled before it is taken, its result given with counselling."""

from __future__ import annotations

from fener.casework.domain.machine import Machine, Step

AGAIN, DECLINE, COUNSEL, TAKE, RESULT = "offer_again", "decline", "counsel", "take", "result"
DELIVER, ALONE, TREAT, NO_NEED, CONTINUE = "deliver", "deliver_alone", "treat", "no_need", "continue"

TEST = Machine(
    name="health_test",
    title="One test, from the offer to treatment elsewhere",
    start="offered",
    states=(
        "offered",
        "declined",
        "counselled",
        "taken",
        "result_in",
        "delivered_alone",
        "delivered",
        "treated",
        "continued",
        "not_needed",
    ),
    acts=(AGAIN, DECLINE, COUNSEL, TAKE, RESULT, DELIVER, ALONE, TREAT, NO_NEED, CONTINUE),
    steps={
        ("offered", DECLINE): Step("declined", "no reason is asked; no service depends on it", own_decision=True),
        ("offered", COUNSEL): Step("counselled", "the day"),
        ("declined", AGAIN): Step("offered", "at the person's own wish"),
        ("counselled", DECLINE): Step("declined", "no reason is asked; no service depends on it", own_decision=True),
        ("counselled", TAKE): Step("taken", "the person agreed; from now on a departure waits", own_decision=True),
        ("taken", RESULT): Step("result_in", "the result, sealed"),
        ("result_in", DELIVER): Step("delivered", "counselling was given, or offered and not wanted"),
        ("result_in", ALONE): Step("delivered_alone", "a departure still waits"),
        ("delivered_alone", DELIVER): Step("delivered", "counselling was given, or offered and not wanted"),
        ("delivered", TREAT): Step("treated", "the day"),
        ("delivered", NO_NEED): Step("not_needed", "the day"),
        ("treated", CONTINUE): Step("continued", "who goes on with it after the return, sealed", own_decision=True),
        ("continued", TREAT): Step("treated", "the day"),
    },
    rules=("HE-03", "HE-04"),
)
MACHINES = (TEST,)
