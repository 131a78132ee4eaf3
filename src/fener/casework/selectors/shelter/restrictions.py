"""Restrictions of a case's stays, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.shelter.restriction import StayRestriction
from fener.trust.errors import Refused


def restrictions(reader: Reader) -> list[StayRestriction]:
    """The restrictions of a case, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "stay_restriction.list", reader.found)
    return list(StayRestriction.objects.filter(case=reader.case).select_related("decided_by"))


def restriction_of(case: Case, pk: UUID, act: str) -> StayRestriction:
    """One restriction of this case. Raises Refused, hidden: another case's looks absent."""
    found = StayRestriction.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
