"""What stands on a child's case, as gates ask for it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from fener.casework.models import Case
from fener.casework.models.children.decision import About, ChildDecision
from fener.casework.models.children.guardianship import Guardianship
from fener.casework.models.children.placement import LeavingFollowUp


def solution_carried_out(case: Case) -> bool:
    """Whether a durable solution was carried out."""
    found = ChildDecision.objects.filter(case=case, about=About.SOLUTION, carried_out_on__isnull=False)
    return found.exists()


def leaving_plan_exists(case: Case) -> bool:
    """Whether there is a plan for leaving care with days of follow-up."""
    return LeavingFollowUp.objects.filter(case=case, leaving__plan__isnull=False).exists()


def guardian_answers(case: Case, day: date) -> bool:
    """A guardian answers for the child on that day, within the mandate, and with no interest of their own."""
    return answering(case, day).filter(kind="guardian", ended_on__isnull=True).exists()


def answering(case: Case, day: date) -> QuerySet[Guardianship]:
    """Who answers for the child on that day, an interim too: within the mandate, with no interest of their own."""
    covers = Q(until__isnull=True) | Q(until__gte=day)
    lasts = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
    return Guardianship.objects.filter(covers, lasts, case=case, since__lte=day, conflict="")
