"""Which cases an actor may see, one of them by its code, and search by name within them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from fener.casework import access
from fener.casework.domain import codes
from fener.casework.models import Case, CaseAccess
from fener.trust import search as names
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship

STATES_OPEN = (Case.State.ACTIVE, Case.State.FOLLOW_UP)


def visible(actor: Actor) -> QuerySet[Case]:
    """The cases that the actor may see now: by ``CaseAccess``, on living grounds, or (by role) as facts of the whole
    node.

    One query for a page: organisation comes along. Sort and filter it; it never grows.
    """
    cases: QuerySet[Case] = Case.objects.for_actor(actor).select_related("organisation")
    return cases


def get(actor: Actor, code: str, *, at: datetime | None = None) -> tuple[Case, Relationship]:
    """A case by its code as somebody typed it, and the actor's nearest relationship to it.

    Raises Refused (hidden) alike for a case that is not theirs and for one that does not exist.
    """
    case, found = get_with_all(actor, code, at=at)
    return case, access.require(actor, access.READ, found)


def get_with_all(actor: Actor, code: str, *, at: datetime | None = None) -> tuple[Case, frozenset[Relationship]]:
    """As :func:`get`, with every relationship of the actor to the case: for whoever asks about several acts."""
    # One question, whatever the answer: a protected case, one of others and none at all take the same time.
    case = Case.objects.reachable_by(actor).select_related("organisation").filter(code=codes.typed_code(code)).first()
    if case is None:
        raise Refused(act=access.READ)
    found = access.relationships(actor, case, at=at)
    access.require(actor, access.READ, found)
    return case, found


def just_opened(actor: Actor, *, since: datetime) -> Case | None:
    """The case that this actor opened last, if it was after ``since``: shown before somebody opens it a second time."""
    found: Case | None = (
        Case.objects.held_by_own(actor)
        .filter(opened_by_id=actor.user_id, created_at__gt=since)
        .order_by("-created_at")
        .first()
    )
    return found


@dataclass(frozen=True)
class Listed:
    """What a list shows of a case, in codes and facts. ``next_due``: not for a receiver, who reads no lines of it."""

    case: Case
    relationship: Relationship
    next_due: datetime | None
    overdue: bool


def listed(actor: Actor, cases: Iterable[Case], *, at: datetime | None = None) -> list[Listed]:
    """Relationship and lateness for the rows of one page. One query, whatever their number."""
    at = at or timezone.now()
    rows = list(cases)
    referred = set(
        CaseAccess.objects.filter(
            case__in=[case.pk for case in rows],
            organisation_id=actor.keeper_id,
            relationship=CaseAccess.Relationship.REFERRED_TO,
        ).values_list("case_id", flat=True)
    )

    def how(case: Case) -> Relationship:
        if case.pk in referred:
            return Relationship.REFERRED_TO
        return Relationship.SAME_ORGANISATION if access.holds(actor, case) else Relationship.NODE

    found = [(case, how(case)) for case in rows]
    dues = [None if way is Relationship.REFERRED_TO else case.next_due for case, way in found]
    return [Listed(case, way, due, due is not None and due < at) for (case, way), due in zip(found, dues, strict=True)]


def search(actor: Actor, text: str, *, limit: int = 20) -> list[Case]:
    """Cases of the own organisation whose person may be called that, best first; a code finds its case as well.

    The index is the organisation's own; what it finds is cut to what the actor may see. Raises Refused, Locked.
    """
    access.require(actor, "case.search", {Relationship.SAME_ORGANISATION})
    typed = codes.typed_code(text)
    found = list(visible(actor).filter(code=typed)[:1]) if codes.FORM.fullmatch(typed) else []
    ids = names.find(actor=actor, text=text)
    by_id: dict[Any, Case] = {case.pk: case for case in visible(actor).filter(pk__in=ids)}
    ranked = [by_id[pk] for pk in ids if pk in by_id and by_id[pk] not in found]
    return [*found, *ranked][:limit]
