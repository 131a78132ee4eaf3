"""Marks, checklists, what parents owe, dependants, and how long it took to identify a child."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case, StatusDecision
from fener.casework.models.children.care import ChildChecklist, ChildMarks, Dependant, ParentsPlan
from fener.norms.path.children import time_to_identify
from fener.trust.errors import Refused

IDENTIFIED = "identified"


def marks(reader: Reader) -> ChildMarks | None:
    """The marks of a child. One query. Raises Refused."""
    access.require(reader.actor, "child_marks.list", reader.found)
    return ChildMarks.objects.filter(case=reader.case).first()


def days_to_identification(reader: Reader) -> int | None:
    """Days from the first contact to the identification of the child (rule CH-19); None while there is none. One query.

    Raises Refused.
    """
    access.require(reader.actor, "child_marks.list", reader.found)
    first = StatusDecision.objects.filter(case=reader.case, status=IDENTIFIED).order_by("decided_on").first()
    contacted = reader.case.facts.get("contacted_on")
    began = date.fromisoformat(contacted) if contacted else reader.case.opened_on
    if first is None or first.decided_on < began:
        return None
    return time_to_identify(first_contact=began, identified_on=first.decided_on)


def checklists(reader: Reader) -> list[ChildChecklist]:
    """The checklists, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "child_checklist.list", reader.found)
    return list(ChildChecklist.objects.filter(case=reader.case).order_by("-on", "-pk"))


def parents_plans(reader: Reader) -> list[ParentsPlan]:
    """What was agreed with the parents, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "parents_plan.list", reader.found)
    return list(ParentsPlan.objects.filter(case=reader.case).order_by("-on", "-pk"))


def dependants(reader: Reader) -> list[Dependant]:
    """Who depends on the person. One query. Raises Refused."""
    access.require(reader.actor, "dependant.list", reader.found)
    rows = Dependant.objects.filter(case=reader.case).order_by("since", "pk")
    return sorted(rows, key=lambda one: one.ended_on is not None)


def parents_plan_of(case: Case, pk: UUID, act: str) -> ParentsPlan:
    """One plan of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = ParentsPlan.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def dependant_of(case: Case, pk: UUID, act: str) -> Dependant:
    """One dependant of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = Dependant.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
