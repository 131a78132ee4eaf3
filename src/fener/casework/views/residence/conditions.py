"""Conditions on permits and services: recorded, refused, lifted."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.residence import conditions as forms
from fener.casework.selectors.residence.conditions import condition_of
from fener.casework.services.residence import conditions as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """A condition and where it stands."""
    case = case_for(request, code, "condition.record")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.record_condition(actor=request.actor, case=case, imposed=services.Imposed(**data)),
        form=forms.ConditionForm,
        act="condition.record",
        title=_("Which condition is put on a permit or a service?"),
        lead=_("It is recorded so that it can be seen and questioned. No care ends by it."),
        part=Compartment.LEGAL,
    )


@staff
def refuse(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The person refuses it."""
    case = case_for(request, code, "condition.refuse")
    condition = condition_of(case, pk, "condition.refuse")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.refuse_condition(actor=request.actor, condition=condition, **data),
        form=forms.DayForm,
        act="condition.refuse",
        about=condition.pk,
        title=_("Does the person refuse the condition?"),
        lead=_("Care, services and running periods go on."),
        part=Compartment.LEGAL,
    )


@staff
def lift(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Nobody puts it any longer."""
    case = case_for(request, code, "condition.lift")
    condition = condition_of(case, pk, "condition.lift")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.lift_condition(actor=request.actor, condition=condition, **data),
        form=forms.DayForm,
        act="condition.lift",
        about=condition.pk,
        title=_("Is the condition put no longer?"),
        part=Compartment.LEGAL,
        lead=_("It stays on the case as having stood."),
    )
