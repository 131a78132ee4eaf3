"""One service: offered for a need, answered by the person, given, asked about, left, offered again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.services import AnswerForm, DayForm, HelpfulForm, OfferForm
from fener.casework.models import Case, ServiceRecord
from fener.casework.services import assistance as services
from fener.casework.views.assistance_context import kind_label
from fener.casework.views.common import case_for, case_form, case_url
from fener.casework.views.needs import need_of
from fener.network import selectors as network
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused


def _record_of(request: StaffRequest, code: str, pk: UUID, act: str) -> tuple[Case, ServiceRecord]:
    """A service of a case. Raises Refused, hidden: a recipient has to do with its own services alone."""
    case = case_for(request, code, act)
    found = case.services.select_related("service", "provider").filter(pk=pk)
    if case.organisation_id != request.actor.keeper_id:
        found = found.filter(provider_id=request.actor.keeper_id)
    record = found.first()
    if record is None:
        raise Refused(act=act)
    record.case = case
    return case, record


def _name(record: ServiceRecord) -> dict[str, str]:
    return {
        "service": record.service.name if record.service else kind_label(record.kind),
        "body": record.provider.short_name,
    }


@staff
def offer(request: StaffRequest, code: str, need: UUID) -> HttpResponse:
    """Offer a service for a need. It waits for the person's answer."""
    case = case_for(request, code, "service.offer")
    wanted = need_of(case, need, "service.offer")
    form = OfferForm(
        request.POST or None,
        services=network.services(request.actor, kind=wanted.kind),
        organisations=network.organisations(request.actor),
    )

    def run(data: Mapping[str, Any]) -> str:
        service, provider = form.chosen()
        services.offer_service(
            actor=request.actor,
            case=case,
            need=wanted,
            kind=wanted.kind,
            provider=provider,
            service=service,
            on=data["on"],
        )
        return case_url(case, "needs")

    return case_form(
        request,
        case,
        form=form,
        act=f"service.offer:{need}",
        run=run,
        title=_("%(need)s: offer a service") % {"need": kind_label(wanted.kind)},
        lead=_("It starts nothing and tells nobody. The person decides; then you refer, or give it yourself."),
        submit=_("Save the offer"),
    )


@staff
def answer(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The person's own answer to an offer."""
    case, record = _record_of(request, code, pk, "service.answer")

    def run(data: Mapping[str, Any]) -> str:
        services.record_answer(
            actor=request.actor,
            record=record,
            accepted=data["accepted"] == "yes",
            reason=data["reason"] if data["accepted"] == "no" else "",
            words=data["words"] if data["accepted"] == "no" else "",
            on=data["on"],
        )
        return case_url(case, "needs")

    return case_form(
        request,
        case,
        form=AnswerForm(request.POST or None),
        act=f"service.answer:{pk}",
        run=run,
        title=_("%(service)s (%(body)s): the person's answer") % _name(record),
        submit=_("Save the answer"),
    )


@staff
def deliver(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """It was given; it counts for the body that gave it."""
    case, record = _record_of(request, code, pk, "service.deliver")

    def run(data: Mapping[str, Any]) -> str:
        services.record_delivery(actor=request.actor, record=record, on=data["on"])
        return case_url(case, "needs")

    return case_form(
        request,
        case,
        form=DayForm(request.POST or None),
        act=f"service.deliver:{pk}",
        run=run,
        title=_("%(service)s was given") % _name(record),
        lead=_("It counts for %(body)s, and for nobody else.") % _name(record),
        submit=_("Save"),
    )


@staff
def helpful(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Was it helpful? The answer goes back to whoever gave it."""
    case, record = _record_of(request, code, pk, "service.helpful")

    def run(data: Mapping[str, Any]) -> str:
        services.record_helpfulness(
            actor=request.actor,
            record=record,
            helpful=data["helpful"],
            words=data["words"],
            pass_words_on=data["pass_words_on"],
        )
        return case_url(case, "needs")

    return case_form(
        request,
        case,
        form=HelpfulForm(request.POST or None),
        act=f"service.helpful:{pk}",
        run=run,
        title=_("%(service)s (%(body)s): was it helpful?") % _name(record),
        lead=_("Say first that the answer changes nothing about any help."),
        submit=_("Save the answer"),
    )


@staff
def leave(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The person leaves this service, and nothing else."""
    case, record = _record_of(request, code, pk, "service.leave")

    def run(data: Mapping[str, Any]) -> str:
        services.leave_service(actor=request.actor, record=record, on=data["on"])
        return case_url(case, "needs")

    return case_form(
        request,
        case,
        form=DayForm(request.POST or None),
        act=f"service.leave:{pk}",
        run=run,
        title=_("The person leaves: %(service)s (%(body)s)") % _name(record),
        lead=_("Every other service, the plan and the case stay as they are. It can be offered again."),
        submit=_("Save"),
    )


@staff
def again(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Offer once more what was declined or left."""
    case, record = _record_of(request, code, pk, "service.offer")

    def run(_data: Mapping[str, Any]) -> str:
        services.offer_again(actor=request.actor, record=record)
        return case_url(case, "needs")

    return case_form(
        request,
        case,
        form=forms.Form(request.POST if request.method == "POST" else None),
        act=f"service.again:{pk}",
        run=run,
        title=_("Offer again: %(service)s (%(body)s)") % _name(record),
        lead=_("The earlier answer stays on record. The person decides anew."),
        submit=_("Offer it again"),
    )
