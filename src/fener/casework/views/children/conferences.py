"""Case conferences on a child: the level of risk, who was there, measures and that they were carried out."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.children import conferences as forms
from fener.casework.forms.children.guardians import DayForm
from fener.casework.selectors.children import conferences as selectors
from fener.casework.services.children import conferences as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def call(request: StaffRequest, code: str) -> HttpResponse:
    """The child's level of risk, by which conferences are called."""
    case = case_for(request, code, "conference.call")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.call_conference(actor=request.actor, case=case, level=data["level"], on=data["on"]),
        form=forms.CallForm,
        act="conference.call",
        title=_("How high is the risk for the child?"),
        lead=_("At medium or high risk a case conference meets every month."),
    )


@staff
def held(request: StaffRequest, code: str) -> HttpResponse:
    """A conference took place."""
    case = case_for(request, code, "conference.record")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.hold_conference(
            actor=request.actor,
            case=case,
            terms=services.ConferenceTerms(
                held_on=data["held_on"],
                present=tuple(data["present"]),
                chair=data["chair"],
                level=data["level"],
                words=data["words"],
            ),
        ),
        form=forms.HeldForm,
        act="conference.record",
        title=_("Who met about the child?"),
        lead=_("Child protection chairs it, and health is there. Who was absent is shown."),
        part=Compartment.LEGAL,
    )


@staff
def measure(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """What the conference agreed."""
    case = case_for(request, code, "conference_measure.record")
    row = selectors.conference_of(case, pk, "conference_measure.record")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.agree_measure(
            actor=request.actor,
            conference=row,
            sector=data["sector"],
            due_on=data["due_on"],
            words=data["words"],
        ),
        form=forms.MeasureForm,
        act="conference_measure.record",
        about=row.pk,
        title=_("What is to be done for the child?"),
        lead=_("One measure at a time: who does it, and by when."),
        part=Compartment.LEGAL,
    )


@staff
def finished(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """A measure was carried out."""
    case = case_for(request, code, "conference_measure.finish")
    row = selectors.measure_of(case, pk, "conference_measure.finish")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.finish_measure(actor=request.actor, measure=row, on=data["on"]),
        form=DayForm,
        act="conference_measure.finish",
        about=row.pk,
        title=_("Is the measure carried out?"),
    )
