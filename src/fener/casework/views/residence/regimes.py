"""Residence regimes: one that applies, its end, the other path, what is known of a condition."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.chapters.residence.naming import regime_label
from fener.casework.forms.residence.regimes import EndForm, FactForm, PathForm, RegimeForm
from fener.casework.selectors.residence.regimes import regime_of
from fener.casework.services.residence import regimes as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """A regime applies."""
    case = case_for(request, code, "regime.record")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.begin_regime(actor=request.actor, case=case, **data),
        form=RegimeForm,
        act="regime.record",
        title=_("On which rule does the person stay?"),
        lead=_("Its phases, dates and rights are computed and explain themselves. Several may apply."),
        part=Compartment.LEGAL,
    )


@staff
def end(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """It applies no longer."""
    case = case_for(request, code, "regime.end")
    stay = regime_of(case, pk, "regime.end")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.end_regime(actor=request.actor, stay=stay, **data),
        form=EndForm,
        act="regime.end",
        about=stay.pk,
        title=_("Does it apply no longer?"),
        lead=_("%(regime)s. Help and every running period go on.") % {"regime": regime_label(stay.code)},
        part=Compartment.LEGAL,
    )


@staff
def path(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The person changes to the other path."""
    case = case_for(request, code, "regime.change_path")
    stay = regime_of(case, pk, "regime.change_path")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.change_path(actor=request.actor, stay=stay, **data),
        form=PathForm,
        act="regime.change_path",
        about=stay.pk,
        title=_("Does the person change to the other path?"),
        lead=_("Only at the person's own wish. No date moves and no right is lost."),
        part=Compartment.LEGAL,
    )


@staff
def fact(request: StaffRequest, code: str) -> HttpResponse:
    """What is known of a condition."""
    case = case_for(request, code, "regime.answer")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.record_fact(actor=request.actor, case=case, **data),
        form=FactForm,
        act="regime.answer",
        title=_("What is known of a condition?"),
        lead=_("It is a condition of the stay alone. No help, status or admission depends on it."),
        part=Compartment.LEGAL,
    )
