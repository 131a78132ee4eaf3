"""The reintegration plan and what is done on its lines (rules RI-01, RI-02)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.children.decision import About, ChildView
from fener.casework.models.reintegration.plan import ReintegrationEntry, ReintegrationPlan, ReintegrationStart
from fener.casework.services import lines
from fener.casework.services.children.common import (
    Errors,
    carry_out_on,
    check_code,
    check_day,
    keep,
    raise_any,
)
from fener.casework.services.children.standing import guardian_answers
from fener.casework.services.gated import require_open
from fener.casework.services.notes import seal_words
from fener.norms.path.flags import Flag
from fener.norms.path.work import economic_flags
from fener.norms.vocab import vocabulary
from fener.norms.why import Met
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput
from fener.trust.models import SealedItem

RECORD = "reintegration.plan"
BESIDE = "reintegration.participation"  # held against the plan and its counselling
ENROLMENT, COUNSELLING, MILESTONE, SETBACK = "enrolment", "counselling", "milestone", "setback"
HEARD_ON = (About.SOLUTION, About.OTHER)
RUNS = frozenset({ENROLMENT, COUNSELLING})  # begin and end
THERAPY: Mapping[str, Met] = {"yes": True, "no": False, "unknown": None}


@dataclass(frozen=True, kw_only=True)
class EntryTerms:
    """One thing on a line. ``due_on``: of a milestone; ``therapy``: of counselling; ``reason``: of a setback."""

    line: str
    kind: str
    on: date
    due_on: date | None = None
    therapy: bool = False
    reason: str = ""
    words: str = ""


@transaction.atomic
def draw_up(*, actor: Actor, case: Case, starts: Mapping[str, str], therapy: str, on: date) -> ReintegrationPlan:
    """A version, as a proposal to the person. ``starts``: what it starts from, words for every code of ``plan_basis``.

    The version agreed before stays in force until this one is agreed. Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "reintegration_plan.draw_up", case)
    latest = ReintegrationPlan.objects.filter(case=case).aggregate(number=Max("number"), on=Max("drawn_up_on"))
    errors: Errors = {}
    for basis in vocabulary("plan_basis").codes(deprecated=False):
        if not starts.get(basis, "").strip():
            errors[basis] = _("Write it down, or that the person does not want to say.")
    if therapy not in ReintegrationPlan.Therapy.values:
        errors["therapy"] = _("Choose one of the list.")
    check_day(errors, "on", on, not_before=latest["on"])
    raise_any(errors)
    made = ReintegrationPlan.objects.create(
        case=case,
        number=(latest["number"] or 0) + 1,
        drawn_up_on=on,
        therapy=therapy,
        recorded_by_id=access.user_id(actor),
    )
    for basis in vocabulary("plan_basis").codes(deprecated=False):
        sealed = _seal(actor, case, f"reintegration_start:{made.pk}:{basis}", starts[basis])
        ReintegrationStart.objects.create(plan=made, basis=basis, words=sealed)
    _kept(actor, "reintegration_plan.draw_up", case, made.pk, number=made.number, therapy=therapy)
    return made


@transaction.atomic
def decide(*, actor: Actor, plan: ReintegrationPlan, agreed: bool, on: date) -> ReintegrationPlan:
    """The person's own yes or no to a version; gate ``start_plan``. For a child a guardian says yes who answers for it
    on that day, and the child's own view on this version stands under Children.

    Raises Refused, GateClosed, AlreadyDone, InvalidInput.
    """
    case = plan.case
    access.require_on_case(actor, "reintegration_plan.agree", case)
    current = ReintegrationPlan.objects.get(pk=plan.pk)
    if current.agreed is not None:
        raise AlreadyDone(str(current.pk))
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.drawn_up_on)
    if ReintegrationPlan.objects.filter(case=case, number__gt=current.number).exists():
        errors[""] = _("There is a newer version. The person decides on that one.")
    raise_any(errors)
    if agreed:
        child = case.treated_as_child
        heard = child and _is_heard(current, on)
        if child and not heard:
            raise InvalidInput({"": _("Record the child's own view on this question first.")})
        facts = {
            "person_agreed": not child,
            "guardian_agreed": child and guardian_answers(case, on),
            "child_heard": heard,
            "individual_assessment": case.needs.filter(stated_by_person=True, recorded_on__lte=on).exists(),
        }
        require_open("start_plan", facts, actor=actor, case=case)
    current.agreed, current.agreed_on, current.by_guardian = agreed, on, case.treated_as_child
    current.save(update_fields=["agreed", "agreed_on", "by_guardian"])
    _kept(actor, "reintegration_plan.agree", case, current.pk, agreed=agreed, on=on)
    return current


