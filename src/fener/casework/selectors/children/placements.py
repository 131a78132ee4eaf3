"""Where a child lives and how it leaves care, as somebody may read it."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.children.placement import ChildHandOver, ChildPlacement, LeavingCare, LeavingFollowUp
from fener.trust.errors import Refused


def placements(reader: Reader) -> list[ChildPlacement]:
    """The places, the present one first. One query. Raises Refused."""
    access.require(reader.actor, "child_placement.list", reader.found)
    return list(ChildPlacement.objects.filter(case=reader.case).select_related("organisation").order_by("-since"))


def hand_overs(reader: Reader) -> list[ChildHandOver]:
    """Who handed the child over, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "child_placement.list", reader.found)
    return list(ChildHandOver.objects.filter(case=reader.case).order_by("-on", "pk"))


def leaving(reader: Reader) -> tuple[LeavingCare | None, list[LeavingFollowUp]]:
    """The day of 18 with the plan, and the days of follow-up. Two queries. Raises Refused."""
    access.require(reader.actor, "leaving_care.list", reader.found)
    follow = LeavingFollowUp.objects.filter(case=reader.case).order_by("due_on", "pk")
    return LeavingCare.objects.filter(case=reader.case).first(), list(follow)


def hand_over_of(case: Case, pk: UUID, act: str) -> ChildHandOver:
    """One hand-over of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = ChildHandOver.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def leaving_of(case: Case, pk: UUID, act: str) -> LeavingCare:
    """The row of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = LeavingCare.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def follow_up_of(case: Case, pk: UUID, act: str) -> LeavingFollowUp:
    """One day of follow-up of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = LeavingFollowUp.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
