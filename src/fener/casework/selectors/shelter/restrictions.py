"""Restrictions of a case's stays, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.shelter.restriction import StayRestriction
from fener.casework.selectors.shelter.reach import within
from fener.trust.actor import Actor
from fener.trust.errors import Refused


def restrictions(reader: Reader) -> list[StayRestriction]:
    """The restrictions of a case, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "stay_restriction.list", reader.found)
    mine = within(reader.actor, "stay_restriction.list", reader.case, way="stay__")
    return list(StayRestriction.objects.filter(mine, case=reader.case).select_related("decided_by"))


def restriction_of(actor: Actor, case: Case, pk: UUID, act: str) -> StayRestriction:
    """One restriction of this case. Raises Refused, hidden: another case's, or house's, looks absent."""
    found = StayRestriction.objects.filter(within(actor, act, case, way="stay__"), case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
