"""The states of an incident (AC-02), and which right an act touches that a gate refused (NC-02)."""

from __future__ import annotations

from fener.casework.domain.machine import Machine, Step

FOLLOW_UP, SETTLE = "follow_up", "settle"
OPEN, WAITING, SETTLED = "open", "waiting", "settled"

INCIDENT = Machine(
    name="incident",
    title="A right that was violated, or an attempt that a gate refused",
    start=OPEN,
    states=(OPEN, WAITING, SETTLED),
    acts=(FOLLOW_UP, SETTLE),
    steps={
        (OPEN, FOLLOW_UP): Step(WAITING, "something was begun that has to be answered by a day"),
        (OPEN, SETTLE): Step(SETTLED, "what came of it is known"),
        (WAITING, FOLLOW_UP): Step(WAITING, "one more step was taken, or a later day was named"),
        (WAITING, SETTLE): Step(SETTLED, "what came of it is known"),
    },
    rules=("AC-02", "NC-02"),
)
MACHINES = (INCIDENT,)

# Codes of the list ``incident_result``: with these somebody still has to answer; every other one ends it.
GOES_ON = frozenset({"complaint_made", "before_court"})
NO_RESULT = "open"

# Gate -> code of the list ``right_violated`` that its act would violate.
RIGHT_OF_GATE = {
    "child_departure": "child_sent_unassessed",
    "locking_in": "locked_in",
    "voluntary_child": "child_not_presumed",
    "end_assistance": "help_made_conditional",
    "share_status": "identity_exposed",
    "adverse_step": "removed_in_recovery",
    "departure": "unprotected",
    "end_protection": "unprotected",
    "testimony_date": "unprotected",
    "returned_child_placement": "child_sent_unassessed",
    "end_by_term": "help_ended",
    "require_examination": "examined_by_force",
    "charge_the_person": "other",
}


# Rights and gates that tell that somebody gives a statement: who works in a house does not read them.
OF_PROCEEDINGS = frozenset(
    {"statement_without_advice", "pressed_to_testify", "asked_again_and_again", "confronted", "heard_in_absence"}
)
GATES_OF_PROCEEDINGS = frozenset({"statement", "testimony_date"})


def of_proceedings(right: str, gate: str) -> bool:
    """Whether an incident tells that the person gives a statement."""
    return right in OF_PROCEEDINGS or gate in GATES_OF_PROCEEDINGS


def right_of(gate: str) -> str:
    """The right that an act touches which this gate refuses; ``other`` for a gate that a pack has added."""
    return RIGHT_OF_GATE.get(gate, "other")


def step_for(result: str) -> str:
    """Whether this result goes on or ends it."""
    return FOLLOW_UP if result in GOES_ON else SETTLE
