"""The type of a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.residence.case_types import CaseTypeForm, OfferedForm
from fener.casework.selectors.residence.case_types import case_type_of
from fener.casework.services.residence import case_types as services
from fener.casework.views.common import case_for
from fener.casework.views.record_form import chapter_url, record_form
from fener.trust.decorators import StaffRequest, staff

ACT = "case_type.record"


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """As what the case is worked on."""
    case = case_for(request, code, ACT)
    back = chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.set_type(actor=request.actor, case=case, **data)
        return back

    return record_form(
        request, case, form=CaseTypeForm, act=ACT, run=run, back=back,
        title=_("As what is this case worked on?"),
        lead=_("None of them is a blame, and no help depends on it. It can be changed whenever more is known."),
    )  # fmt: skip


@staff
def offered(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """A referral or a service was offered."""
    case = case_for(request, code, ACT)
    row, back = case_type_of(case, pk, ACT), chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.record_offer(actor=request.actor, row=row, **data)
        return back

    return record_form(
        request, case, form=OfferedForm, act=ACT, about=row.pk, run=run, back=back,
        title=_("Was help offered?"), lead=_("Everybody is offered a referral, whatever the type of the case."),
    )  # fmt: skip
