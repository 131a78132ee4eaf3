"""The child's view, a panel's decision, a durable solution and that it was carried out."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.children import decisions as forms
from fener.casework.forms.children.guardians import DayForm
from fener.casework.selectors.children.decisions import decision_of
from fener.casework.services.children import decisions as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def view_new(request: StaffRequest, code: str) -> HttpResponse:
    """What the child says, or why it could not be heard."""
    case = case_for(request, code, "child_view.record")
    return enter(
        request,
        case,
        services.VIEWS,
        lambda data: services.record_view(
            actor=request.actor,
            case=case,
            about=data["about"],
            heard=data["heard"] == "yes",
            on=data["on"],
            words=data["words"],
        ),
        form=forms.ViewForm,
        act="child_view.record",
        title=_("What does the child say?"),
        lead=_("Nothing is decided on a child without its own view on the question, or why it could not be heard."),
        part=Compartment.LEGAL,
    )


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """A decision of a panel."""
    case = case_for(request, code, "child_decision.record")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.record_decision(
            actor=request.actor,
            case=case,
            terms=services.DecisionTerms(
                about=data["about"],
                decided_on=data["decided_on"],
                panel=tuple(data["panel"]),
                words=data["words"],
            ),
        ),
        form=forms.DecisionForm,
        act="child_decision.record",
        title=_("What was decided for the child?"),
        lead=_("Record the child's own view on this question first."),
        part=Compartment.LEGAL,
    )


@staff
def solution(request: StaffRequest, code: str) -> HttpResponse:
    """The durable solution."""
    case = case_for(request, code, "child_decision.record")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.choose_solution(actor=request.actor, case=case, terms=forms.solution_of(data)),
        form=forms.SolutionForm,
        act="child_decision.record",
        about=uuid5(case.pk, "solution"),  # one act has two forms; each is left and found again by itself
        title=_("What lasts for the child?"),
        lead=_("A family comes before an institution where that is in the child's interests."),
        part=Compartment.LEGAL,
    )


@staff
def carried_out(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The durable solution is carried out."""
    case = case_for(request, code, "child_decision.carry_out")
    row = decision_of(case, pk, "child_decision.carry_out")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.carry_out(actor=request.actor, decision=row, on=data["on"]),
        form=DayForm,
        act="child_decision.carry_out",
        about=row.pk,
        title=_("Is the durable solution carried out?"),
        lead=_("Only then can a guardianship end before 18."),
    )
