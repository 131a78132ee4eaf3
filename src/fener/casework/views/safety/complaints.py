"""Complaints: recording one, and answering it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.casework.chapters.children.drawing import day
from fener.casework.forms.safety.complaints import AnswerForm, ComplaintForm, PassOnForm, SendForm, terms_of
from fener.casework.selectors.colleagues import colleagues, of_the_file
from fener.casework.selectors.safety.complaints import complaint_of, known_complaint
from fener.casework.services.safety import complaint_paths as paths
from fener.casework.services.safety import complaints as services
from fener.casework.services.safety.common import last_day
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.casework.views.record_form import chapter_url, record_form
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """About whom, how, when, and who answers."""
    case, today = case_for(request, code, "complaint.record"), timezone.localdate()
    back = chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.complaint_record(actor=request.actor, case=case, terms=terms_of(data))
        return back

    return record_form(
        request,
        case,
        form=partial(
            ComplaintForm, people=colleagues(request.actor, today), answerers=of_the_file(request.actor, case, today)
        ),
        act="complaint.record",
        run=run,
        title=_("The person complains"),
        lead=_("Whoever it is about does not learn of it here. If it is made today, it is answered by %(day)s.")
        % {"day": day(last_day(services.CLOCK, today))},
        part=Compartment.LEGAL,
        back=back,
    )


@staff
def pass_on(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Somebody else answers it."""
    case = case_for(request, code, "complaint.pass_on")
    complaint = known_complaint(request.actor, case, pk, "complaint.pass_on")
    answerers = of_the_file(request.actor, case, timezone.localdate()).exclude(pk=complaint.answerer_id)
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: paths.pass_on(actor=request.actor, complaint=complaint, answerer_id=data["answerer"].pk),
        form=partial(PassOnForm, answerers=answerers),
        act="complaint.pass_on",
        about=complaint.pk,
        title=_("Give the complaint to somebody else"),
        lead=_("Once only. The day for the answer stays."),
        part=Compartment.LEGAL,
    )


@staff
def send(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """It went to a body outside."""
    case = case_for(request, code, "complaint.send")
    complaint = known_complaint(request.actor, case, pk, "complaint.send")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: paths.send_out(actor=request.actor, complaint=complaint, body_id=data["body"].pk, on=data["on"]),
        form=partial(SendForm, bodies=paths.bodies_outside(request.actor, case)),
        act="complaint.send",
        about=complaint.pk,
        title=_("Send the complaint outside"),
        lead=_("To a body that answers for the whole mechanism, and only if the person agreed to exactly this body."),
        part=Compartment.LEGAL,
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
