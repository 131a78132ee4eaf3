"""Contact after the journey: the agreement, its end, a contact, and the queue of those that are due."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.chapters.returns.recontact import words
from fener.casework.forms.returns.recontact import AgreeForm, ContactForm, WithdrawForm
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.selectors.returns.journeys import journey_of
from fener.casework.selectors.returns.recontact import agreement_of, queue
from fener.casework.selectors.worklist import due_in_words
from fener.casework.services.returns import recontact as services
from fener.casework.services.returns.common import RECONTACT
from fener.casework.views.common import case_for
from fener.casework.views.record_form import chapter_url, record_form
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """The person agrees to be contacted."""
    case = case_for(request, code, "recontact.agree")

    def act(data: Mapping[str, Any]) -> object:
        child = case.treated_as_child
        return services.agree(actor=request.actor, case=case, by_guardian=child, **data)

    title = _("May somebody get in touch later?")
    lead = _("Only if the person wants it. It is no part of the consent to the file, and a no changes nothing.")
    return _form(request, case, "recontact.agree", AgreeForm, act, title, lead, None)


@staff
def withdraw(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The person no longer wants it."""
    case = case_for(request, code, "recontact.withdraw")
    found = agreement_of(case, pk, "recontact.withdraw")

    def act(data: Mapping[str, Any]) -> object:
        return services.withdraw(actor=request.actor, recontact=found, **data)

    title, lead = _("The person no longer wants it"), _("From now on nobody gets in touch. No reason is needed.")
    return _form(request, case, "recontact.withdraw", WithdrawForm, act, title, lead, found.pk)


@staff
def contact(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """A contact that was made or tried."""
    case = case_for(request, code, "recontact.contact")
    journey = journey_of(case, pk, "recontact.contact")

    def act(data: Mapping[str, Any]) -> object:
        return services.record_contact(actor=request.actor, journey=journey, **data)

    title, lead = _("How is the person?"), _("Only on the channel and at the times that the person named.")
    return _form(request, case, "recontact.contact", ContactForm, act, title, lead, journey.pk)


@staff
@require_GET
def due(request: StaffRequest) -> HttpResponse:
    """With whom contact is due."""
    now = timezone.now()
    table = {
        "caption": _("Contacts that are due"),
        "caption_hidden": True,
        "columns": [
            {"key": "case", "label": _("Case")},
            {"key": "contact", "label": _("Contact")},
            {"key": "when", "label": _("When")},
            {"key": "urgent", "label": _("Urgent")},
        ],
        "rows": [{"cells": _cells(line, now)} for line in queue(request.actor)],
        "sort": "",
        "empty": _("No contact is due."),
    }
    return render(request, "casework/returns/queue.html", {"table": table})


def _cells(line: CaseLine, now: datetime) -> dict[str, Any]:
    late = line.due is not None and line.due < now
    when = due_in_words(line.due, now)
    return {
        "case": {"text": line.case.code, "href": reverse("casework:chapter", args=[line.case.code, "returns"])},
        "contact": words(line),
        "when": {"tag": when, "kind": "overdue"} if late else when,
        "urgent": {"tag": _("Yes"), "kind": "soon"} if line.urgent else _("No"),
    }


def _form(
    request: StaffRequest,
    case: Case,
    act: str,
    form: type[forms.Form],
    does: Callable[[Mapping[str, Any]], object],
    title: str,
    lead: str,
    about: UUID | None,
) -> HttpResponse:
    back = chapter_url(case, RECONTACT)

    def run(data: Mapping[str, Any]) -> str:
        does(data)
        return back

    return record_form(
        request,
        case,
        form=form,
        act=act,
        about=about,
        run=run,
        title=title,
        lead=lead,
        part=Compartment.CONTACT,
        back=back,
    )
