"""The states of one service for one person (AS-01, CO-06): the person's answer stands between offer and delivery."""

from __future__ import annotations

from fener.casework.domain.machine import Machine, Step

OFFER, ACCEPT, DECLINE, DELIVER, LEAVE, ASK = "offer_again", "accept", "decline", "deliver", "leave", "ask_if_helpful"

SERVICE = Machine(
    name="service",
    title="One service for one person",
    start="offered",
    states=("offered", "accepted", "declined", "delivered", "left"),
    acts=(ACCEPT, DECLINE, DELIVER, LEAVE, ASK, OFFER),
    steps={
        ("offered", ACCEPT): Step("accepted", "date of the answer", own_decision=True),
        ("offered", DECLINE): Step("declined", "the person's reason", own_decision=True),
        ("accepted", DELIVER): Step("delivered", "by the body that gave it, which alone counts it"),
        ("accepted", LEAVE): Step("left", "no other service changes", own_decision=True),
        ("delivered", LEAVE): Step("left", "no other service changes", own_decision=True),
        ("delivered", ASK): Step("delivered", "the person's view, or that it was not given", own_decision=True),
        ("left", ASK): Step("left", "the person's view, or that it was not given", own_decision=True),
        # Saying no, or leaving, closes nothing: the same service can be offered again.
        ("declined", OFFER): Step("offered", "the earlier answer stays in the audit"),
        ("left", OFFER): Step("offered", "the earlier answer stays in the audit"),
    },
    rules=("AS-01", "CO-06"),
)
