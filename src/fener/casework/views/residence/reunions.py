"""Family reunion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.residence.reunions import ReunionDecisionForm, ReunionForm
from fener.casework.selectors.residence.reunions import reunion_of
from fener.casework.services.residence import reunions as services
from fener.casework.views.common import case_for
from fener.casework.views.record_form import chapter_url, record_form
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff

ACT = "reunion.record"


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """Who wants to join the person."""
    case = case_for(request, code, ACT)
    back = chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.ask_reunion(actor=request.actor, case=case, **data)
        return back

    return record_form(
        request, case, form=ReunionForm, act=ACT, run=run, back=back, part=Compartment.CONTACT,
        title=_("Who wants to join the person?"),
        lead=_("Income and housing are no condition, and are not asked here."),
    )  # fmt: skip


@staff
def decide(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """What the authority decided."""
    case = case_for(request, code, ACT)
    reunion, back = reunion_of(case, pk, ACT), chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.decide_reunion(actor=request.actor, reunion=reunion, **data)
        return back

    return record_form(
        request, case, form=ReunionDecisionForm, act=ACT, about=reunion.pk, run=run, back=back,
        title=_("What was decided about the reunion?"),
        lead=_("A refusal for want of income violates a right: it becomes an incident under Safety."),
    )  # fmt: skip
