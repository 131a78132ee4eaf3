"""Was an agreed duty kept in time? Pure: days in, an answer out (rule BO-02).

Files hold days, so hours are counted from the end of the day that set the duty off: nobody is called late for an hour
that nobody wrote down.
"""

from __future__ import annotations

import math
from datetime import date, timedelta

KEPT, LATE, MISSED, RUNNING = "kept", "late", "missed", "running"


def due_on(triggered_on: date, within_hours: int) -> date:
    """The last day on which it is in time."""
    return triggered_on + timedelta(days=math.ceil(within_hours / 24))


def answer(triggered_on: date, within_hours: int, kept_on: date | None, today: date) -> str:
    """kept, late (kept after its time), missed (its time has passed), running (there is still time)."""
    due = due_on(triggered_on, within_hours)
    if kept_on is not None:
        return KEPT if kept_on <= due else LATE
    return MISSED if today > due else RUNNING
