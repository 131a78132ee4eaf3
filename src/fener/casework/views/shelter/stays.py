"""Stays in a shelter: an admission, a longer stay, the exit plan, the end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.shelter.stays import AdmissionForm, ExitPlanForm, ExtensionForm, LeavingForm, terms_of
from fener.casework.selectors.shelter.places import holds
from fener.casework.selectors.shelter.stays import houses_to_choose, stay_of
from fener.casework.services.shelter import stays as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """The person comes to live in a house."""
    case = case_for(request, code, "shelter_stay.record")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.admit(
            actor=request.actor, case=case, shelter=data["shelter"], terms=terms_of(data), hold=data["hold"]
        ),
        form=partial(AdmissionForm, houses=houses_to_choose(request.actor), holds=holds(request.actor)),
        act="shelter_stay.record",
        title=_("An admission to a shelter"),
        lead=_("The person stays because they want to, pays nothing, and may leave at any time."),
        part=Compartment.LOCATION,
    )


@staff
def extend(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The stay lasts longer."""
    return _on_one(
        request,
        code,
        pk,
        "shelter_stay.extend",
        services.extend_stay,
        ExtensionForm,
        title=_("A longer stay"),
        lead=_("The reason is kept beside the new end."),
    )


@staff
def plan(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """What comes after the stay."""
    return _on_one(
        request,
        code,
        pk,
        "shelter_stay.plan",
        services.plan_exit,
        ExitPlanForm,
        title=_("The exit plan"),
        lead=_("Agree it with the person. Without it nobody has to leave because the time is over."),
        part=Compartment.LOCATION,
    )


@staff
def leave(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The stay ended."""
    return _on_one(
        request,
        code,
        pk,
        "shelter_stay.end",
        services.leave,
        LeavingForm,
        title=_("How did the stay end?"),
        lead=_("The person's own wish to leave is never refused. From the time limit on an end needs an exit plan."),
    )


def _on_one(
    request: StaffRequest,
    code: str,
    pk: UUID,
    act: str,
    do: Callable[..., object],
    form: type[forms.Form],
    **words: Any,
) -> HttpResponse:
    case = case_for(request, code, act)
    stay = stay_of(request.actor, case, pk, act)
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: do(actor=request.actor, stay=stay, **data),
        form=form,
        act=act,
        about=stay.pk,
        **words,
    )
