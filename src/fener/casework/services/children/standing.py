"""What stands on a child's case, as gates ask for it."""

from __future__ import annotations

from datetime import date

from fener.casework.models import Case
from fener.casework.models.children.decision import About, ChildDecision


def is_adult(case: Case, on: date) -> bool:
    """Whether the person is grown up on that day, as far as the case says."""
    return not case.treated_as_child


def solution_carried_out(case: Case) -> bool:
    """Whether a durable solution was carried out."""
    found = ChildDecision.objects.filter(case=case, about=About.SOLUTION, carried_out_on__isnull=False)
    return found.exists()


def leaving_plan_exists(case: Case) -> bool | None:
    """Whether there is a plan for leaving care with days of follow-up."""
    return None
