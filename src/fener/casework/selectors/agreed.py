"""Which agreed duties were set off by a case, and were they kept? On the case, and in counts for the co-ordinator.

Only facts, days and bodies are read. What a duty is, and since when it binds, is the network's (rule BO-02).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, F, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone
from django.utils.dateparse import parse_date

from fener.casework.domain import agreed
from fener.casework.models import Assessment, Case, InformationGiven, Referral, StatusDecision
from fener.network.models import Duty, DutyKept
from fener.norms.duties import duties
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship
from fener.trust.standing import node_level

ASSESSED, DECIDED, REFERRED, TOLD, NOTED = "assessed", "decided", "referred", "told", "noted"
WINDOW = timedelta(days=90)  # what is counted for the co-ordinator: cases opened in this time
MOST = 5000  # cases in one count


@dataclass(frozen=True)
class DutyOfCase:
    """A timed duty that this case set off. ``state``: as in domain.agreed."""

    duty: Duty
    triggered_on: date
    due_on: date
    kept_on: date | None
    state: str


@dataclass(frozen=True)
class DutyCount:
    """How a timed duty was kept over many cases. Counts only."""

    duty: Duty
    kept: int
    late: int
    missed: int
    running: int


@dataclass(frozen=True)
class _Seen:
    """What the files of some cases say, by case."""

    assessed: Mapping[UUID, list[tuple[UUID, date]]]
    decided: Mapping[UUID, list[tuple[UUID, date]]]
    referred: Mapping[UUID, list[tuple[UUID, date]]]
    told: Mapping[UUID, list[date]]
    noted: Mapping[tuple[UUID, int], date]


def timed_duties() -> list[Duty]:
    """Every duty with a time limit that binds or once bound."""
    found = Duty.objects.filter(within_hours__isnull=False, awaits_confirmation=False)
    return list(found.select_related("organisation", "agreement", "towards"))


def duties_of_case(case: Case, on: date | None = None) -> list[DutyOfCase]:
    """The timed duties that this case set off. For pages on which the case itself was allowed."""
    rows = timed_duties()
    return _of([case], rows, on or timezone.localdate()) if rows else []


def duty_counts(actor: Actor, on: date | None = None) -> list[DutyCount]:
    """How each timed duty was kept in the cases of the last ninety days; protected ones are in no count.

    Raises Refused.
    """
    policy.require(actor, "board.read", Relationship.NODE)
    rows, on = timed_duties(), on or timezone.localdate()
    if not rows:
        return []
    cases = Case.objects.for_figures(actor, reason="counting agreed duties; days and bodies").filter(
        opened_on__gte=on - WINDOW
    )
    wanted = cases.only("pk", "organisation_id", "opened_on", "facts").order_by("-opened_on", "pk")[:MOST]
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    for one in _of(list(wanted), rows, on):
        counted[one.duty.pk][one.state] += 1
    return [
        DutyCount(
            duty, counted[duty.pk][agreed.KEPT], counted[duty.pk][agreed.LATE], counted[duty.pk][agreed.MISSED],
            counted[duty.pk][agreed.RUNNING],
        )
        for duty in rows
    ]  # fmt: skip


def _of(cases: list[Case], rows: Iterable[Duty], on: date) -> list[DutyOfCase]:
    seen, known = _look([case.pk for case in cases]), list(rows)
    found = []
    for case in cases:
        for duty in known:
            triggered = _triggered(case, duty, seen)
            if triggered is None or not _bound(duty, triggered):
                continue
            hours, kept = duty.within_hours or 0, _kept(case, duty, triggered, seen)
            state = agreed.answer(triggered, hours, kept, on)
            found.append(DutyOfCase(duty, triggered, agreed.due_on(triggered, hours), kept, state))
    return found


def _look(pks: list[UUID]) -> _Seen:
    """What happened in these cases, on which day and by whom: one query, whatever their number."""
    kept: dict[str, dict[UUID, list[tuple[Any, date]]]] = defaultdict(lambda: defaultdict(list))
    noted: dict[tuple[UUID, int], date] = {}
    with node_level(reason="days and bodies of cases that were allowed, or of counts"):
        for kind, case, body, duty, day in _happened(pks):
            if duty is not None:
                noted[case, duty] = day
            else:
                kept[kind][case].append((body, day))
    told = {case: [day for _nobody, day in rows] for case, rows in kept[TOLD].items()}
    return _Seen(kept[ASSESSED], kept[DECIDED], kept[REFERRED], told, noted)


def _happened(pks: list[UUID]) -> list[tuple[str, UUID, UUID | None, int | None, date]]:
    """(kind, case, body, duty, day) of everything that can set off or keep a duty."""
    nobody, no_duty = Cast(Value(None), UUIDField()), Cast(Value(None), BigIntegerField())

    def rows(kind: str, found: QuerySet[Any], case: str, body: Any, duty: Any, day: Any) -> QuerySet[Any, Any]:
        of = {"kind_": Value(kind), "case_": F(case), "body_": body, "duty_": duty, "day_": day}
        return found.filter(**{f"{case}__in": pks}).order_by().values_list(*of.values())

    referrals = Referral.objects.unscoped(reason="days and bodies of referrals, for agreed duties")
    parts = [
        rows(ASSESSED, Assessment.objects.filter(by_person=False), "case_id", F("organisation_id"), no_duty,
             F("assessed_on")),
        rows(DECIDED, StatusDecision.objects.all(), "case_id", F("organisation_id"), no_duty, F("decided_on")),
        rows(REFERRED, referrals, "case_id", F("to_organisation_id"), no_duty, TruncDate("offered_at")),
        rows(TOLD, InformationGiven.objects.all(), "case_id", nobody, no_duty, F("told_on")),
        rows(NOTED, DutyKept.objects.all(), "subject_id", nobody, F("duty_id"), F("kept_on")),
    ]  # fmt: skip
    return list(parts[0].union(*parts[1:], all=True))


def _first(rows: Iterable[tuple[UUID, date]], body: UUID, since: date | None = None) -> date | None:
    return min((day for who, day in rows if who == body and (since is None or day >= since)), default=None)


def _triggered(case: Case, duty: Duty, seen: _Seen) -> date | None:
    body = duty.organisation_id
    match duty.trigger:
        case "met":
            channels = duties().met_by.get(duty.organisation.sector, ())
            met = str(case.facts.get("contact_channel") or "") in channels
            return _day(case.facts.get("contacted_on")) or case.opened_on if met else None
        case "opened":
            return case.opened_on if case.organisation_id == body else None
        case "assessed":
            return _first(seen.assessed.get(case.pk, []), body)
        case "decided":
            return _first(seen.decided.get(case.pk, []), body)
    return None


def _kept(case: Case, duty: Duty, triggered: date, seen: _Seen) -> date | None:
    """The first day on which the file shows it, or on which somebody noted it."""
    days = [seen.noted.get((case.pk, duty.pk))]
    if duty.act == "call" and duty.towards_id is not None:
        days.append(case.opened_on if case.organisation_id == duty.towards_id else None)
        days.append(_first(seen.referred.get(case.pk, []), duty.towards_id))
    elif duty.act == "assess":
        days.append(_first(seen.assessed.get(case.pk, []), duty.organisation_id, triggered))
    elif duty.act == "tell_rights":
        days.append(min((day for day in seen.told.get(case.pk, []) if day >= triggered), default=None))
    return min((day for day in days if day is not None), default=None)


def _bound(duty: Duty, day: date) -> bool:
    """Whether it obliged on the day that set it off, also where its agreement has ended since."""
    if not duty.holds_on(day):
        return False
    agreement = duty.agreement
    if agreement is None:
        return True
    if agreement.in_force_since is None or day < agreement.in_force_since:
        return False
    last = [end for end in (agreement.ends_on, agreement.ended_on) if end is not None]
    return not last or day <= min(last)


def _day(raw: object) -> date | None:
    try:
        return parse_date(str(raw)) if raw else None
    except ValueError:
        return None
