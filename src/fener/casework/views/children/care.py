"""Marks, the checklist, what parents owe, and dependants."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.casework.forms.children import care as forms
from fener.casework.forms.children.guardians import DayForm
from fener.casework.selectors.children import care as selectors
from fener.casework.services.children import care, dependants
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def marks(request: StaffRequest, code: str) -> HttpResponse:
    """How the child was met, and its marks."""
    case = case_for(request, code, "child_marks.record")
    return enter(
        request,
        case,
        care.MARKS,
        lambda data: care.mark_child(
            actor=request.actor,
            case=case,
            marks=tuple(data["marks"]),
            met_at=data["met_at"] or timezone.now(),
            alone=data["alone"],
            without_parents=data["without_parents"],
        ),
        form=forms.MarksForm,
        act="child_marks.record",
        title=_("How was the child met?"),
        lead=_("Unaccompanied, separated and trafficked are three different things."),
    )


@staff
def checked(request: StaffRequest, code: str) -> HttpResponse:
    """What the child needs where it will live."""
    case = case_for(request, code, "child_checklist.record")
    return enter(
        request,
        case,
        care.CHECKLIST,
        lambda data: care.check_needs(
            actor=request.actor,
            case=case,
            on=data["on"],
            answers={key.removeprefix(forms.ITEM): data[key] for key in data if key.startswith(forms.ITEM)},
        ),
        form=forms.ChecklistForm,
        act="child_checklist.record",
        title=_("What does the child have where it will live?"),
        lead=_("For a return and for a stay alike."),
    )


@staff
def parents(request: StaffRequest, code: str) -> HttpResponse:
    """What was gone through with the parents."""
    case = case_for(request, code, "parents_plan.record")
    return enter(
        request,
        case,
        care.PARENTS,
        lambda data: care.agree_with_parents(
            actor=request.actor,
            case=case,
            duties=tuple(data["duties"]),
            poverty=data["poverty"] == "yes",
            on=data["on"],
            review_on=data["review_on"],
            words=data["words"],
        ),
        form=forms.ParentsForm,
        act="parents_plan.record",
        title=_("What do the parents do for the child?"),
        lead=_("Their duty to protect goes on, also while the child lives elsewhere."),
        part=Compartment.LEGAL,
    )


@staff
def parents_reviewed(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """It was gone through again."""
    case = case_for(request, code, "parents_plan.review")
    row = selectors.parents_plan_of(case, pk, "parents_plan.review")
    return enter(
        request,
        case,
        care.PARENTS,
        lambda data: care.review_parents(actor=request.actor, plan=row, on=data["on"]),
        form=DayForm,
        act="parents_plan.review",
        about=row.pk,
        title=_("Did you go through it with the parents again?"),
    )


@staff
def dependant(request: StaffRequest, code: str) -> HttpResponse:
    """Somebody who depends on the person."""
    case = case_for(request, code, "dependant.record")
    return enter(
        request,
        case,
        dependants.RECORD,
        lambda data: dependants.add_dependant(
            actor=request.actor,
            case=case,
            terms=dependants.DependantTerms(
                kind=data["kind"],
                under_18=data["under_18"] == "yes",
                papers=data["papers"],
                since=data["since"],
                who=data["who"],
                needs=data["needs"],
            ),
        ),
        form=forms.DependantForm,
        act="dependant.record",
        title=_("Who depends on the person?"),
        lead=_("They are persons of their own, with needs, papers and a plan. Whoever was trafficked has an own case."),
        part=Compartment.IDENTITY,
    )


@staff
def dependant_plan(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The plan of their own."""
    case = case_for(request, code, "dependant.plan")
    row = selectors.dependant_of(case, pk, "dependant.plan")
    return enter(
        request,
        case,
        dependants.RECORD,
        lambda data: dependants.plan_for(
            actor=request.actor,
            dependant=row,
            papers=data["papers"],
            review_on=data["review_on"],
            words=data["words"],
            on=timezone.localdate(),
        ),
        form=forms.DependantPlanForm,
        act="dependant.plan",
        about=row.pk,
        title=_("What is the plan for this person?"),
    )


@staff
def dependant_end(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """They depend on the person no longer."""
    case = case_for(request, code, "dependant.end")
    row = selectors.dependant_of(case, pk, "dependant.end")
    return enter(
        request,
        case,
        dependants.RECORD,
        lambda data: dependants.end_dependence(actor=request.actor, dependant=row, on=data["on"]),
        form=DayForm,
        act="dependant.end",
        about=row.pk,
        title=_("Do they depend on the person no longer?"),
    )
