"""Complaints: recording one, and answering it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.casework.forms.safety.complaints import AnswerForm, ComplaintForm, terms_of
from fener.casework.selectors.colleagues import colleagues
from fener.casework.selectors.safety.complaints import complaint_of
from fener.casework.services.safety import complaints as services
from fener.casework.views.common import case_for
from fener.casework.views.record_form import chapter_url, record_form
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """About whom, how, when, and who answers."""
    case = case_for(request, code, "complaint.record")
    back = chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.complaint_record(actor=request.actor, case=case, terms=terms_of(data))
        return back

    return record_form(
        request,
        case,
        form=partial(ComplaintForm, people=colleagues(request.actor, timezone.localdate())),
        act="complaint.record",
        run=run,
        title=_("The person complains"),
        lead=_("Whoever it is about does not learn of it here. It is answered within fifteen working days."),
        part=Compartment.LEGAL,
        back=back,
    )


@staff
def answer(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The answer, by the one who was asked for it."""
    case = case_for(request, code, "complaint.answer")
    complaint = complaint_of(request.actor, case, pk, "complaint.answer")
    back = chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.complaint_answer(actor=request.actor, complaint=complaint, **data)
        return back

    return record_form(
        request,
        case,
        form=AnswerForm,
        act="complaint.answer",
        about=complaint.pk,
        run=run,
        title=_("Answer the complaint"),
        lead=_("Tell the person first. Then write down what you answered."),
        part=Compartment.LEGAL,
        back=back,
    )
