"""Detention of a person: that somebody is held, and how it ended."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.safety.detentions import DetentionEndForm, DetentionForm
from fener.casework.selectors.safety.detentions import detention_of
from fener.casework.services.safety import detentions as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """Somebody holds the person."""
    case = case_for(request, code, "detention.record")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.record_detention(actor=request.actor, case=case, **data),
        form=DetentionForm,
        act="detention.record",
        title=_("Is the person in detention?"),
        lead=_("You and the co-ordinator see it at once. The days are counted until the transfer or the release."),
        part=Compartment.LEGAL,
    )


@staff
def end(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The person was transferred, or released."""
    case = case_for(request, code, "detention.end")
    detention = detention_of(case, pk, "detention.end")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.end_detention(actor=request.actor, detention=detention, **data),
        form=DetentionEndForm,
        act="detention.end",
        about=detention.pk,
        title=_("How did the detention end?"),
        lead=_("Only a transfer or a release ends the alarm."),
    )
