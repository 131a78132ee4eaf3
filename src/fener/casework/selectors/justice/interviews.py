"""Interviews of a person as somebody may read them, and how often persons are asked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.justice.interview import Interview
from fener.casework.services.justice.interviews import earlier
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship
from fener.trust.standing import node_level

LOOK = "how often persons are asked; it names no case"


@dataclass(frozen=True)
class Asked:
    """How often persons were interviewed. ``persons``: with one interview or more; ``again``: the same once more."""

    persons: int
    interviews: int
    again: int
    most: int

    @property
    def per_person(self) -> float | None:
        """Interviews for each person who had one; None where nobody had."""
        return self.interviews / self.persons if self.persons else None


def interviews(reader: Reader) -> list[Interview]:
    """The planned ones, then what was held, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "interview.list", reader.found)
    rows = Interview.objects.filter(case=reader.case).select_related("shared_with")
    latest = sorted(rows, key=lambda one: (one.settled_on or one.planned_on, str(one.pk)), reverse=True)
    return sorted(latest, key=lambda one: one.state != Interview.State.PLANNED)


def interview_of(case: Case, pk: UUID, act: str) -> Interview:
    """One interview of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = Interview.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def held_before(actor: Actor, case: Case, purpose: str = "") -> list[Interview]:
    """What was held before, for one purpose or for any, the latest first. Raises Refused."""
    access.require_on_case(actor, "interview.list", case)
    return list(earlier(case, purpose).order_by("-settled_on", "pk"))


@node_level(reason=LOOK)
def asked(actor: Actor) -> Asked:
    """How often persons of the mechanism were interviewed (rule WP-09). One query. Raises Refused."""
    policy.require(actor, "board.read", Relationship.NODE)
    rows = (
        Interview.objects.filter(state=Interview.State.HELD, case__in=Case.objects.for_figures(actor, reason=LOOK))
        .order_by()
        .values("case")
        .annotate(held=Count("pk"), repeated=Count("pk", filter=~Q(again="")))
    )
    counts = [(row["held"], row["repeated"]) for row in rows]
    return Asked(
        persons=len(counts),
        interviews=sum(held for held, _repeated in counts),
        again=sum(repeated for _held, repeated in counts),
        most=max((held for held, _repeated in counts), default=0),
    )
