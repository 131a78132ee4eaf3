"""Disclosure without consent: asked for by one person, confirmed by another, seen by the person and counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.acts import OverrideForm
from fener.casework.selectors import file as files
from fener.casework.services import overrides as services
from fener.casework.views import shown
from fener.casework.views.common import case_for, case_form, case_url
from fener.network import selectors as network
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import NotGranted


@staff
def request_one(request: StaffRequest, code: str) -> HttpResponse:
    """Ask for it. Nothing is told to anybody before a second person agrees."""
    case = case_for(request, code, "override.request")
    others = network.organisations(request.actor).exclude(pk=case.organisation_id)
    form = OverrideForm(request.POST or None, organisations=others)

    def run(data: Mapping[str, Any]) -> str:
        services.request_override(actor=request.actor, case=case, **data)
        return case_url(case, "agreed")

    return case_form(
        request,
        case,
        form=form,
        act="override.request",
        run=run,
        title=_("The law obliges to tell without consent"),
        lead=_("Ask the person first. If the law leaves no choice, a second person of your organisation has to agree."),
        submit=_("Ask a second person"),
        danger=True,
    )


@staff
def confirm(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The second person looks at it and says yes, or leaves it."""
    case = case_for(request, code, "override.confirm")
    found = next((one for one in files.file(request.actor, code).overrides if one.override.pk == pk), None)
    if found is None:
        raise NotGranted

    def run(_data: Mapping[str, Any]) -> str:
        services.confirm_override(actor=request.actor, override=found.override)
        return case_url(case, "agreed")

    return case_form(
        request,
        case,
        form=forms.Form(request.POST if request.method == "POST" else None),
        act="override.confirm",
        run=run,
        title=_("Disclosure without consent"),
        lead=_("You are the second person. Say yes only if the law leaves no other way; leave it otherwise."),
        template="casework/override_confirm.html",
        context={"one": {**shown.override_line(found), "may_confirm": False}, "mine": not found.may_confirm},
        submit=_("Yes, the law obliges to it"),
        danger=True,
    )
