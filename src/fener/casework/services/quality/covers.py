"""Somebody stands in for a worker who is away, until a day; then the access ends by itself (rule QM-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case, CaseAssignment
from fener.casework.models.quality.work import LeaveCover, LeaveCoverCase
from fener.casework.selectors.colleagues import colleagues
from fener.casework.services import cases
from fener.casework.services.children.common import CHOOSE, Errors, raise_any
from fener.casework.services.quality.supervision import keep_of_body, require_body
from fener.trust import audit
from fener.trust.actor import SYSTEM, Actor
from fener.trust.errors import AlreadyDone, Refused
from fener.trust.models import User
from fener.trust.standing import node_level

LONGEST = 366  # days


@dataclass(frozen=True)
class Begun:
    """The cover, with how many cases it gives, and how many not (hidden, shut out): these need their own word."""

    leave: LeaveCover
    given: int
    left: int


@transaction.atomic
def begin_cover(*, actor: Actor, worker: User, cover: User, until: date) -> Begun:
    """From today until a day ``cover`` carries the open cases of ``worker`` as well, as far as ``actor`` may give them.

    Raises Refused, InvalidInput.
    """
    require_body(actor, "leave_cover.begin")
    today = timezone.localdate()
    errors: Errors = {}
    able = set(colleagues(actor, today).filter(pk__in=[worker.pk, cover.pk]).values_list("pk", flat=True))
    if worker.pk not in able:
        errors["worker"] = CHOOSE
    if cover.pk not in able:
        errors["cover"] = CHOOSE
    if worker.pk == cover.pk:
        errors["cover"] = _("Choose somebody else than the one who is away.")
    if not today <= until or (until - today).days > LONGEST:
        errors["until"] = _("Choose a day from today on, within a year.")
    User.objects.select_for_update().get(pk=worker.pk)  # two who write it at once: the second sees the first
    if LeaveCover.objects.filter(worker=worker, ended_on__isnull=True, until__gte=today).exists():
        errors[""] = _("Somebody stands in already. End that first.")
    raise_any(errors)
    leave = LeaveCover.objects.create(
        organisation_id=actor.keeper_id,
        worker=worker,
        cover=cover,
        since=today,
        until=until,
        recorded_by_id=access.user_id(actor),
    )
    given, left = _give(actor, leave)
    detail = {"worker": worker.pk, "cover": cover.pk, "until": until, "given": given, "left": left}
    keep_of_body(actor, "leave_cover.begin", leave.pk, detail)
    return Begun(leave, given, left)


@transaction.atomic
def end_cover(*, actor: Actor, leave: LeaveCover) -> LeaveCover:
    """The worker is back: what was given for the cover is taken back. Raises Refused, AlreadyDone."""
    require_body(actor, "leave_cover.end")
    if leave.organisation_id != actor.keeper_id:
        raise Refused(act="leave_cover.end")
    current = LeaveCover.objects.select_for_update(of=("self",)).get(pk=leave.pk)
    if current.ended_on is not None:
        raise AlreadyDone(str(current.pk), _("This cover has ended already."))
    taken = _end(actor, current, timezone.now())
    keep_of_body(actor, "leave_cover.end", current.pk, {"taken": taken})
    return current


@node_level(reason="a cover that has run out ends, whoever carries the cases")
def end_run_out(at: datetime) -> int:
    """End every cover whose last day has passed. The number of them."""
    rows = LeaveCover.objects.filter(ended_on__isnull=True, until__lt=timezone.localdate(at))
    count = 0
    for pk in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            row = LeaveCover.objects.select_for_update(of=("self",)).get(pk=pk)
            if row.ended_on is None:
                _end(SYSTEM, row, at)
                count += 1
    return count


def _give(actor: Actor, leave: LeaveCover) -> tuple[int, int]:
    """Cases given and not given. What ``actor`` does not see, or who stands in may not know, is left out."""
    carried = CaseAssignment.objects.filter(user=leave.worker, until__isnull=True, case__closed_on__isnull=True)
    with node_level(reason="how many cases somebody carries, to say how many the cover leaves out"):
        every = set(carried.values_list("case_id", flat=True))
    shown: list[Case] = list(Case.objects.for_actor(actor).filter(pk__in=every, protected=False).order_by("pk"))
    given = 0
    for case in shown:
        may = access.allowed(actor, "case.assign", access.relationships(actor, case)) is not None
        if not may or not access.may_be_chosen(case, user_id=leave.cover_id):
            continue
        if already := CaseAssignment.objects.filter(case=case, user=leave.cover, until__isnull=True).first():
            # Carries it anyway: nothing to take back, or it is taken back with the longer of two covers.
            LeaveCoverCase.objects.filter(assignment=already, leave__until__lt=leave.until).update(leave=leave)
            given += 1
            continue
        assignment = cases.assign(actor=actor, case=case, user=leave.cover)
        LeaveCoverCase.objects.create(leave=leave, assignment=assignment)
        given += 1
    return given, len(every) - given


@node_level(reason="what was given for a cover is taken back, whoever sees the cases now")
def _end(actor: Actor, leave: LeaveCover, at: datetime) -> int:
    leave.ended_on = min(timezone.localdate(at), leave.until)
    leave.save(update_fields=["ended_on"])
    taken = 0
    for one in leave.cases.select_related("assignment").order_by("pk"):
        if other := _also_needs(one, timezone.localdate(at)):
            one.leave = other
            one.save(update_fields=["leave"])
        elif CaseAssignment.objects.filter(pk=one.assignment_id, until__isnull=True).update(until=at):
            taken += 1
            audit.record(
                actor=actor,
                act="case.assign",
                chain=("case", one.assignment.case_id),
                subject_type="case",
                subject_id=one.assignment.case_id,
                detail={"user": leave.cover_id, "until": at},
            )
    return taken


def _also_needs(one: LeaveCoverCase, today: date) -> LeaveCover | None:
    """The cover that goes on longest, by the same person, for somebody else who carries the same case."""
    carriers = CaseAssignment.objects.filter(case_id=one.assignment.case_id, until__isnull=True)
    running = LeaveCover.objects.filter(
        organisation_id=one.leave.organisation_id, cover_id=one.leave.cover_id, ended_on__isnull=True, until__gte=today
    ).exclude(pk=one.leave_id)
    return running.filter(worker__in=carriers.values("user")).order_by("-until", "pk").first()
