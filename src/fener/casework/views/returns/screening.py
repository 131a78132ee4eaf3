"""The screening of a returnee."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.returns.screening import ReturnScreeningForm
from fener.casework.selectors.returns.journeys import journey_of
from fener.casework.services.returns import screening as services
from fener.casework.views.common import case_for
from fener.casework.views.record_form import chapter_url, record_form
from fener.trust.decorators import StaffRequest, staff

ACT = "return_screening.record"


@staff
def new(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """How the screening after a return ended."""
    case = case_for(request, code, ACT)
    journey, back = journey_of(case, pk, ACT), chapter_url(case, services.RECORD)
    used = services.protocol(child=journey.as_child)

    def run(data: Mapping[str, Any]) -> str:
        services.record_screening(actor=request.actor, journey=journey, **data)
        return back

    return record_form(
        request, case, form=ReturnScreeningForm, act=ACT, about=journey.pk, run=run, back=back,
        title=_("Was the person screened after the return?"),
        lead=_("Everybody who returns is asked by the same questions (%(protocol)s), however they came.")
        % {"protocol": _(used.title)},
    )  # fmt: skip
