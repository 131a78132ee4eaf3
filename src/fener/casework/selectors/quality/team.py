"""How the own body's people work, in numbers: cases carried, share of administration, supervision. No case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Max, QuerySet, Sum
from django.utils import timezone

from fener.casework import access
from fener.casework.models import CaseAssignment
from fener.casework.models.quality.work import LeaveCover, Supervision, WorkLimits, WorkTime
from fener.casework.selectors.colleagues import colleagues
from fener.casework.services.quality.supervision import due_after, limits_of
from fener.casework.services.quality.time import monday
from fener.norms.path.flags import Flag
from fener.norms.path.work import administration_flag, administration_share, load_flag, supervision_flag
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.models import User
from fener.trust.policy import Relationship
from fener.trust.standing import node_level

LOOKED_BACK = timedelta(weeks=4)


@dataclass(frozen=True)
class Worker:
    """One worker in numbers. ``share``: of administration in the last four weeks, 0 to 1; None: no time is recorded."""

    user: User
    cases: int
    share: float | None
    last: date | None
    due: date | None
    flags: tuple[Flag, ...]


def team(actor: Actor, *, on: date | None = None) -> list[Worker]:
    """Everybody who works with people at the own body, those first who need somebody's eye. Six queries. Refused."""
    policy.require(actor, "supervision.list", Relationship.SAME_ORGANISATION)
    return _workers(actor, list(colleagues(actor, on or timezone.localdate())), on or timezone.localdate())


def own_work(actor: Actor) -> Worker:
    """The actor's own numbers. Raises Refused."""
    policy.require(actor, "own_work.read", Relationship.OWN)
    me = colleagues(actor, timezone.localdate()).filter(pk=access.user_id(actor)).first()
    if me is None:
        raise Refused(act="own_work.read")
    (found,) = _workers(actor, [me], timezone.localdate())
    return found


def own_weeks(actor: Actor) -> dict[date, dict[str, int]]:
    """The actor's own recorded time of the last four weeks, by week and kind. Raises Refused."""
    policy.require(actor, "own_work.read", Relationship.OWN)
    found: dict[date, dict[str, int]] = defaultdict(dict)
    since = monday(timezone.localdate()) - LOOKED_BACK
    for row in WorkTime.objects.filter(organisation_id=actor.keeper_id, worker_id=actor.user_id, week__gte=since):
        found[row.week][row.kind] = row.minutes
    return dict(found)


def worker_of(actor: Actor, pk: UUID, act: str) -> User:
    """One worker of the own body. Raises Refused, hidden: somebody else's looks absent."""
    own = policy.decide(actor, act, Relationship.SAME_ORGANISATION).allowed
    found = colleagues(actor, timezone.localdate()).filter(pk=pk).first()
    if found is None or not own:
        raise Refused(act=act)
    return found


def supervisions(actor: Actor, worker: User) -> QuerySet[Supervision]:
    """The log of one worker of the own body, the latest first. Raises Refused."""
    policy.require(actor, "supervision.list", Relationship.SAME_ORGANISATION)
    return Supervision.objects.filter(organisation_id=actor.keeper_id, worker=worker)


def limits_now(actor: Actor) -> WorkLimits | None:
    """What the own body set. One query."""
    return WorkLimits.objects.filter(organisation_id=actor.keeper_id).first()


def covers(actor: Actor) -> QuerySet[LeaveCover]:
    """The covers of the own body, the latest first. Raises Refused."""
    policy.require(actor, "leave_cover.list", Relationship.SAME_ORGANISATION)
    rows = LeaveCover.objects.filter(organisation_id=actor.keeper_id).select_related("worker", "cover")
    return rows.annotate(count=Count("cases")).order_by("-since", "pk")


def cover_of(actor: Actor, pk: UUID, act: str) -> LeaveCover:
    """One cover of the own body. Raises Refused, hidden: another body's looks absent."""
    own = policy.decide(actor, act, Relationship.SAME_ORGANISATION).allowed
    found = LeaveCover.objects.filter(pk=pk, organisation_id=actor.keeper_id).select_related("worker", "cover").first()
    if found is None or not own:
        raise Refused(act=act)
    return found


def _workers(actor: Actor, people: list[User], on: date) -> list[Worker]:
    own = limits_now(actor)
    limits, ids = limits_of(own), [one.pk for one in people]
    cases, spent = _cases(actor, ids), _time(actor, ids, on)
    rows = Supervision.objects.filter(organisation_id=actor.keeper_id, worker_id__in=ids, on__lte=on).order_by()
    lasts = dict(rows.values_list("worker_id").annotate(Max("on")))
    found = []
    for one in people:
        last, minutes = lasts.get(one.pk), spent.get(one.pk, {})
        due = due_after(last, own) if last else None
        flags = (
            load_flag(cases.get(one.pk, 0), limit=limits["caseload"]),
            administration_flag(minutes, limit=limits["administration"]),
            supervision_flag(due_on=due, today=on),
        )
        found.append(
            Worker(
                user=one,
                cases=cases.get(one.pk, 0),
                share=administration_share(minutes),
                last=last,
                due=due,
                flags=tuple(flag for flag in flags if flag is not None),
            )
        )
    return sorted(found, key=lambda row: (-len(row.flags), row.user.full_name, row.user.username))


@node_level(reason="how many open cases somebody carries, also hidden ones: a number, and no case")
def _cases(actor: Actor, ids: list[UUID]) -> dict[UUID, int]:
    rows = CaseAssignment.objects.filter(
        user_id__in=ids, until__isnull=True, case__organisation_id=actor.keeper_id, case__closed_on__isnull=True
    )
    return dict(rows.order_by().values_list("user_id").annotate(Count("pk")))


def _time(actor: Actor, ids: list[UUID], on: date) -> Mapping[UUID, dict[str, int]]:
    since = monday(on) - LOOKED_BACK
    rows = WorkTime.objects.filter(organisation_id=actor.keeper_id, worker_id__in=ids, week__gte=since, week__lte=on)
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    for worker, kind, minutes in rows.order_by().values_list("worker_id", "kind").annotate(Sum("minutes")):
        found[worker][kind] = minutes
    return found
