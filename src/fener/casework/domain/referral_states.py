"""The states of a referral (rule AS-08): offered to a desk, answered, open until its outcome is written back."""

from __future__ import annotations

from fener.casework.domain.machine import Machine, Step

ACCEPT, DECLINE, WITHDRAW, ESCALATE, REPORT, END = "accept", "decline", "withdraw", "escalate", "report", "end"

REFERRAL = Machine(
    name="referral",
    title="One referral",
    start="offered",
    states=("offered", "accepted", "declined", "withdrawn", "ended"),
    acts=(ACCEPT, DECLINE, WITHDRAW, ESCALATE, REPORT, END),
    steps={
        ("offered", ACCEPT): Step("accepted", "the ground of the disclosure is alive at this moment", consent=True),
        ("offered", DECLINE): Step("declined", "a reason from the list; nothing stays with the desk"),
        ("offered", WITHDRAW): Step("withdrawn", "the sender, or the person by withdrawing the consent"),
        ("offered", ESCALATE): Step("offered", "the answer is overdue; the next desk and the co-ordinator see it"),
        ("accepted", WITHDRAW): Step("withdrawn", "the person withdraws the consent, or the sender takes it back"),
        ("accepted", REPORT): Step("accepted", "an outcome that does not end it"),
        ("accepted", END): Step("ended", "an outcome that ends it; the receiver's keys are taken back"),
    },
    rules=("AS-08", "AS-09"),
)
