"""Clocks of a case: started by what happened, ended with a reason, extended with a legal basis.

Lengths come from norms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from fener.casework import access
from fener.casework.models import Case, Clock, Referral
from fener.casework.models.line import CaseLine
from fener.norms import clocks as norms_clocks
from fener.norms.calendar import Length
from fener.norms.jurisdictions import get_jurisdiction
from fener.norms.why import Step, plain
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from fener.trust.standing import node_level

RECOVERY = "recovery_reflection"
GUARDIAN = "guardian_appointed"
MET_ALONE = "child_met_alone"
CONFERENCE = "case_conference"
REVIEW = "status_review"
LEGAL_BASIS = gettext_noop("The extension rests on: %(basis)s.")

# A right ends by its own end or by the person's own wish. Nothing else ends the recovery period (rule RP-01).
ENDS_OF_A_RIGHT = frozenset({"ran_out", "own_wish", "extended"})
END_REASONS = ENDS_OF_A_RIGHT | {"done", "not_needed", "case_closed", "adult"}


@node_level(reason="the clocks of a case, whoever acts on it")
def begin(
    *,
    actor: Actor,
    case: Case,
    code: str,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    subject_type: str = "",
    subject_id: UUID | None = None,
) -> Clock | None:
    """Start a clock as a part of an act whose own policy was checked; inside its transaction.

    The date and its explanation are kept as norms gave them, so that a later version of a rule changes no running
    right. The caller ends with :func:`refresh_next_due`.
    """
    due = _due(code, at, facts)
    if due.end is None:
        return None
    clock = Clock.objects.create(
        case=case,
        code=code,
        started_on=at,
        due_on=_moment(due.end),
        rule=due.rule,
        rule_version=due.version,
        source="; ".join(str(source) for source in due.source)[:160],
        why=[[step.text, plain(step.params)] for step in due.why],
        blocks_removal="blocks_removal" in due.effects,
        subject_type=subject_type,
        subject_id=subject_id,
        started_by_id=actor.user_id,
    )
    _keep(actor, "clock.start", clock, {"due": clock.due_on, "rule": clock.rule, "version": clock.rule_version})
    return clock


@transaction.atomic
def end_clock(*, actor: Actor, clock: Clock, reason: str, at: datetime | None = None) -> Clock:
    """End a running clock. Raises InvalidInput for a reason that may not end it, Refused."""
    access.require_on_case(actor, "clock.end", clock.case, at=at)
    if clock.code == GUARDIAN:  # rule CH-04: nobody clicks this alarm away
        raise InvalidInput({"reason": _("This alarm ends when a guardian is appointed. Record that under Children.")})
    if clock.case.treated_as_child and clock.code == MET_ALONE:  # rule CH-14
        raise InvalidInput({"reason": _("This alarm ends when a guardian is appointed. Record that under Children.")})
    if clock.case.treated_as_child and clock.code == CONFERENCE:  # rule CH-13
        raise InvalidInput({"reason": _("At medium or high risk a case conference meets every month.")})
    finish(actor=actor, clocks=[clock], reason=reason, at=at or timezone.now())
    refresh_next_due(clock.case)
    return clock


@node_level(reason="the clocks of a case, whoever acts on it")
def finish(*, actor: Actor, clocks: Iterable[Clock], reason: str, at: datetime) -> None:
    """End clocks as a part of an act whose own policy was checked; clocks that ended already stay as they are."""
    for clock in clocks:
        if clock.ended_at is not None:
            continue
        if reason not in (ENDS_OF_A_RIGHT if clock.blocks_removal else END_REASONS):
            raise InvalidInput(
                {"reason": _("This period is the person's right. It ends on its date or at the person's own wish.")}
                if clock.blocks_removal
                else {"reason": _("Choose why it ends.")}
            )
        clock.ended_at, clock.end_reason = at, reason
        clock.save(update_fields=["ended_at", "end_reason"])
        _keep(actor, "clock.end", clock, {"reason": reason})


@transaction.atomic
def extend(
    *, actor: Actor, clock: Clock, length: Mapping[str, Any], legal_basis: str, at: datetime | None = None
) -> Clock:
    """Extend a running clock by a length as packs write it (``{"days": 10, "count": "working"}``).

    The old one ends as ``extended``; the new one carries its explanation on. Raises InvalidInput when the rule
    allows no extension or no legal basis is named, Refused.
    """
    at = at or timezone.now()
    access.require_on_case(actor, "clock.extend", clock.case, at=at)
    if clock.ended_at is not None:
        raise InvalidInput({"": _("This period has ended already.")})
    if not legal_basis.strip():
        raise InvalidInput({"legal_basis": _("Name the law or the decision that the extension rests on.")})
    if _due(clock.code, clock.started_on, None).extendable is False:
        raise InvalidInput({"length": _("The rule of this period allows no extension.")})
    calendar = get_jurisdiction(settings.FENER_JURISDICTION).calendar
    end, steps = calendar.add(timezone.localtime(clock.due_on), Length.of(dict(length)))
    told = (
        Step(norms_clocks.EXTENDED),
        *steps,
        Step(LEGAL_BASIS, {"basis": legal_basis.strip()}),
        Step(norms_clocks.ENDS, {"end": end}),
    )
    finish(actor=actor, clocks=[clock], reason="extended", at=at)
    longer = Clock.objects.get(pk=clock.pk)
    longer.pk, longer._state.adding = None, True
    longer.id = Clock._meta.pk.get_default()
    longer.due_on, longer.ended_at, longer.end_reason = _moment(end), None, ""
    longer.why = [*clock.why, *([step.text, plain(step.params)] for step in told)]
    longer.started_by_id = actor.user_id
    longer.save(force_insert=True)
    _keep(actor, "clock.extend", longer, {"extends": clock.pk, "due": longer.due_on})
    refresh_next_due(clock.case)
    return longer


@node_level(reason="the clocks of a case, whoever acts on it")
def ensure_recovery(*, actor: Actor, case: Case, at: datetime) -> Clock | None:
    """Start the recovery and reflection period unless the person had one.

    For presumed already, with no condition (RP-01).
    """
    if Clock.objects.filter(case=case, code=RECOVERY).exists():
        return None
    return begin(actor=actor, case=case, code=RECOVERY, at=at)


@node_level(reason="the clocks of a case, whoever acts on it")
def ensure_guardian(*, actor: Actor, case: Case, at: datetime) -> Clock | None:
    """Start the alarm for a guardian from the first suspicion that a child is concerned, once."""
    if not case.treated_as_child or Clock.objects.filter(case=case, code=GUARDIAN, ended_at__isnull=True).exists():
        return None
    return begin(actor=actor, case=case, code=GUARDIAN, at=at)


def running(case: Case, code: str) -> QuerySet[Clock]:
    """The clocks of that code that have not ended."""
    return Clock.objects.filter(case=case, code=code, ended_at__isnull=True)


@node_level(reason="the clocks of a case, whoever acts on it")
def end_run_out(*, actor: Actor, at: datetime, most: int | None = None) -> int:
    """End the periods that block a removal and whose last day has passed; how many. A job: it needs no key.

    Everything else that is late stays open, so that somebody answers for it. ``most``: no more than that at once, the
    longest over first, for a page that somebody waits for; whether a period runs is asked of its days, not of this.
    """
    late = Clock.objects.filter(ended_at__isnull=True, blocks_removal=True, due_on__lt=at).select_related("case")
    late = late.order_by("due_on", "pk")[:most]
    for clock in late:
        with transaction.atomic():
            end_clock(actor=actor, clock=clock, reason="ran_out", at=at)
    return len(late)


@node_level(reason="the clocks of a case, whoever acts on it")
def refresh_next_due(case: Case) -> datetime | None:
    """Store the earliest thing that a case waits for, for lists to sort by: an open clock, an unanswered referral, a
    line of a chapter that is due.
    """
    clock = Clock.objects.filter(case=case, ended_at__isnull=True).aggregate(first=Min("due_on"))["first"]
    answer = (
        Referral.objects.unscoped(reason="the next date of one case")
        .filter(case=case, state=Referral.State.OFFERED)
        .aggregate(first=Min("answer_due"))["first"]
    )
    line = CaseLine.objects.filter(case=case, due__isnull=False).aggregate(first=Min("due"))["first"]
    found = [moment for moment in (clock, answer, line) if moment is not None]
    case.next_due = min(found) if found and case.state not in _CLOSED else None
    Case.objects.unscoped(reason="the next date of one case").filter(pk=case.pk).update(next_due=case.next_due)
    return case.next_due


_CLOSED = frozenset({Case.State.CLOSED, Case.State.CLOSED_REFERRED})


def _due(code: str, at: datetime, facts: Mapping[str, Any] | None) -> norms_clocks.Due:
    """Counted in days from the day (it ends with its last day), in hours from the moment."""
    local = timezone.localtime(at)
    try:
        return norms_clocks.due(code, jurisdiction=settings.FENER_JURISDICTION, start=local.date(), facts=facts)
    except ValueError:
        return norms_clocks.due(code, jurisdiction=settings.FENER_JURISDICTION, start=local, facts=facts)


def _moment(end: date | datetime) -> datetime:
    if isinstance(end, datetime):
        return end
    return timezone.make_aware(datetime.combine(end, time(23, 59, 59)))


def _keep(actor: Actor, act: str, clock: Clock, detail: Mapping[str, Any]) -> None:
    audit.record(
        actor=actor,
        act=act,
        chain=("case", clock.case_id),
        subject_type="clock",
        subject_id=clock.pk,
        detail={"code": clock.code, **detail},
    )
