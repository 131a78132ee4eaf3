"""The list of cases: filtered, sorted and turned by its URL, cut to what the actor may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OrderBy, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from fener.casework import access
from fener.casework.domain import codes
from fener.casework.models import Case, CaseAccess, CaseAssignment
from fener.casework.selectors.cases import Listed, listed
from fener.trust.actor import Actor
from fener.trust.errors import Refused

PER_PAGE = 25
SORTS = ("next_due", "code", "opened_on", "status", "state", "language")
FILTERS = ("q", "state", "status", "language", "child", "mine", "overdue", "from_others")
YES = frozenset({"1", "yes", "on", "true"})


@dataclass(frozen=True)
class CaseList:
    """One page. ``params`` are the values that were understood: build links from them; what was not is left out."""

    rows: tuple[Listed, ...]
    total: int
    page: int
    pages: int
    sort: str
    params: dict[str, str] = field(default_factory=dict)


def case_list(actor: Actor, params: Mapping[str, Any], *, at: datetime | None = None) -> CaseList:
    """The page that ``params`` (of a GET request) ask for; nonsense in them is ignored, never an error.

    ``q``: the beginning of a code; ``state``, ``status``, ``language``: a code; ``child``, ``mine``, ``overdue``,
    ``from_others``: "1"; ``sort``: one of SORTS, "-" before it turns it round; ``page``. Without ``state`` the open
    cases are shown, ``state=all`` shows all. At most 6 queries. Raises Refused for whoever has no list of cases.
    """
    at = at or timezone.now()
    _require_list(actor)
    understood = {key: str(params[key]).strip() for key in FILTERS if str(params.get(key, "") or "").strip()}
    parts = [_filter(actor, part, understood, at) for part in Case.objects.parts_of(actor)]
    total = sum(part.count() for part in parts)
    pages = max(-(-total // PER_PAGE), 1)
    page = min(max(_number(params.get("page")), 1), pages)
    sort = str(params.get("sort") or "next_due")
    sort = sort if sort.removeprefix("-") in SORTS else "next_due"
    keys = [key for key, *_of_the_order in _sorted(parts, sort)[(page - 1) * PER_PAGE : page * PER_PAGE]]
    return CaseList(tuple(listed(actor, _in_order(actor, keys), at=at)), total, page, pages, sort, understood)


def _in_order(actor: Actor, keys: list[UUID]) -> list[Case]:
    """The cases of one page. Which they are is answered by the index ``case_listing`` alone; the rows themselves, many
    times as wide and each to be deciphered, are read for this page only."""
    open_assignments = CaseAssignment.objects.filter(until__isnull=True).select_related("user")
    rows = Case.objects.reachable_by(actor).filter(pk__in=keys, protected=False).select_related("organisation")
    rows = rows.prefetch_related(Prefetch("assignments", open_assignments))
    place = {key: number for number, key in enumerate(keys)}
    return sorted(rows, key=lambda case: place[case.pk])


def _require_list(actor: Actor) -> None:
    if access.allowed(actor, access.LIST, access.NEAREST_FIRST) is None:
        raise Refused(act=access.LIST)


def _filter(actor: Actor, rows: QuerySet[Case], asked: dict[str, str], at: datetime) -> QuerySet[Case]:
    if "q" in asked:
        typed = codes.typed_code(asked["q"])
        rows = rows.filter(Q(code=typed) | Q(code__startswith=asked["q"].upper()))
    if asked.get("state") in Case.State.values:
        rows = rows.filter(state=asked["state"])
    elif asked.get("state") != "all":
        asked.pop("state", None)
        rows = rows.filter(state__in=[Case.State.ACTIVE, Case.State.FOLLOW_UP])
    for name in ("status", "language"):
        if name in asked:
            rows = rows.filter(**{name: asked[name]})
    return _by_flags(actor, rows, {key for key, value in asked.items() if value.lower() in YES}, at)


def _by_flags(actor: Actor, rows: QuerySet[Case], flags: set[str], at: datetime) -> QuerySet[Case]:
    if "child" in flags:
        rows = rows.filter(treated_as_child=True)
    if "overdue" in flags:
        rows = rows.filter(~Exists(_referred(actor)), next_due__lt=at)
    if "mine" in flags and actor.user_id is not None:
        mine = CaseAssignment.objects.filter(case=OuterRef("pk"), user_id=actor.user_id, until__isnull=True)
        rows = rows.filter(Exists(mine))
    if "from_others" in flags:
        rows = rows.filter(Exists(_referred(actor)))
    return rows


def _referred(actor: Actor) -> QuerySet[CaseAccess]:
    """The access by referral of the actor's body to the case of the outer query."""
    return CaseAccess.objects.filter(
        case=OuterRef("pk"), organisation_id=actor.keeper_id, relationship=CaseAccess.Relationship.REFERRED_TO
    )


def _sorted(parts: list[QuerySet[Case]], sort: str) -> QuerySet[Case, tuple[UUID, Any, str]]:
    """What has no date stands last in both directions; the code decides between equals: pages do not overlap."""
    name, down = sort.removeprefix("-"), sort.startswith("-")
    order: OrderBy = F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True)
    first, *others = (part.values_list("pk", name, "code") for part in parts)
    return first.union(*others, all=True).order_by(order, "code")


def _number(text: Any) -> int:
    try:
        return int(str(text))
    except ValueError:
        return 1
