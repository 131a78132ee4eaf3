"""The reintegration plan: a version, the person's decision, something on a line, its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.children.guardians import DayForm
from fener.casework.forms.reintegration import plan as forms
from fener.casework.selectors.reintegration import plan as selectors
from fener.casework.services.reintegration import plan as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """A version: a proposal until the person agrees."""
    case = case_for(request, code, "reintegration_plan.draw_up")

    def do(data: Mapping[str, Any]) -> object:
        starts = {name: data[name] for name in ("condition", "family", "education", "skills", "wishes")}
        return services.draw_up(actor=request.actor, case=case, starts=starts, therapy=data["therapy"], on=data["on"])

    return enter(
        request,
        case,
        services.RECORD,
        do,
        form=forms.PlanForm,
        act="reintegration_plan.draw_up",
        title=_("Where does the plan start from?"),
        lead=_("It is a proposal until the person agrees. The version agreed before stays in force until then."),
    )


@staff
def agree(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The person's decision on a version."""
    case = case_for(request, code, "reintegration_plan.agree")
    row = selectors.plan_of(case, pk, "reintegration_plan.agree")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.decide(
            actor=request.actor,
            plan=row,
            agreed=data["agreed"] == "yes",
            on=data["on"],
        ),
        form=forms.DecisionForm,
        act="reintegration_plan.agree",
        about=row.pk,
        title=_("Does the person agree to the plan?"),
        lead=_("For a child the guardian agrees, and the child is heard. A no ends no help."),
    )


@staff
def entry(request: StaffRequest, code: str) -> HttpResponse:
    """Something on a line of the plan."""
    case = case_for(request, code, "reintegration_entry.record")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.record_entry(actor=request.actor, case=case, terms=services.EntryTerms(**data)),
        form=forms.EntryForm,
        act="reintegration_entry.record",
        title=_("What is done on the plan?"),
        lead=_("Counselling, an enrolment, progress, an evaluation, a milestone or a setback: one at a time."),
    )


@staff
def done(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """A milestone was reached, or something ended."""
    case = case_for(request, code, "reintegration_entry.finish")
    row = selectors.entry_of(case, pk, "reintegration_entry.finish")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.finish_entry(actor=request.actor, entry=row, on=data["on"]),
        form=DayForm,
        act="reintegration_entry.finish",
        about=row.pk,
        title=_("On which day was it reached, or did it end?"),
    )
