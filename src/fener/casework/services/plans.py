"""The assistance plan: an agreement with the person that rests on their needs, in versions (rules AS-03, CO-06)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.catalogue import check_kind
from fener.casework.models import Assessment, Case, Need, Plan, PlanItem
from fener.casework.services import own_decision
from fener.casework.services.notes import seal_words
from fener.network.models import Service
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput
from fener.trust.models import Consent

LONGEST_NOTE = 200


@dataclass(frozen=True)
class PlanLine:
    """One line: which need, by which kind of service, of whom. ``note`` is plain and names nobody."""

    need: Need
    kind: str
    service: Service | None = None
    note: str = ""


def draw_up_plan(*, actor: Actor, case: Case, goals: str, lines: Sequence[PlanLine], on: date | None = None) -> Plan:
    """Write down a plan. It is a proposal until the person agrees (``record_agreement``); nothing starts by it.

    Needs an individual assessment first: a need in the person's own view, and an assessment by anybody, whatever its
    opinion, so that no label is waited for. Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "plan.draw_up", case)
    _check_assessed(case)
    return _write_version(actor, case, goals, lines, on or timezone.localdate(), at_wish=False, act="plan.draw_up")


def change_plan(
    *,
    actor: Actor,
    case: Case,
    goals: str,
    lines: Sequence[PlanLine],
    at_persons_wish: bool = True,
    on: date | None = None,
) -> Plan:
    """A new version; the one agreed before stays in force until the person agrees to this one, and readable after.

    Raises Refused, InvalidInput (there is no plan yet).
    """
    access.require_on_case(actor, "plan.change", case)
    if not case.plans.exists():
        raise InvalidInput({"": _("There is no plan yet. Draw one up with the person first.")})
    return _write_version(
        actor, case, goals, lines, on or timezone.localdate(), at_wish=at_persons_wish, act="plan.change"
    )


@transaction.atomic
def record_agreement(
    *,
    actor: Actor,
    plan: Plan,
    agreed: bool,
    given_by: str = Consent.Giver.PERSON,
    child_heard: bool = False,
    on: date | None = None,
) -> Plan:
    """The person's own decision on this version: yes or no, on a date. A no changes nothing else.

    For a child the guardian agrees and the child is heard. Raises Refused, GateClosed (rule CO-06), AlreadyDone (a
    decision is not overwritten: a change of mind is a new version, or leaving).
    """
    access.require_on_case(actor, "plan.agree", plan.case)
    day = _not_in_future(on, not_before=plan.drawn_up_on)
    if agreed:
        facts = {"individual_assessment": _is_assessed(plan.case)}
        own_decision.require(
            "start_plan",
            plan.case,
            actor=actor,
            about=plan.pk,
            day=day,
            given_by=given_by,
            child_heard=child_heard,
            facts=facts,
        )
    if not Plan.objects.filter(pk=plan.pk, agreed__isnull=True).update(agreed=agreed, agreed_on=day):
        raise AlreadyDone(str(plan.pk))
    plan.agreed, plan.agreed_on = agreed, day
    _keep(actor, "plan.agree", plan, {"agreed": agreed, "on": day, "by": given_by})
    return plan


@transaction.atomic
def leave_plan(*, actor: Actor, plan: Plan, on: date | None = None) -> Plan:
    """The person leaves the plan. Every service goes on as it is until the person leaves that one (rule CO-06).

    Raises Refused, InvalidInput (never agreed to), AlreadyDone.
    """
    access.require_on_case(actor, "plan.leave", plan.case)
    if not plan.agreed or plan.agreed_on is None:
        raise InvalidInput({"": _("The person has not agreed to this plan, so there is nothing to leave.")})
    day = _not_in_future(on, not_before=plan.agreed_on)
    if not Plan.objects.filter(pk=plan.pk, left_on__isnull=True).update(left_on=day):
        raise AlreadyDone(str(plan.pk))
    plan.left_on = day
    _keep(actor, "plan.leave", plan, {"on": day})
    return plan


def plan_in_force(case: Case) -> Plan | None:
    """The newest version that the person agreed to, unless they left it."""
    newest = case.plans.filter(agreed=True).order_by("-number").first()
    return newest if newest is not None and newest.left_on is None else None


@transaction.atomic
def _write_version(
    actor: Actor, case: Case, goals: str, lines: Sequence[PlanLine], day: date, *, at_wish: bool, act: str
) -> Plan:
    _check_lines(case, lines)
    # The case's row is the lock: two versions that are written at once get different numbers.
    Case.objects.unscoped(reason="the case in hand, locked").select_for_update().get(pk=case.pk)
    last = case.plans.aggregate(last=Max("number"))["last"] or 0
    plan = Plan(
        case=case,
        number=last + 1,
        drawn_up_on=day,
        drawn_up_by_id=access.user_id(actor),
        changed_at_persons_wish=at_wish,
    )
    plan.goals = seal_words(actor=actor, case=case, slot=f"plan:{plan.pk}", words=goals)
    plan.save(force_insert=True)
    PlanItem.objects.bulk_create(
        PlanItem(plan=plan, need=line.need, kind=line.kind, service=line.service, note=line.note.strip())
        for line in lines
    )
    _keep(actor, act, plan, {"number": plan.number, "lines": len(lines), "at_persons_wish": at_wish})
    return plan


def _is_assessed(case: Case) -> bool:
    return (
        Need.objects.filter(case=case, stated_by_person=True).exists()
        and Assessment.objects.filter(case=case, by_person=False).exists()
    )


def _check_assessed(case: Case) -> None:
    if not Need.objects.filter(case=case, stated_by_person=True).exists():
        raise InvalidInput({"": _("Ask the person first: a plan rests on needs in their own words.")})
    if not Assessment.objects.filter(case=case, by_person=False).exists():
        raise InvalidInput(
            {"": _("Record an assessment first, whatever it finds. Services can be offered now, without a plan.")}
        )


def _check_lines(case: Case, lines: Sequence[PlanLine]) -> None:
    if not lines:
        raise InvalidInput({"lines": _("A plan needs at least one line.")})
    for line in lines:
        check_kind(line.kind)
        if line.need.case_id != case.pk:
            raise InvalidInput({"lines": _("Each line answers a need of this person.")})
        if line.service is not None and line.service.kind != line.kind:
            raise InvalidInput({"lines": _("The service chosen is of another kind than the line.")})
        if len(line.note.strip()) > LONGEST_NOTE:
            raise InvalidInput({"lines": _("The note is too long: 200 characters at most.")})


def _not_in_future(on: date | None, *, not_before: date) -> date:
    today = timezone.localdate()
    day = on or today
    if day > today:
        raise InvalidInput({"on": _("Choose today or an earlier day.")})
    if day < not_before:
        raise InvalidInput({"on": _("This day is before the plan was there.")})
    return day


def _keep(actor: Actor, act: str, plan: Plan, detail: dict[str, object]) -> None:
    audit.record(
        actor=actor,
        act=act,
        chain=("case", plan.case_id),
        subject_type="plan",
        subject_id=plan.pk,
        detail=detail,
    )
