"""Agreements to be contacted and what is due of them, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.returns.journey import Journey
from fener.casework.models.returns.recontact import FollowUp, Recontact
from fener.casework.services.returns.common import RECONTACT
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship

LONGEST = 200


def agreements(reader: Reader) -> list[Recontact]:
    """Agreements of a case, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "recontact.list", reader.found)
    return list(Recontact.objects.filter(case=reader.case).order_by("-given_on", "pk"))


def contacts(reader: Reader) -> list[FollowUp]:
    """Contacts after the journeys of a case. One query. Raises Refused."""
    access.require(reader.actor, "recontact.list", reader.found)
    return list(FollowUp.objects.filter(journey__case=reader.case).order_by("-on", "pk"))


def arrived(reader: Reader) -> list[Journey]:
    """The journeys whose arrival is confirmed, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "recontact.list", reader.found)
    return list(Journey.objects.filter(case=reader.case, confirmed_on__isnull=False).order_by("-confirmed_on", "pk"))


def agreement_of(case: Case, pk: UUID, act: str) -> Recontact:
    """One agreement of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = Recontact.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def queue(actor: Actor) -> list[CaseLine]:
    """With whom contact is due, of the own organisation's cases: urgent first, then the longest overdue. One query.

    Raises Refused.
    """
    if not policy.decide(actor, "recontact.list", Relationship.SAME_ORGANISATION).allowed:
        raise Refused(act="recontact.list")
    rows = CaseLine.objects.filter(case__in=Case.objects.held_by_own(actor), record=RECONTACT, due__isnull=False)
    return list(rows.select_related("case").order_by("-urgent", "due", "pk")[:LONGEST])
