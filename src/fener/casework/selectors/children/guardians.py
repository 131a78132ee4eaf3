"""Who answers for a child, as somebody may read it; and how many children each guardian has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.children.guardianship import ChildPart, Guardianship
from fener.network.models import Organisation
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship


@dataclass(frozen=True)
class Load:
    """One guardian's children: how many, and of which body. ``name`` is empty for those who have no account."""

    name: str
    body: str
    children: int
    conflicts: int


def guardianships(reader: Reader) -> list[Guardianship]:
    """Who answers and who answered for the child, the present one first. One query. Raises Refused."""
    access.require(reader.actor, "guardian.list", reader.found)
    rows = Guardianship.objects.filter(case=reader.case).select_related("organisation", "person")
    return sorted(rows.order_by("-since"), key=lambda one: one.ended_on is not None)


def parts(reader: Reader) -> list[ChildPart]:
    """Who has which part. One query. Raises Refused."""
    access.require(reader.actor, "child_part.list", reader.found)
    rows = ChildPart.objects.filter(case=reader.case).select_related("organisation", "person")
    return sorted(rows.order_by("since"), key=lambda one: one.until is not None)


def guardianship_of(case: Case, pk: UUID, act: str) -> Guardianship:
    """One of a case on which ``act`` was allowed. Raises Refused, hidden: that of another case looks absent."""
    found = Guardianship.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def part_of(case: Case, pk: UUID, act: str) -> ChildPart:
    """One part of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = ChildPart.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def caseload(actor: Actor) -> list[Load]:
    """How many children each guardian has, the most first: of the own cases, or of the mechanism's for whoever
    co-ordinates it. No word about any child. Raises Refused.
    """
    node = policy.decide(actor, "guardian_load.list", Relationship.NODE).allowed
    if not node and not policy.decide(actor, "guardian_load.list", Relationship.SAME_ORGANISATION).allowed:
        raise Refused(act="guardian_load.list")
    seen = Case.objects.for_actor(actor) if node else Case.objects.held_by_own(actor)
    rows = (
        Guardianship.objects.filter(case__in=seen, kind="guardian", ended_on__isnull=True)
        .order_by()
        .values("person__full_name", "person__username", "organisation__short_name")
        .annotate(children=Count("case", distinct=True), conflicts=Count("conflict_on"))
        .order_by("-children", "person__full_name", "organisation__short_name")
    )
    return [
        Load(
            row["person__full_name"] or row["person__username"] or "",
            row["organisation__short_name"] or "",
            row["children"],
            row["conflicts"],
        )
        for row in rows
    ]


def bodies(on: date) -> QuerySet[Organisation]:
    """The bodies that may be named."""
    return Organisation.objects.exclude(active_until__lt=on).order_by("name")
