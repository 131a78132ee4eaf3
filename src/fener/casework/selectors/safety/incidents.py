"""Incidents of a case, as somebody may read them, and how many there were."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.safety.incident import Incident
from fener.trust.actor import Actor
from fener.trust.errors import Refused


@dataclass(frozen=True)
class Counted:
    """How many incidents of one right by one kind of body: done to the person, and attempted but refused."""

    right: str
    by: str
    done: int
    attempts: int


def incidents(reader: Reader) -> list[Incident]:
    """The incidents of a case, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "incident.list", reader.found)
    return list(Incident.objects.filter(case=reader.case).order_by("-happened_on", "pk"))


def incident_of(case: Case, pk: UUID, act: str) -> Incident:
    """One incident of a case on which ``act`` was allowed. Raises Refused, hidden: that of another looks absent."""
    found = Incident.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def counts(actor: Actor) -> list[Counted]:
    """Incidents by right and by kind of body, of the cases that the actor sees in lists. One query."""
    rows = Incident.objects.filter(case__in=Case.objects.visible_to(actor)).order_by().values("right", "by")
    done, attempts = Count("pk", filter=Q(attempt=False)), Count("pk", filter=Q(attempt=True))
    found = rows.annotate(done=done, attempts=attempts).order_by("right", "by")
    return [Counted(one["right"], one["by"], one["done"], one["attempts"]) for one in found]
