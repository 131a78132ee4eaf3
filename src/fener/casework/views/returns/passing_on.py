"""What a return passes on to an authority there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.returns.passing_on import DemandedForm, PassOnForm
from fener.casework.selectors.returns.journeys import journey_of
from fener.casework.selectors.returns.passing_on import passed_on_of
from fener.casework.services.returns import passing_on as services
from fener.casework.views.common import case_for
from fener.casework.views.record_form import chapter_url, record_form
from fener.network.selectors.bodies import organisations
from fener.trust.decorators import StaffRequest, staff

ACT, DEMANDED = "return.pass_on", "return.demanded"


@staff
def new(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Whom of the country of return, and what they are told."""
    case = case_for(request, code, ACT)
    journey, back = journey_of(case, pk, ACT), chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        rest = {name: value for name, value in data.items() if name != "fields_told"}
        terms = services.PassedOnTerms(fields=data["fields_told"], **rest)
        services.pass_on(actor=request.actor, journey=journey, terms=terms)
        return back

    return record_form(
        request,
        case,
        form=partial(PassOnForm, bodies=organisations(request.actor)),
        act=ACT,
        about=journey.pk,
        run=run,
        title=_("What is passed on for this journey?"),
        lead=_("Only the least, only on the person's consent, and nothing of what happened to them. It is kept."),
        back=back,
    )


@staff
def demanded(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """A statement was demanded there."""
    case = case_for(request, code, DEMANDED)
    row, back = passed_on_of(case, pk, DEMANDED), chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.statement_demanded(actor=request.actor, passed_on=row, **data)
        return back

    return record_form(
        request,
        case,
        form=DemandedForm,
        act=DEMANDED,
        about=row.pk,
        run=run,
        title=_("A statement was demanded there"),
        lead=_("It becomes an incident under Safety, which somebody follows up."),
        back=back,
    )
