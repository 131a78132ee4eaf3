"""Marks of a child, its checklist, and what its parents owe it (rules CH-14, CH-17, CH-20)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.children.care import ChildChecklist, ChildMarks, ParentsPlan
from fener.casework.models.children.guardianship import Guardianship
from fener.casework.services import clocks, lines
from fener.casework.services.children.common import (
    CHOOSE,
    NOT_YET,
    Errors,
    carry_out_on,
    check_code,
    check_day,
    keep,
    raise_any,
    require_child,
)
from fener.casework.services.children.guardians import MET_ALONE
from fener.casework.services.notes import seal_words
from fener.norms.path.checklists import Gaps, checklist, gaps
from fener.norms.path.children import missing_marks
from fener.norms.vocab import vocabulary
from fener.norms.why import Met
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment

MARKS, CHECKLIST, PARENTS = "children.marks", "children.checklists", "children.parents"
LIST = "child_return_or_stay"
ANSWERS: Mapping[str, Met] = {"yes": True, "no": False, "unknown": None}


@transaction.atomic
def mark_child(
    *, actor: Actor, case: Case, marks: tuple[str, ...], met_at: datetime, alone: str, without_parents: str
) -> ChildMarks:
    """Mark a child. One that was met alone, or may have been, and for whom nobody answers has to be acted on
    within hours (a clock), whatever is known of trafficking. Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "child_marks.record", case)
    require_child(case)
    errors: Errors = {}
    for code in marks:
        check_code(errors, "marks", code, "child_mark")
    if met_at > timezone.now():
        errors["met_at"] = NOT_YET
    for name, answer in (("alone", alone), ("without_parents", without_parents)):
        if answer not in ANSWERS:
            errors[name] = CHOOSE
    raise_any(errors)
    row = ChildMarks.objects.filter(case=case).first() or ChildMarks(case=case)
    row.marks, row.met_at, row.alone, row.without_parents = sorted(set(marks)), met_at, alone, without_parents
    row.recorded_by_id = access.user_id(actor)
    row.save()
    answered = Guardianship.objects.filter(case=case, ended_on__isnull=True).exists()
    running = clocks.running(case, MET_ALONE)
    if alone == "no":
        clocks.finish(actor=actor, clocks=running, reason="not_needed", at=timezone.now())
    elif not answered and not running.exists():
        clocks.begin(actor=actor, case=case, code=MET_ALONE, at=met_at)
    lines.refresh(case, MARKS)
    keep(actor, "child_marks.record", case, row.pk, "child_marks", marks=row.marks, alone=alone)
    return row


def lacking(row: ChildMarks) -> tuple[str, ...]:
    """Marks that the answers ask for and the row has not: unaccompanied and separated are no words for each other."""
    return missing_marks(row.marks, alone=ANSWERS[row.alone], without_parents=ANSWERS[row.without_parents])


@transaction.atomic
def check_needs(*, actor: Actor, case: Case, answers: Mapping[str, str], on: date) -> ChildChecklist:
    """Each thing that the child needs where it will live: given, missing or declined. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "child_checklist.record", case)
    require_child(case)
    errors: Errors = {}
    check_day(errors, "on", on)
    states = vocabulary(checklist(LIST).states)
    for item in checklist(LIST).items:
        if answers.get(item.code) not in states:
            errors[f"item_{item.code}"] = CHOOSE
    raise_any(errors)
    kept = {item.code: answers[item.code] for item in checklist(LIST).items}
    made = ChildChecklist.objects.create(case=case, on=on, answers=kept, recorded_by_id=access.user_id(actor))
    lines.refresh(case, CHECKLIST)
    keep(actor, "child_checklist.record", case, made.pk, "child_checklist", open=list(open_items(made).open))
    return made


def open_items(row: ChildChecklist) -> Gaps:
    """What is still missing."""
    return gaps(LIST, row.answers)


@transaction.atomic
def agree_with_parents(
    *, actor: Actor, case: Case, duties: tuple[str, ...], poverty: bool, on: date, review_on: date, words: str
) -> ParentsPlan:
    """What the parents owe the child and how they stay involved; where poverty drives the risk, how the family will
    live (in words, sealed). Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "parents_plan.record", case)
    require_child(case)
    errors: Errors = {}
    check_day(errors, "on", on)
    if not duties:
        errors["duties"] = _("Choose what was gone through with the parents.")
    for code in duties:
        check_code(errors, "duties", code, "parents_duty")
    if poverty and not words.strip():
        errors["words"] = _("Where poverty drives the risk: write how the family will have an income.")
    if review_on <= on:
        errors["review_on"] = _("Choose a later day.")
    raise_any(errors)
    ParentsPlan.objects.filter(case=case, reviewed_on__isnull=True).update(reviewed_on=on)
    made = ParentsPlan(
        case=case,
        on=on,
        duties=sorted(set(duties)),
        poverty=poverty,
        review_on=review_on,
        recorded_by_id=access.user_id(actor),
    )
    made.words = seal_words(
        actor=actor,
        case=case,
        slot=f"parents_plan:{made.pk}",
        words=words,
        also_for=[actor.keeper_id],
        compartment=Compartment.LEGAL,
    )
    made.save(force_insert=True)
    lines.refresh(case, PARENTS)
    keep(actor, "parents_plan.record", case, made.pk, "parents_plan", duties=made.duties, poverty=poverty)
    return made


@transaction.atomic
def review_parents(*, actor: Actor, plan: ParentsPlan, on: date) -> ParentsPlan:
    """The plan was gone through again with the parents. Raises Refused, InvalidInput, AlreadyDone."""
    access.require_on_case(actor, "parents_plan.review", plan.case)
    current = ParentsPlan.objects.get(pk=plan.pk)
    carry_out_on(current, "reviewed_on", on, not_before=current.on)
    lines.refresh(plan.case, PARENTS)
    keep(actor, "parents_plan.review", plan.case, current.pk, "parents_plan", on=on)
    return current
