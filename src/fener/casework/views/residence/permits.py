"""Permits: applied for, decided, appealed."""

from __future__ import annotations

from functools import partial
from uuid import UUID, uuid5

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.chapters.residence.naming import document_label, regime_label
from fener.casework.forms.residence import permits as forms
from fener.casework.selectors.residence.permits import permit_of
from fener.casework.selectors.residence.regimes import regime_of
from fener.casework.services.residence import permits as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The document of a phase was applied for."""
    case = case_for(request, code, "permit.apply")
    stay = regime_of(case, pk, "permit.apply")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.apply_for_permit(actor=request.actor, stay=stay, **data),
        form=partial(
            forms.ApplyForm, documents=[(name, _(phase.document)) for name, phase in services.documents(stay).items()]
        ),
        act="permit.apply",
        about=stay.pk,
        title=_("Which permit was applied for?"),
        lead=_("%(regime)s. From this day on the decision is waited for.") % {"regime": regime_label(stay.code)},
        part=Compartment.LEGAL,
    )


@staff
def decide(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """What was decided on an application."""
    case = case_for(request, code, "permit.decide")
    permit = permit_of(case, pk, "permit.decide")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.decide_permit(actor=request.actor, permit=permit, decided=services.Decided(**data)),
        form=forms.DecideForm,
        act="permit.decide",
        about=permit.pk,
        title=_("What was decided on the permit?"),
        lead=_("%(document)s. Help and every running period go on, whatever was decided.")
        % {"document": document_label(permit.stay.code, permit.phase)},
        part=Compartment.LEGAL,
    )


@staff
def appeal(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """A refusal is appealed."""
    case = case_for(request, code, "permit.appeal")
    permit = permit_of(case, pk, "permit.appeal")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.appeal_refusal(actor=request.actor, permit=permit, **data),
        form=forms.AppealForm,
        act="permit.appeal",
        about=permit.pk,
        title=_("Was the refusal appealed?"),
        lead=_("From this day on the decision is waited for again."),
        part=Compartment.LEGAL,
    )


@staff
def appeal_decided(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """What became of an appeal."""
    case = case_for(request, code, "permit.decide")
    permit = permit_of(case, pk, "permit.decide")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.decide_appeal(actor=request.actor, permit=permit, **data),
        form=forms.AppealDecidedForm,
        act="permit.decide",
        about=uuid5(permit.pk, "appeal"),  # one act has two forms; each is left and found again by itself
        title=_("What became of the appeal?"),
        lead=_("Help and every running period go on, whatever was decided."),
        part=Compartment.LEGAL,
    )
