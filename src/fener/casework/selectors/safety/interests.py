"""Conflicts of interest, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.safety.interest import InterestConflict
from fener.trust.actor import Actor
from fener.trust.errors import Refused

OF_PROCEEDINGS = frozenset({"testimony", "early_interview"})  # of interest_aim


def conflicts(reader: Reader) -> list[InterestConflict]:
    """Conflicts of a case that are for this reader, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "interest.list", reader.found)
    rows = InterestConflict.objects.filter(case=reader.case).order_by("-arisen_on", "pk")
    return [row for row in rows if is_for(reader.actor, row.aim)]


def is_for(actor: Actor, aim: str) -> bool:
    """Who works in a house reads of no aim that tells that somebody gives a statement."""
    return aim not in OF_PROCEEDINGS or access.follows_proceedings(actor)


def conflict_of(case: Case, pk: UUID, act: str) -> InterestConflict:
    """One of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = InterestConflict.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
