"""People who wait for a decision, for the co-ordinator: codes, kinds and days, no name, rule or reason (rule ID-31)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from fener.casework.models import Case
from fener.casework.models.residence.permit import WAITING, Permit
from fener.casework.services.residence.limbo import IDENTIFICATION, LEGAL_STATUS, UNDECIDED, late_since, waits_until
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship

PER_PAGE = 25
KINDS = (IDENTIFICATION, LEGAL_STATUS)


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits, by the code of the case."""

    code: str
    kind: str
    since: date
    until: date
    days: int
    late: bool


@dataclass(frozen=True)
class Limbo:
    """One page of the list. ``params``: the filters that were understood."""

    rows: tuple[Waiting, ...]
    total: int
    page: int
    pages: int
    params: dict[str, str]


def limbo(actor: Actor, params: Mapping[str, Any], on: date) -> Limbo:
    """Who waits, the longest first. ``kind``: one of KINDS; ``overdue``: "1"; ``page``. Two queries. Raises Refused."""
    policy.require(actor, "limbo.list", Relationship.NODE)
    asked = {"kind": str(params.get("kind", ""))} if params.get("kind") in KINDS else {}
    if params.get("overdue") == "1":
        asked["overdue"] = "1"
    found = _waiting(actor, on, late="overdue" in asked, kinds=(asked["kind"],) if "kind" in asked else KINDS)
    total = found.count()
    pages = max(-(-total // PER_PAGE), 1)
    typed = str(params.get("page", ""))
    page = min(max(int(typed) if typed.isdecimal() else 1, 1), pages)
    rows = found.order_by("since", "of", "which")[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Limbo(tuple(_row(row, on) for row in rows), total, page, pages, asked)


def overdue(actor: Actor, on: date) -> int:
    """How many decisions are overdue. One query."""
    return _waiting(actor, on, late=True).count()


def _waiting(actor: Actor, on: date, *, late: bool, kinds: tuple[str, ...] = KINDS) -> QuerySet[Any, Any]:
    seen = Case.objects.for_actor(actor).filter(state__in=(Case.State.ACTIVE, Case.State.FOLLOW_UP))
    asked = Q(status__in=UNDECIDED)
    permits = Permit.objects.filter(WAITING)
    if late:
        asked &= Q(opened_on__lte=late_since(IDENTIFICATION, on))
        permits = permits.filter(waits_until__lt=on)
    identification = seen.filter(asked) if IDENTIFICATION in kinds else seen.none()
    stays = permits.filter(case__in=seen.values("pk")) if LEGAL_STATUS in kinds else permits.none()
    return _values(identification, IDENTIFICATION, F("opened_on"), F("code")).union(
        _values(stays, LEGAL_STATUS, Coalesce("appealed_on", "applied_on"), F("case__code")), all=True
    )


def _values(rows: QuerySet[Any], kind: str, since: Any, code: F) -> QuerySet[Any, Any]:
    named: QuerySet[Any] = rows.order_by().annotate(of=code, which=Value(kind, output_field=CharField()), since=since)
    found: QuerySet[Any, Any] = named.values_list("of", "which", "since")
    return found


def _row(row: tuple[str, str, date], on: date) -> Waiting:
    code, kind, since = row
    until = waits_until(kind, since)
    return Waiting(code, kind, since, until, (on - since).days, until < on)