@transaction.atomic
def record_entry(*, actor: Actor, case: Case, terms: EntryTerms) -> ReintegrationEntry:
    """Something on a line of the plan that the person agreed to. What stands out is kept in the audit and shown.

    Raises Refused, InvalidInput (no plan was in force on that day).
    """
    access.require_on_case(actor, "reintegration_entry.record", case)
    plan = in_force(case, terms.on)
    if plan is None:
        raise InvalidInput({"on": _("The person had agreed to no plan on that day.")})
    _check(terms)
    made = ReintegrationEntry(
        case=case,
        plan=plan,
        line=terms.line,
        kind=terms.kind,
        therapy=terms.therapy,
        reason=terms.reason,
        on=terms.on,
        due_on=terms.due_on,
        recorded_by_id=access.user_id(actor),
    )
    made.words = _seal(actor, case, f"reintegration_entry:{made.pk}", terms.words)
    made.save(force_insert=True)
    found = [flag.code for flag in flags_of(made, plan, list(ReintegrationEntry.objects.filter(case=case)))]
    _kept(
        actor, "reintegration_entry.record", case, made.pk,
        line=made.line, kind=made.kind, on=made.on, flags=found,
    )  # fmt: skip
    return made


@transaction.atomic
def finish_entry(*, actor: Actor, entry: ReintegrationEntry, on: date) -> ReintegrationEntry:
    """A milestone was reached; counselling or an enrolment ended. Raises Refused, InvalidInput, AlreadyDone."""
    access.require_on_case(actor, "reintegration_entry.finish", entry.case)
    current = ReintegrationEntry.objects.get(pk=entry.pk)
    if not ends(current):
        raise InvalidInput({"": _("This has no end of its own.")})
    carry_out_on(current, "done_on", on, not_before=current.on)
    _kept(actor, "reintegration_entry.finish", entry.case, current.pk, line=current.line, kind=current.kind, on=on)
    return current


def ends(entry: ReintegrationEntry) -> bool:
    """Whether it is something that is reached or that ends."""
    return entry.kind in RUNS or entry.kind == MILESTONE


def _is_heard(plan: ReintegrationPlan, day: date) -> bool:
    """Whether the child was heard on what lasts, or on something else, since this version was drawn up."""
    views = ChildView.objects.filter(case_id=plan.case_id, about__in=HEARD_ON, heard=True)
    return views.filter(on__gte=plan.drawn_up_on, on__lte=day).exists()


def in_force(case: Case, on: date) -> ReintegrationPlan | None:
    """The newest version that the person had agreed to by that day."""
    agreed = ReintegrationPlan.objects.filter(case=case, agreed=True, agreed_on__lte=on)
    return agreed.order_by("-number").first()


def flags_of(
    entry: ReintegrationEntry, plan: ReintegrationPlan | None, entries: list[ReintegrationEntry]
) -> tuple[Flag, ...]:
    """What stands out in an economic measure that runs: therapy not begun, nobody beside the person (rule RI-02).

    ``plan``: in force now; ``entries``: all of the case. Begun by the day of the measure is begun before it.
    """
    if entry.kind != ENROLMENT or entry.done_on is not None:
        return ()
    counselling = [one for one in entries if one.kind == COUNSELLING and one.line == "psychological"]
    return economic_flags(
        line=entry.line,
        therapy_needed=THERAPY[plan.therapy] if plan else None,
        therapy_given=any(one.therapy and one.on <= entry.on for one in counselling),
        psychosocial_runs=any(one.done_on is None for one in counselling),
    )


def _check(terms: EntryTerms) -> None:
    errors: Errors = {}
    check_code(errors, "line", terms.line, "reintegration_line")
    check_code(errors, "kind", terms.kind, "reintegration_record")
    check_day(errors, "on", terms.on)
    if (terms.kind == MILESTONE) != (terms.due_on is not None):
        errors["due_on"] = _("A milestone has a day by which it is to be reached, and nothing else has one.")
    elif terms.due_on is not None and terms.due_on < terms.on:
        errors["due_on"] = _("This day lies before the beginning.")
    if terms.therapy and (terms.kind, terms.line) != (COUNSELLING, "psychological"):
        errors["therapy"] = _("Therapy is a stage of counselling on the psychological line.")
    if terms.kind == SETBACK:
        check_code(errors, "reason", terms.reason, "setback_reason")
    elif terms.reason:
        errors["reason"] = _("Only a setback has a reason.")
    raise_any(errors)


def _seal(actor: Actor, case: Case, slot: str, words: str) -> SealedItem | None:
    return seal_words(actor=actor, case=case, slot=slot, words=words, also_for=[actor.keeper_id])


def _kept(actor: Actor, act: str, case: Case, row: UUID, **detail: object) -> None:
    lines.refresh(case, RECORD, BESIDE)
    keep(actor, act, case, row, "reintegration", **detail)
