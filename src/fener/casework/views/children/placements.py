"""Where a child lives, who handed it over, and how it leaves care."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.children import placements as forms
from fener.casework.forms.children.guardians import DayForm
from fener.casework.selectors.children import placements as selectors
from fener.casework.services.children import leaving, placements
from fener.casework.views.children.common import enter, with_people
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """A place for the child."""
    case = case_for(request, code, "child_placement.record")
    return enter(
        request,
        case,
        placements.RECORD,
        lambda data: placements.place_child(actor=request.actor, case=case, terms=forms.terms_of(data)),
        form=with_people(request, forms.PlacementForm),
        act="child_placement.record",
        title=_("Where does the child live?"),
        lead=_("Never in detention, with offenders or without quarters for children. Never an address."),
    )


@staff
def hand_over(request: StaffRequest, code: str) -> HttpResponse:
    """Who handed the child over."""
    case = case_for(request, code, "child_hand_over.record")
    return enter(
        request,
        case,
        placements.RECORD,
        lambda data: placements.record_hand_over(
            actor=request.actor, case=case, by=data["by"], to=data["to"], on=data["on"]
        ),
        form=forms.HandOverForm,
        act="child_hand_over.record",
        title=_("Who handed the child over?"),
        lead=_("Write it down as it happened. Without child protection it is an alarm for you and the co-ordinator."),
    )


@staff
def looked_at(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Child protection has looked at the child."""
    case = case_for(request, code, "child_hand_over.answer")
    row = selectors.hand_over_of(case, pk, "child_hand_over.answer")
    return enter(
        request,
        case,
        placements.RECORD,
        lambda data: placements.look_at_hand_over(actor=request.actor, hand_over=row, on=data["on"]),
        form=DayForm,
        act="child_hand_over.answer",
        about=row.pk,
        title=_("Has child protection seen the child since?"),
    )


@staff
def eighteenth(request: StaffRequest, code: str) -> HttpResponse:
    """The day on which the child turns 18."""
    case = case_for(request, code, "leaving_care.record")
    return enter(
        request,
        case,
        leaving.RECORD,
        lambda data: leaving.set_eighteenth(actor=request.actor, case=case, on=data["on"]),
        form=forms.EighteenthForm,
        act="leaving_care.record",
        title=_("When does the child turn 18?"),
        lead=_("A year before that day the plan for leaving care is due."),
    )


@staff
def plan(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The plan for leaving care."""
    case = case_for(request, code, "leaving_care.plan")
    row = selectors.leaving_of(case, pk, "leaving_care.plan")
    return enter(
        request,
        case,
        leaving.RECORD,
        lambda data: leaving.plan_leaving(
            actor=request.actor,
            leaving=row,
            leaves=data["leaves"],
            leaves_on=data["leaves_on"],
            words=data["words"],
        ),
        form=forms.LeavingForm,
        act="leaving_care.plan",
        about=row.pk,
        title=_("With which plan does the young person leave?"),
        lead=_("Days on which you ask how they are follow by themselves. You get in touch only as they agreed."),
        part=Compartment.LEGAL,
    )


@staff
def follow_up(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Somebody asked how the young person is."""
    case = case_for(request, code, "leaving_care.follow_up")
    row = selectors.follow_up_of(case, pk, "leaving_care.follow_up")
    return enter(
        request,
        case,
        leaving.RECORD,
        lambda data: leaving.follow_up(actor=request.actor, follow=row, on=data["on"]),
        form=DayForm,
        act="leaving_care.follow_up",
        about=row.pk,
        title=_("Did you ask how the young person is?"),
    )
